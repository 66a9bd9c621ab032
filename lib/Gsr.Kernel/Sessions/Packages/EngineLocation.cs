using System.Reflection;
using System.Runtime.InteropServices;

namespace Gsr.Kernel.Sessions.Packages;

/// <summary>Where this engine and the <c>dotnet</c> that runs it lie, so that any host can start it again.</summary>
internal static class EngineLocation
{
    public static string Version { get; } = typeof(EngineLocation).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static string Assembly => typeof(EngineLocation).Assembly.Location;

    public static string DotNet => File.Exists(OwnDotNet) ? OwnDotNet : HostPath ?? DotNetName;

    /// <summary>The <c>dotnet</c> of the SDK that started this process, else as <see cref="DotNet"/>.</summary>
    public static string DotNetOfSdk => File.Exists(HostPath) ? Path.GetFullPath(HostPath)
        : File.Exists(OwnDotNet) ? OwnDotNet : DotNetName;

    private static string DotNetName => OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";

    private static string? HostPath => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH");

    // The runtime lies in <root>/shared/Microsoft.NETCore.App/<version>/.
    private static string OwnDotNet =>
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", DotNetName));
}
