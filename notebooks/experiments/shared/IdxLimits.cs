namespace Gsr.Experiments;

/// <summary>How much an IDX header may ask for before it is taken for a lie.</summary>
public sealed record IdxLimits
{
    /// <summary>The limits used where none are given.</summary>
    public static IdxLimits Default { get; } = new();

    /// <summary>Most dimensions, 1 to 255; 8 by default (images with channels need 4).</summary>
    public int MaxDimensions { get; init; } = 8;

    /// <summary>Most bytes of elements; 1 GiB by default, twenty times MNIST's training images.</summary>
    public long MaxBytes { get; init; } = 1L << 30;
}
