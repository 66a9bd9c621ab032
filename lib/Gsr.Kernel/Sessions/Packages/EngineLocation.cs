using System.Reflection;
using System.Runtime.InteropServices;

namespace Gsr.Kernel.Sessions.Packages;

/// <summary>
/// Where this engine lies, so that it can be started again whichever program hosts it: its own assembly, by the
/// <c>dotnet</c> that runs this process.
/// </summary>
internal static class EngineLocation
{
    /// <summary>The engine's version.</summary>
    public static string Version { get; } = typeof(EngineLocation).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>The engine's assembly.</summary>
    public static string Assembly => typeof(EngineLocation).Assembly.Location;

    /// <summary>The <c>dotnet</c> command.</summary>
    public static string DotNet => File.Exists(OwnDotNet) ? OwnDotNet : HostPath ?? DotNetName;

    /// <summary>The <c>dotnet</c> command of the SDK that started this process, if one did; else as <see cref="DotNet"/>.</summary>
    public static string DotNetOfSdk => File.Exists(HostPath) ? Path.GetFullPath(HostPath)
        : File.Exists(OwnDotNet) ? OwnDotNet : DotNetName;

    private static string DotNetName => OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";

    private static string? HostPath => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH");

    // The runtime lies in <root>/shared/Microsoft.NETCore.App/<version>/.
    private static string OwnDotNet =>
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", DotNetName));
}
