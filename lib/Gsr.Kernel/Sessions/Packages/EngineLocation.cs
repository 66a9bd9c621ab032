using System.Runtime.InteropServices;

namespace Gsr.Kernel.Sessions.Packages;

/// <summary>
/// Where this engine lies, so that it can be started again whichever program hosts it: its own assembly, by the
/// <c>dotnet</c> that runs this process.
/// </summary>
internal static class EngineLocation
{
    /// <summary>The engine's assembly.</summary>
    public static string Assembly => typeof(EngineLocation).Assembly.Location;

    /// <summary>The <c>dotnet</c> command.</summary>
    public static string DotNet
    {
        get
        {
            var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
            // <root>/shared/Microsoft.NETCore.App/<version>/
            var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
            var beside = Path.Combine(root, name);
            return File.Exists(beside) ? beside : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? name;
        }
    }
}
