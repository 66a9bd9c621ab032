namespace Gsr.Experiments;

/// <summary>Labelled grey images of one size, ten classes, in managed arrays.</summary>
public sealed class ImageDataSet
{
    /// <summary>Number of classes; labels are 0 to 9.</summary>
    public const int Classes = 10;

    /// <summary>
    /// Images, row by row (0 background, 255 full ink), a label each, and how each was generated; not copied.
    /// </summary>
    /// <exception cref="ArgumentException">The numbers of images, labels and factors disagree.</exception>
    public ImageDataSet(
        int height, int width, byte[] pixels, byte[] labels, IReadOnlyList<DigitFactors>? factors = null)
    {
        if ((long)labels.Length * height * width != pixels.Length)
        {
            throw new ArgumentException($"{labels.Length} labels and {pixels.Length} pixels: " +
                $"{height}x{width} images need {(long)labels.Length * height * width} pixels.", nameof(pixels));
        }

        if (factors is not null) Arguments.Length(factors.Count, labels.Length, nameof(factors), "image");
        (Height, Width, Pixels, Labels, Factors) = (height, width, pixels, labels, factors);
    }

    /// <summary>Number of images.</summary>
    public int Count => Labels.Length;

    /// <summary>Rows of an image.</summary>
    public int Height { get; }

    /// <summary>Columns of an image.</summary>
    public int Width { get; }

    /// <summary>Count · Height · Width bytes, image by image, row by row; not a copy.</summary>
    public byte[] Pixels { get; }

    /// <summary>One label per image, 0 to 9; not a copy.</summary>
    public byte[] Labels { get; }

    /// <summary>How each image was generated; null for real images.</summary>
    public IReadOnlyList<DigitFactors>? Factors { get; }

    /// <summary>All pixels, scaled so that 0 becomes <paramref name="low"/> and 255 <paramref name="high"/>.</summary>
    public float[] ToFloats(float low = 0, float high = 1)
    {
        // Interpolated, so that both ends are met exactly.
        var values = new float[256];
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)(((low * (255.0 - i)) + ((double)high * i)) / 255);
        return Array.ConvertAll(Pixels, pixel => values[pixel]);
    }

    /// <summary>The first images, as copies.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are not that many.</exception>
    public ImageDataSet Take(int count) => Subset([.. Enumerable.Range(0, count)]);

    /// <summary>The images of these indices, in their order, as copies.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such image.</exception>
    public ImageDataSet Subset(IReadOnlyList<int> indices)
    {
        foreach (var index in indices)
        {
            if (index < 0 || index >= Count)
                throw new ArgumentOutOfRangeException(nameof(indices), index, $"Choose images from 0 to {Count - 1}.");
        }

        var size = Height * Width;
        var pixels = new byte[checked(indices.Count * size)];
        for (var i = 0; i < indices.Count; i++)
            Pixels.AsSpan(indices[i] * size, size).CopyTo(pixels.AsSpan(i * size));
        return new ImageDataSet(Height, Width, pixels, [.. indices.Select(i => Labels[i])],
            Factors is null ? null : [.. indices.Select(i => Factors[i])]);
    }

    /// <summary>For example "60000 images, 28x28".</summary>
    public override string ToString() => $"{Count} images, {Height}x{Width}{(Factors is null ? "" : ", with factors")}";
}
