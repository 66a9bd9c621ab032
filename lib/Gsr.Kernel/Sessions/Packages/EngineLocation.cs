using System.Reflection;
using System.Runtime.InteropServices;

namespace Gsr.Kernel.Sessions.Packages;

/// <summary>Where this engine and the <c>dotnet</c> that runs it lie, so that any host can start it again.</summary>
internal static class EngineLocation
{
    public static string Version { get; } = typeof(EngineLocation).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public static string Assembly => typeof(EngineLocation).Assembly.Location;

    /// <summary>The words that start this engine, and the next version of it where it was installed as a tool.</summary>
    public static string[] Command => ToolCommand(Assembly) is { } tool ? [tool] : [DotNet, Assembly];

    /// <summary>What the command needs in its environment: a tool's looks for .NET in the standard places alone.</summary>
    public static string? DotNetRoot =>
        Command.Length > 1 || StandardRoots().Contains(Path.GetDirectoryName(DotNet)) ? null
            : Path.GetDirectoryName(DotNet);

    public static string DotNet => File.Exists(OwnDotNet) ? OwnDotNet : HostPath ?? DotNetName;

    /// <summary>The <c>dotnet</c> of the SDK that started this process, else as <see cref="DotNet"/>.</summary>
    public static string DotNetOfSdk => File.Exists(HostPath) ? Path.GetFullPath(HostPath)
        : File.Exists(OwnDotNet) ? OwnDotNet : DotNetName;

    /// <summary>The command that `dotnet tool install` made beside the store of versions; null for others.</summary>
    internal static string? ToolCommand(string assembly)
    {
        var folder = Path.GetDirectoryName(assembly);
        while (folder is not null && Path.GetFileName(folder) != ".store")
            folder = Path.GetDirectoryName(folder);
        var command = Path.Combine(
            Path.GetDirectoryName(folder) ?? "", OperatingSystem.IsWindows() ? "gsr.exe" : "gsr");
        return folder is not null && File.Exists(command) ? command : null;
    }

    // https://github.com/dotnet/designs/blob/main/accepted/2021/install-location-per-architecture.md
    private static IEnumerable<string> StandardRoots()
    {
        if (OperatingSystem.IsWindows())
            return [Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "dotnet")];
        var registered = new FileInfo("/etc/dotnet/install_location");
        return
        [
            "/usr/share/dotnet", "/usr/lib/dotnet", "/usr/local/share/dotnet",
            .. registered.Exists ? File.ReadLines(registered.FullName).Select(line => line.Trim()) : [],
        ];
    }

    private static string DotNetName => OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";

    private static string? HostPath => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH");

    // The runtime lies in <root>/shared/Microsoft.NETCore.App/<version>/.
    private static string OwnDotNet =>
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", DotNetName));
}
