using Gsr.Experiments.Capsules;

namespace Gsr.Tests.Experiments.Capsules;

/// <summary>A network of three classes that takes a millisecond.</summary>
internal static class Tiny
{
    public static readonly CapsuleNetworkOptions Options = new()
    {
        ImageSize = 12,
        Kernel = 3,
        Channels = 4,
        PrimaryChannels = 2,
        PrimaryDimensions = 4,
        Classes = 3,
        Dimensions = 5,
        DecoderHidden = [8],
        Seed = 2,
    };
}
