namespace Gsr.Training;

/// <summary>
/// A convolution of square filters, what follows it in the same node, and the sizes of both.
/// </summary>
/// <param name="Images">In the batch.</param>
/// <param name="Channels">Of the input.</param>
/// <param name="Height">Of the input, in pixels.</param>
/// <param name="Width">Of the input, in pixels.</param>
/// <param name="Outputs">Channels of the output.</param>
/// <param name="Kernel">Height and width of a filter.</param>
/// <param name="Stride">From pixel to pixel of the output.</param>
/// <param name="Padding">Zeros around the input.</param>
/// <param name="IsPooled">Whether of each 2 x 2 pixels of the output the largest is kept.</param>
/// <param name="Slope">Of the activation below zero: 1 for none, 0 for a ReLU.</param>
internal sealed record ConvolutionSizes(
    int Images, int Channels, int Height, int Width, int Outputs, int Kernel, int Stride, int Padding, bool IsPooled,
    float Slope)
{
    /// <summary>Rows of the convolution's output, before pooling.</summary>
    public int Rows { get; } = ((Height + (2 * Padding) - Kernel) / Stride) + 1;

    /// <summary>Columns of the convolution's output, before pooling.</summary>
    public int Columns { get; } = ((Width + (2 * Padding) - Kernel) / Stride) + 1;

    /// <summary>Squares of 2 x 2 pixels in a row of the convolution's output.</summary>
    public int SquaresOfRow => Columns / 2;

    /// <summary>All squares of an image.</summary>
    public int Squares => Rows / 2 * SquaresOfRow;

    /// <summary>Values of one image.</summary>
    public int InputLength => Height * Width * Channels;

    /// <summary>The output's shape, channels last.</summary>
    public long[] OutputShape =>
        IsPooled ? [Images, Rows / 2, SquaresOfRow, Outputs] : [Images, Rows, Columns, Outputs];
}
