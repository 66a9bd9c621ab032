using System.Reflection;
using TorchSharp;
using Xunit.v3;

namespace Gsr.Tests;

/// <summary>
/// Sets libtorch's random state before each test: what fails once fails again. Another seed: GSR_TEST_SEED.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SeededTorchAttribute : BeforeAfterTestAttribute
{
    private static readonly long Seed = long.TryParse(
        Environment.GetEnvironmentVariable("GSR_TEST_SEED"), out var seed) ? seed : 1;

    public override void Before(MethodInfo methodUnderTest, IXunitTest test) => torch.manual_seed(Seed);
}
