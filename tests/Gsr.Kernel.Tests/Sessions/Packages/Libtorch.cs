using System.Runtime.InteropServices;

namespace Gsr.Kernel.Tests.Sessions.Packages;

internal static class Libtorch
{
    /// <summary>Whether there is one; elsewhere the engine is tested alone.</summary>
    public static bool IsForThisSystem => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => !OperatingSystem.IsMacOS(),
        Architecture.Arm64 => OperatingSystem.IsWindows() || OperatingSystem.IsMacOSVersionAtLeast(15),
        _ => false,
    };

    /// <summary>Skips the test in sight where there is none.</summary>
    public static void Need() =>
        Assert.SkipUnless(IsForThisSystem, $"There is no libtorch for {RuntimeInformation.RuntimeIdentifier}.");
}
