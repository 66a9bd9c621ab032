using System.Runtime.InteropServices;
using Gsr.Kernel.Tests.Clients;

namespace Gsr.Kernel.Tests.Sessions.Packages;

/// <summary>The libtorch of the workbook's build; without one the engine is tested alone.</summary>
internal static class Libtorch
{
    /// <summary>Whether this system has one, and the workbook was built on it.</summary>
    public static bool IsHere => WhyNot is null;

    private static string? WhyNot => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 when OperatingSystem.IsMacOS() => None,
        Architecture.X64 when OperatingSystem.IsWindows() && !File.Exists(
            Path.Combine(JupyterHome.Repository, "artifacts", "torch", "c10.dll")) => "It was built elsewhere.",
        Architecture.Arm64 when !OperatingSystem.IsWindows() && !OperatingSystem.IsMacOSVersionAtLeast(15) => None,
        Architecture.X64 or Architecture.Arm64 => null,
        _ => None,
    };

    private static string None => $"There is no libtorch for {RuntimeInformation.RuntimeIdentifier}.";

    /// <summary>Skips the test in sight where there is none.</summary>
    public static void Need() => Assert.SkipUnless(IsHere, WhyNot ?? "");
}
