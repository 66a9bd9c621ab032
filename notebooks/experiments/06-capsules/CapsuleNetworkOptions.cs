namespace Gsr.Experiments.Capsules;

/// <summary>
/// The shape of a capsule network; the defaults are the published ones (Sabour, Frosst and Hinton 2017, section 4).
/// </summary>
public sealed record CapsuleNetworkOptions
{
    /// <summary>The published network: 8.2 million weights, 202 million multiplications per image forward.</summary>
    public static CapsuleNetworkOptions Published => new();

    /// <summary>
    /// The same layers at a size that two CPU cores train: 1.1 million weights, 8 million multiplications.
    /// </summary>
    public static CapsuleNetworkOptions Small =>
        new() { Channels = 32, PrimaryChannels = 8, DecoderHidden = [256, 512] };

    /// <summary>Height and width of the images, which have one channel.</summary>
    public int ImageSize { get; init; } = 28;

    /// <summary>Channels of the first convolution, whose stride is 1.</summary>
    public int Channels { get; init; } = 256;

    /// <summary>Height and width of the filters of both convolutions.</summary>
    public int Kernel { get; init; } = 9;

    /// <summary>
    /// Kinds of primary capsules; there is one of each at every place of the second convolution, of stride 2.
    /// </summary>
    public int PrimaryChannels { get; init; } = 32;

    /// <summary>Dimensions of a primary capsule.</summary>
    public int PrimaryDimensions { get; init; } = 8;

    /// <summary>Number of classes, one capsule each.</summary>
    public int Classes { get; init; } = 10;

    /// <summary>Dimensions of a class's capsule.</summary>
    public int Dimensions { get; init; } = 16;

    /// <summary>Iterations of the routing, r.</summary>
    public int Routings { get; init; } = 3;

    /// <summary>Widths of the decoder's hidden layers.</summary>
    public IReadOnlyList<int> DecoderHidden { get; init; } = [512, 1024];

    /// <summary>Weight of the reconstruction's squared error, summed over pixels, beside the margin loss.</summary>
    public double ReconstructionWeight { get; init; } = 0.0005;

    /// <summary>
    /// With this probability, drawn for each image of a training step, the decoder reads an absent class's capsule of
    /// the image, brought to the length of the true class's, in the true class's place; 0, never, is published. What is
    /// drawn then needs a code that all capsules share.
    /// </summary>
    public double ReadingProbability { get; init; }

    /// <summary>Seeds the initial weights, and which capsules are read.</summary>
    public int Seed { get; init; }

    /// <summary>Number of primary capsules: kinds times places; 1,152 in the published network.</summary>
    public int PrimaryCapsules
    {
        get
        {
            var places = ((ImageSize - (2 * Kernel) + 1) / 2) + 1;
            return PrimaryChannels * places * places;
        }
    }
}
