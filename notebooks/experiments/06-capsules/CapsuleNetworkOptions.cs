namespace Gsr.Experiments.Capsules;

/// <summary>The shape of a capsule network; the defaults are the published ones (Sabour, Frosst and Hinton 2017, section 4).</summary>
public sealed record CapsuleNetworkOptions
{
    /// <summary>The published network: 8.2 million weights, 202 million multiplications per image forward.</summary>
    public static CapsuleNetworkOptions Published => new();

    /// <summary>
    /// A network of the same layers that trains on two CPU cores: an eighth of the channels of the first convolution, a quarter of
    /// the primary capsules and half the decoder; 1.1 million weights, 8 million multiplications per image forward.
    /// </summary>
    public static CapsuleNetworkOptions Small => new() { Channels = 32, PrimaryChannels = 8, DecoderHidden = [256, 512] };

    /// <summary>Height and width of the images, which have one channel.</summary>
    public int ImageSize { get; init; } = 28;

    /// <summary>Channels of the first convolution, whose stride is 1.</summary>
    public int Channels { get; init; } = 256;

    /// <summary>Height and width of the filters of both convolutions.</summary>
    public int Kernel { get; init; } = 9;

    /// <summary>Kinds of primary capsules; there is one of each at every place of the second convolution.</summary>
    public int PrimaryChannels { get; init; } = 32;

    /// <summary>Dimensions of a primary capsule.</summary>
    public int PrimaryDimensions { get; init; } = 8;

    /// <summary>Stride of the second convolution.</summary>
    public int PrimaryStride { get; init; } = 2;

    /// <summary>Number of classes, one capsule each.</summary>
    public int Classes { get; init; } = 10;

    /// <summary>Dimensions of a class's capsule.</summary>
    public int Dimensions { get; init; } = 16;

    /// <summary>Iterations of the routing, r.</summary>
    public int Routings { get; init; } = 3;

    /// <summary>
    /// True to differentiate through all iterations of the routing; by default the coupling coefficients count as constants, as in
    /// several published implementations, and only the last iteration is differentiated (<see cref="RoutingByAgreement"/>).
    /// </summary>
    public bool GradientThroughRouting { get; init; }

    /// <summary>Widths of the decoder's hidden layers.</summary>
    public IReadOnlyList<int> DecoderHidden { get; init; } = [512, 1024];

    /// <summary>Weight of the reconstruction's squared error, summed over pixels, beside the margin loss.</summary>
    public double ReconstructionWeight { get; init; } = 0.0005;

    /// <summary>Seeds the initial weights.</summary>
    public int Seed { get; init; }

    /// <summary>Height and width of what the first convolution gives.</summary>
    internal int ConvolvedSize => ImageSize - Kernel + 1;

    /// <summary>Height and width of what the second convolution gives.</summary>
    internal int PrimarySize => ((ConvolvedSize - Kernel) / PrimaryStride) + 1;

    /// <summary>Number of primary capsules: kinds times places; 1,152 in the published network.</summary>
    public int PrimaryCapsules => PrimaryChannels * PrimarySize * PrimarySize;

    /// <summary>Throws where a size does not fit.</summary>
    internal void Check()
    {
        AtLeastOne(Kernel, nameof(Kernel));
        AtLeastOne(PrimaryStride, nameof(PrimaryStride));
        if (ConvolvedSize < Kernel)
        {
            throw new ArgumentException(
                $"CapsuleNetworkOptions.ImageSize is {ImageSize}; two convolutions of {Kernel}x{Kernel} need at least {(2 * Kernel) - 1}.");
        }

        AtLeastOne(Channels, nameof(Channels));
        AtLeastOne(PrimaryChannels, nameof(PrimaryChannels));
        AtLeastOne(PrimaryDimensions, nameof(PrimaryDimensions));
        AtLeastOne(Dimensions, nameof(Dimensions));
        AtLeastOne(Routings, nameof(Routings));
        if (Classes < 2) throw new ArgumentException($"CapsuleNetworkOptions.Classes is {Classes}; it must be at least 2.");
        ArgumentNullException.ThrowIfNull(DecoderHidden);
        foreach (var width in DecoderHidden) AtLeastOne(width, nameof(DecoderHidden));
        if (!double.IsFinite(ReconstructionWeight) || ReconstructionWeight < 0)
        {
            throw new ArgumentException(
                $"CapsuleNetworkOptions.ReconstructionWeight is {ReconstructionWeight}; it must be finite and not negative.");
        }
    }

    private static void AtLeastOne(int value, string name)
    {
        if (value < 1) throw new ArgumentException($"CapsuleNetworkOptions.{name} is {value}; it must be at least 1.");
    }
}
