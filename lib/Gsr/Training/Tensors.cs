using TorchSharp;

namespace Gsr.Training;

/// <summary>Tensors of plain arrays, for callers who need no more of TorchSharp than that.</summary>
public static class Tensors
{
    /// <summary>A matrix, [n, columns], Float32, of values row by row; the caller owns it.</summary>
    public static torch.Tensor Matrix(float[] values, int columns) => Shaped(values, columns);

    /// <summary>A matrix, Float32; the caller owns it.</summary>
    public static torch.Tensor Matrix(double[,] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        using var exact = torch.from_array(values);
        return exact.to_type(torch.ScalarType.Float32);
    }

    /// <summary>A matrix, Float32; the caller owns it.</summary>
    public static torch.Tensor Matrix(float[,] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return torch.from_array(values);
    }

    /// <summary>
    /// Images of one channel, [n, 1, height, width], Float32, of pixels image by image, row by row; the caller owns it.
    /// </summary>
    public static torch.Tensor Images(float[] pixels, int height, int width) => Shaped(pixels, 1, height, width);

    /// <summary>Class labels, [n], Int64, as libtorch's cross-entropy takes them; the caller owns it.</summary>
    public static torch.Tensor Labels(ReadOnlySpan<byte> labels)
    {
        var wide = new long[labels.Length];
        for (var i = 0; i < wide.Length; i++) wide[i] = labels[i];
        return torch.tensor(wide);
    }

    private static torch.Tensor Shaped(float[] values, params long[] example)
    {
        foreach (var side in example) ArgumentOutOfRangeException.ThrowIfLessThan(side, 1, nameof(example));
        var size = example.Aggregate(1L, (product, side) => product * side);
        if (values.Length == 0 || values.Length % size != 0)
        {
            throw new ArgumentException(
                $"{values.Length} values do not fill examples of {string.Join(" x ", example)}.", nameof(values));
        }

        using var flat = torch.tensor(values);
        return flat.reshape([values.Length / size, .. example]);
    }
}
