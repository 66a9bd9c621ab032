using System.Runtime.Intrinsics;

namespace Gsr.Training;

/// <summary>
/// The convolution of images of one channel, stride 1, as one product for each image: the pixels under the filter at
/// every place, a row for each of its taps, which is the image moved.
/// </summary>
/// <param name="sizes">Of the convolution.</param>
/// <param name="weights">[kernel², outputs]; they stay the caller's.</param>
internal sealed unsafe class PatchConvolution(ConvolutionSizes sizes, float* weights) : IConvolution
{
    private readonly int _places = sizes.Rows * sizes.Columns;
    private readonly int _width = sizes.Width + (2 * sizes.Padding);
    private readonly int _taps = sizes.Kernel * sizes.Kernel;

    public int ShareLength => _taps * sizes.Outputs;

    public static bool Suits(ConvolutionSizes sizes, bool needsInputGradient) =>
        sizes is { Channels: 1, Stride: 1 } && !needsInputGradient;

    public void Forward(float* input, SquareOutput output, int start, int end)
    {
        using var memory = Memory(out var padded, out var patches, out var sums);
        for (var image = start; image < end; image++)
        {
            Fill(patches, input + ((nint)image * sizes.InputLength), padded);
            MatrixProduct.Multiply(
                patches, 1, _places, weights, sizes.Outputs, sums, sizes.Outputs, _places, sizes.Outputs, _taps, null,
                accumulate: false);
            for (var square = 0; square < sizes.Squares; square++)
                output.Put(image, square, Corner(sums, square), Row, sizes.Outputs);
        }
    }

    public void Backward(float* input, SquareOutput output, float* share, float* inputGradient, int start, int end)
    {
        using var memory = Memory(out var padded, out var patches, out var sums);
        for (var image = start; image < end; image++)
        {
            for (var square = 0; square < sizes.Squares; square++)
                output.Take(image, square, Corner(sums, square), Row, sizes.Outputs);
            Fill(patches, input + ((nint)image * sizes.InputLength), padded);
            MatrixProduct.Multiply(
                patches, _places, 1, sums, sizes.Outputs, share, sizes.Outputs, _taps, sizes.Outputs, _places, null,
                accumulate: image > start);
        }
    }

    public void WeightGradient(float* sum, float* gradient) =>
        new ReadOnlySpan<float>(sum, ShareLength).CopyTo(new Span<float>(gradient, ShareLength));

    public void Dispose()
    {
    }

    // From row to row of the sums, [places, outputs].
    private nint Row => (nint)sizes.Columns * sizes.Outputs;

    private float* Corner(float* sums, int square)
    {
        var (row, column) = Math.DivRem(square, sizes.SquaresOfRow);
        return sums + (2 * row * Row) + ((nint)2 * column * sizes.Outputs);
    }

    private AlignedFloats Memory(out float* padded, out float* patches, out float* sums)
    {
        var paddedLength = (sizes.Height + (2 * sizes.Padding)) * _width;
        var memory = new AlignedFloats(((long)(_taps + sizes.Outputs) * _places) + paddedLength, isCleared: false);
        // A multiple of 16 floats first, so that both are aligned.
        sums = memory.Take(_places * sizes.Outputs);
        patches = memory.Take(_places * _taps);
        padded = memory.Take(paddedLength);
        new Span<float>(padded, paddedLength).Clear();
        return memory;
    }

    private void Fill(float* patches, float* image, float* padded)
    {
        for (var row = 0; row < sizes.Height; row++)
        {
            new ReadOnlySpan<float>(image + (row * sizes.Width), sizes.Width).CopyTo(
                new Span<float>(padded + ((row + sizes.Padding) * _width) + sizes.Padding, sizes.Width));
        }

        var to = patches;
        for (var tap = 0; tap < _taps; tap++)
        {
            var from = padded + (tap / sizes.Kernel * _width) + (tap % sizes.Kernel);
            for (var row = 0; row < sizes.Rows; row++, from += _width, to += sizes.Columns)
                Copy(from, to, sizes.Columns);
        }
    }

    // Short rows, for which a call would cost more than the copy.
    private static void Copy(float* from, float* to, int length)
    {
        var i = 0;
        for (; i <= length - Vector256<float>.Count; i += Vector256<float>.Count)
            Vector256.Load(from + i).Store(to + i);
        for (; i < length; i++) to[i] = from[i];
    }
}
