namespace Gsr.Experiments;

/// <summary>Labelled grey images of one size, ten classes, in managed arrays.</summary>
public sealed class ImageDataSet
{
    /// <summary>Number of classes; labels are 0 to 9.</summary>
    public const int Classes = 10;

    /// <summary>Images and their labels; the arrays are kept, not copied.</summary>
    /// <param name="height">Rows of an image, 1 or more.</param>
    /// <param name="width">Columns of an image, 1 or more.</param>
    /// <param name="pixels">Image by image, row by row; 0 is the background, 255 full ink.</param>
    /// <param name="labels">One label per image, 0 to 9.</param>
    /// <param name="factors">How each image was generated; null for real images.</param>
    /// <exception cref="ArgumentException">The numbers of images, labels and factors disagree, or a label is above 9.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A side is not positive.</exception>
    public ImageDataSet(int height, int width, byte[] pixels, byte[] labels, IReadOnlyList<DigitFactors>? factors = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentNullException.ThrowIfNull(labels);
        if ((long)labels.Length * height * width != pixels.Length)
        {
            throw new ArgumentException($"{labels.Length} labels and {pixels.Length} pixels: " +
                $"{height}x{width} images need {(long)labels.Length * height * width} pixels.", nameof(pixels));
        }
        if (factors is not null && factors.Count != labels.Length)
            throw new ArgumentException($"{factors.Count} factors for {labels.Length} images; give one per image.", nameof(factors));
        int wrong = labels.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)(Classes - 1));
        if (wrong >= 0)
            throw new ArgumentException($"Label {wrong} is {labels[wrong]}; labels are 0 to {Classes - 1}.", nameof(labels));
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

    /// <summary>All pixels in the order of <see cref="Pixels"/>, scaled so that 0 becomes <paramref name="low"/> and 255 <paramref name="high"/>.</summary>
    /// <param name="low">The background's value; 0 by default.</param>
    /// <param name="high">The value of full ink; 1 by default.</param>
    public float[] ToFloats(float low = 0, float high = 1)
    {
        // Interpolated, so that both ends are met exactly.
        var values = new float[256];
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)(((low * (255.0 - i)) + ((double)high * i)) / 255);
        return Array.ConvertAll(Pixels, pixel => values[pixel]);
    }

    /// <summary>The labels as a classifier's loss wants them.</summary>
    public long[] ToLongLabels() => Array.ConvertAll(Labels, label => (long)label);

    /// <summary>The first images, with copies of their pixels and labels.</summary>
    /// <param name="count">How many, 0 to <see cref="Count"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not that many.</exception>
    public ImageDataSet Take(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count > Count)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"count is {count}; there are {Count} images.");
        return new ImageDataSet(Height, Width, Pixels[..(count * Height * Width)], Labels[..count],
            Factors is null ? null : [.. Factors.Take(count)]);
    }

    /// <summary>Chosen images in the order of their indices, with copies of their pixels and labels.</summary>
    /// <param name="indices">Each 0 to <see cref="Count"/> - 1; repeats are allowed.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index is not one of an image.</exception>
    public ImageDataSet Subset(ReadOnlySpan<int> indices)
    {
        int size = Height * Width;
        var pixels = new byte[checked(indices.Length * size)];
        var labels = new byte[indices.Length];
        DigitFactors[]? factors = Factors is null ? null : new DigitFactors[indices.Length];
        for (int i = 0; i < indices.Length; i++)
        {
            int index = indices[i];
            if (index < 0 || index >= Count)
            {
                throw new ArgumentOutOfRangeException(nameof(indices), index,
                    $"indices[{i}] is {index}; choose 0 to {Count - 1}.");
            }
            Pixels.AsSpan(index * size, size).CopyTo(pixels.AsSpan(i * size));
            labels[i] = Labels[index];
            if (factors is not null) factors[i] = Factors![index];
        }
        return new ImageDataSet(Height, Width, pixels, labels, factors);
    }

    /// <summary>Number of images of each class, ten numbers.</summary>
    public int[] ClassCounts()
    {
        var counts = new int[Classes];
        foreach (byte label in Labels)
            counts[label]++;
        return counts;
    }

    /// <summary>For example "60000 images, 28x28".</summary>
    public override string ToString() => $"{Count} images, {Height}x{Width}{(Factors is null ? "" : ", with factors")}";
}
