using TorchSharp;

namespace Gsr.Training;

/// <summary>Tensors of plain arrays, for callers who need no more of TorchSharp than that.</summary>
public static class Tensors
{
    /// <summary>A matrix, [n, columns], Float32; the caller owns it.</summary>
    /// <param name="values">Row by row.</param>
    /// <param name="columns">At least 1; divides the number of values.</param>
    /// <exception cref="ArgumentException">The values do not fill whole rows.</exception>
    public static torch.Tensor Matrix(float[] values, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (values.Length == 0 || values.Length % columns != 0)
            throw new ArgumentException($"{values.Length} values do not fill rows of {columns}.", nameof(values));
        return Shaped(values, values.Length / columns, columns);
    }

    /// <summary>A matrix, Float32; the caller owns it.</summary>
    /// <param name="values">[n, columns].</param>
    public static torch.Tensor Matrix(double[,] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        using var exact = torch.from_array(values);
        return exact.to_type(torch.ScalarType.Float32);
    }

    /// <summary>Images of one channel, [n, 1, height, width], Float32; the caller owns it.</summary>
    /// <param name="pixels">Image by image, row by row, in the range that the model expects.</param>
    /// <param name="height">Rows of an image.</param>
    /// <param name="width">Columns of an image.</param>
    /// <exception cref="ArgumentException">The values do not fill whole images.</exception>
    public static torch.Tensor Images(float[] pixels, int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (pixels.Length == 0 || pixels.Length % (height * width) != 0)
        {
            throw new ArgumentException(
                $"{pixels.Length} pixels do not fill images of {height} x {width}.", nameof(pixels));
        }
        return Shaped(pixels, pixels.Length / (height * width), 1, height, width);
    }

    /// <summary>Class labels, [n], Int64, as libtorch's cross-entropy takes them; the caller owns it.</summary>
    /// <param name="labels">One per example.</param>
    public static torch.Tensor Labels(ReadOnlySpan<byte> labels)
    {
        var wide = new long[labels.Length];
        for (var i = 0; i < wide.Length; i++) wide[i] = labels[i];
        return torch.tensor(wide);
    }

    private static torch.Tensor Shaped(float[] values, params long[] shape)
    {
        using var flat = torch.tensor(values);
        return flat.reshape(shape);
    }
}
