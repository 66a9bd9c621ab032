using System.Runtime.Intrinsics;

namespace Gsr.Training;

/// <summary>
/// The output of a convolution, written and read by squares of 2 x 2 pixels, channels last and eight at a time: biases,
/// pooling and activation going forward, and what reaches a square of the gradient going back.
/// </summary>
/// <param name="sizes">Of the convolution.</param>
/// <param name="biases">[outputs].</param>
/// <param name="values">The output.</param>
/// <param name="largest">
/// For each pooled value which of its square's pixels it was, 0 to 3; null where nobody will ask.
/// </param>
/// <param name="gradient">Of the output; null going forward.</param>
internal sealed unsafe class SquareOutput(
    ConvolutionSizes sizes, float* biases, float* values, int* largest, float* gradient)
{
    private readonly bool _isPooled = sizes.IsPooled;
    private readonly int _outputs = sizes.Outputs;
    private readonly nint _row = (nint)sizes.Columns * sizes.Outputs;
    private readonly Vector256<float> _slope = Vector256.Create(sizes.Slope);

    /// <summary>Takes the sums of a square, whose pixels are a row and a column apart.</summary>
    public void Put(int image, int square, float* sums, nint row, nint column)
    {
        var at = At(image, square);
        for (var channel = 0; channel < _outputs; channel += Vector256<float>.Count)
            PutChannels(at + channel, channel, sums + channel, row, column);
    }

    /// <summary>Takes eight channels of a square.</summary>
    public void PutChannels(nint at, int channel, float* sums, nint row, nint column)
    {
        var bias = Vector256.Load(biases + channel);
        Vector256<float> a = Vector256.Load(sums), b = Vector256.Load(sums + column), c = Vector256.Load(sums + row),
            d = Vector256.Load(sums + row + column);
        if (!_isPooled)
        {
            Active(a + bias).Store(values + at);
            Active(b + bias).Store(values + at + _outputs);
            Active(c + bias).Store(values + at + _row);
            Active(d + bias).Store(values + at + _row + _outputs);
            return;
        }

        var most = Vector256.Max(Vector256.Max(a, b), Vector256.Max(c, d));
        Active(most + bias).Store(values + at);
        if (largest is null) return;
        // Ties go to the first, as libtorch has it.
        var index = Vector256.ConditionalSelect(Is(c), Vector256.Create(2), Vector256.Create(3));
        index = Vector256.ConditionalSelect(Is(b), Vector256.Create(1), index);
        Vector256.AndNot(index, Is(a)).Store(largest + at);

        Vector256<int> Is(Vector256<float> pixel) => Vector256.Equals(pixel, most).AsInt32();
    }

    /// <summary>Gives the gradient of the sums of a square.</summary>
    public void Take(int image, int square, float* sums, nint row, nint column)
    {
        var at = At(image, square);
        for (var channel = 0; channel < _outputs; channel += Vector256<float>.Count)
            TakeChannels(at + channel, sums + channel, row, column);
    }

    /// <summary>Gives eight channels of it.</summary>
    public void TakeChannels(nint at, float* sums, nint row, nint column)
    {
        if (!_isPooled)
        {
            OfSum(at).Store(sums);
            OfSum(at + _outputs).Store(sums + column);
            OfSum(at + _row).Store(sums + row);
            OfSum(at + _row + _outputs).Store(sums + row + column);
            return;
        }

        var (of, index) = (OfSum(at), Vector256.Load(largest + at));
        (of & Vector256.Equals(index, Vector256<int>.Zero).AsSingle()).Store(sums);
        (of & Vector256.Equals(index, Vector256.Create(1)).AsSingle()).Store(sums + column);
        (of & Vector256.Equals(index, Vector256.Create(2)).AsSingle()).Store(sums + row);
        (of & Vector256.Equals(index, Vector256.Create(3)).AsSingle()).Store(sums + row + column);
    }

    /// <summary>Where the values of a square begin.</summary>
    public nint At(int image, int square)
    {
        if (_isPooled) return (((nint)image * sizes.Squares) + square) * _outputs;
        var (row, column) = Math.DivRem(square, sizes.SquaresOfRow);
        return (((nint)image * sizes.Rows) + (2 * row)) * _row + ((nint)2 * column * _outputs);
    }

    /// <summary>Adds the gradient of the biases up, over all images.</summary>
    public void AddBiases(float* sums)
    {
        var length = (nint)sizes.Images * (_isPooled ? sizes.Squares : sizes.Rows * sizes.Columns) * _outputs;
        for (nint at = 0; at < length; at += _outputs)
        {
            for (var channel = 0; channel < _outputs; channel += Vector256<float>.Count)
                (Vector256.Load(sums + channel) + OfSum(at + channel)).Store(sums + channel);
        }
    }

    private Vector256<float> Active(Vector256<float> sum) => Vector256.ConditionalSelect(
        Vector256.LessThan(sum, Vector256<float>.Zero), sum * _slope, sum);

    // The slope is not negative, so a value has the sign of its sum.
    private Vector256<float> OfSum(nint at)
    {
        var of = Vector256.Load(gradient + at);
        return Vector256.ConditionalSelect(
            Vector256.GreaterThan(Vector256.Load(values + at), Vector256<float>.Zero), of, of * _slope);
    }
}
