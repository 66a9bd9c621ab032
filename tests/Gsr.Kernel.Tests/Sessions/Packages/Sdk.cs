using Gsr.Kernel.Documents;
using Gsr.Kernel.Sessions.Packages;

namespace Gsr.Kernel.Tests.Sessions.Packages;

internal static class Sdk
{
    /// <summary>Skips the test in sight where .NET's runtime is alone.</summary>
    public static void Need()
    {
        var dotnet = FilePaths.Real(EngineLocation.DotNetOfSdk);
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(Path.GetDirectoryName(dotnet)!, "sdk")), $"{dotnet} has no SDK.");
    }
}
