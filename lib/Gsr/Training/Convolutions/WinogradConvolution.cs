namespace Gsr.Training;

/// <summary>
/// The convolution by filters of 5 x 5, stride 1, or of 9 x 9 or 10 x 10, stride 2, in 36 products for each square of 2
/// x 2 pixels of the output, instead of 100, by <see cref="SixPoints"/>.
/// </summary>
/// <remarks>
/// A convolution of stride 2 is one of stride 1 whose channels are those of the four pixels of each square of the
/// input, with filters of half the size, to which a row and a column of zeros belong where it is odd. A few images at a
/// time pass through all steps, so that what belongs to them stays in cache.
/// </remarks>
internal sealed unsafe class WinogradConvolution : IConvolution
{
    private const int Taps = 5;
    // Rows of each of the 36 products: enough to make up for reading the weights.
    private const int RowsOfBlock = 72;
    // Above it the 36 products' weights and their gradients take more memory than they save time.
    private const int LargestPlane = 65536;

    private readonly ConvolutionSizes _sizes;
    private readonly int _channels;
    private readonly int _height;
    private readonly int _width;
    private readonly int _block;
    // For each tap and channel of the filters of stride 1 the row of the weights; -1 for a zero.
    private readonly int[] _rowOf;
    private readonly AlignedFloats _memory;
    // [points, channels, outputs] and [points, outputs, channels].
    private readonly float* _weights;
    private readonly float* _turned;

    /// <summary>Makes ready for some weights, [channels · kernel², outputs], which are not kept.</summary>
    public WinogradConvolution(ConvolutionSizes sizes, float* weights)
    {
        _sizes = sizes;
        var stride = sizes.Stride;
        _channels = sizes.Channels * stride * stride;
        (_height, _width) = (sizes.Rows + Taps - 1, sizes.Columns + Taps - 1);
        _block = (RowsOfBlock + sizes.Squares - 1) / sizes.Squares;
        _rowOf = new int[Taps * Taps * _channels];
        for (var i = 0; i < _rowOf.Length; i++)
        {
            var (tap, channel) = Math.DivRem(i, _channels);
            var (pixel, own) = Math.DivRem(channel, sizes.Channels);
            var (down, right) = ((tap / Taps * stride) + (pixel / stride), (tap % Taps * stride) + (pixel % stride));
            _rowOf[i] = down < sizes.Kernel && right < sizes.Kernel
                ? (((own * sizes.Kernel) + down) * sizes.Kernel) + right : -1;
        }

        _memory = new AlignedFloats(2L * ShareLength, isCleared: false);
        _weights = _memory.Take(ShareLength);
        _turned = _memory.Take(ShareLength);
        var taps = stackalloc float[Taps * Taps * SixPoints.Lanes];
        for (var channel = 0; channel < _channels; channel++)
        {
            for (var output = 0; output < sizes.Outputs; output += SixPoints.Lanes)
            {
                for (var tap = 0; tap < Taps * Taps; tap++)
                {
                    var to = new Span<float>(taps + (tap * SixPoints.Lanes), SixPoints.Lanes);
                    var row = _rowOf[(tap * _channels) + channel];
                    if (row < 0) to.Clear();
                    else new ReadOnlySpan<float>(weights + ((nint)row * sizes.Outputs) + output, to.Length).CopyTo(to);
                }

                SixPoints.Square<SixPoints.Filter>(
                    taps, Taps * SixPoints.Lanes, SixPoints.Lanes,
                    _weights + ((nint)channel * sizes.Outputs) + output, 6 * Plane, Plane);
            }
        }

        for (var point = 0; point < SixPoints.Count; point++)
        {
            Turning.Turn(
                _weights + (point * Plane), sizes.Outputs, _turned + (point * Plane), _channels, _channels,
                sizes.Outputs);
        }
    }

    public int ShareLength => SixPoints.Count * _channels * _sizes.Outputs;

    // Of a point's weights.
    private nint Plane => (nint)_channels * _sizes.Outputs;

    public static bool Suits(ConvolutionSizes sizes) =>
        sizes.Channels % MatrixProduct.Padding == 0
        && sizes.Channels * sizes.Stride * sizes.Stride * sizes.Outputs <= LargestPlane
        && sizes switch
        {
            { Stride: 1, Kernel: Taps } => true,
            // Whole squares of pixels, and none that no filter reads.
            { Stride: 2, Kernel: 9 or 10, Padding: 0 } =>
                sizes.Height == 2 * (sizes.Rows + Taps - 1) && sizes.Width == 2 * (sizes.Columns + Taps - 1),
            _ => false,
        };

    public void Forward(float* input, SquareOutput output, int start, int end)
    {
        using var memory = Memory(out var image, out var points, out var sums);
        var square = stackalloc float[4 * SixPoints.Lanes];
        for (var first = start; first < end; first += _block)
        {
            var count = Math.Min(_block, end - first);
            var rows = count * _sizes.Squares;
            var plane = (nint)rows * _sizes.Outputs;
            Read(input, first, count, image, points);
            for (var point = 0; point < SixPoints.Count; point++)
            {
                MatrixProduct.Multiply(
                    points + ((nint)point * rows * _channels), _channels, 1, _weights + (point * Plane), _sizes.Outputs,
                    sums + (point * plane), _sizes.Outputs, rows, _sizes.Outputs, _channels, null,
                    accumulate: false);
            }

            for (var row = 0; row < rows; row++)
            {
                var (at, own) = Math.DivRem(row, _sizes.Squares);
                var to = output.At(first + at, own);
                for (var channel = 0; channel < _sizes.Outputs; channel += SixPoints.Lanes)
                {
                    SixPoints.Square<SixPoints.Output>(
                        sums + ((nint)row * _sizes.Outputs) + channel, 6 * plane, plane, square, 2 * SixPoints.Lanes,
                        SixPoints.Lanes);
                    output.PutChannels(to + channel, channel, square, 2 * SixPoints.Lanes, SixPoints.Lanes);
                }
            }
        }
    }

    public void Backward(float* input, SquareOutput output, float* share, float* inputGradient, int start, int end)
    {
        using var memory = Memory(out var image, out var points, out var sums);
        var square = stackalloc float[4 * SixPoints.Lanes];
        for (var first = start; first < end; first += _block)
        {
            var count = Math.Min(_block, end - first);
            var rows = count * _sizes.Squares;
            var plane = (nint)rows * _sizes.Outputs;
            for (var row = 0; row < rows; row++)
            {
                var (at, own) = Math.DivRem(row, _sizes.Squares);
                var from = output.At(first + at, own);
                for (var channel = 0; channel < _sizes.Outputs; channel += SixPoints.Lanes)
                {
                    output.TakeChannels(from + channel, square, 2 * SixPoints.Lanes, SixPoints.Lanes);
                    SixPoints.Square<SixPoints.OutputBack>(
                        square, 2 * SixPoints.Lanes, SixPoints.Lanes, sums + ((nint)row * _sizes.Outputs) + channel,
                        6 * plane, plane);
                }
            }

            Read(input, first, count, image, points);
            for (var point = 0; point < SixPoints.Count; point++)
            {
                float* own = points + ((nint)point * rows * _channels), of = sums + (point * plane);
                MatrixProduct.Multiply(
                    own, 1, _channels, of, _sizes.Outputs, share + (point * Plane), _sizes.Outputs, _channels,
                    _sizes.Outputs, rows, null, accumulate: first > start);
                if (inputGradient is null) continue;
                MatrixProduct.Multiply(
                    of, _sizes.Outputs, 1, _turned + (point * Plane), _channels, own, _channels, rows, _channels,
                    _sizes.Outputs, null, accumulate: false);
            }

            if (inputGradient is not null) Write(inputGradient, first, count, image, points);
        }
    }

    public void WeightGradient(float* sum, float* gradient)
    {
        var taps = stackalloc float[Taps * Taps * SixPoints.Lanes];
        for (var channel = 0; channel < _channels; channel++)
        {
            for (var output = 0; output < _sizes.Outputs; output += SixPoints.Lanes)
            {
                SixPoints.Square<SixPoints.FilterBack>(
                    sum + ((nint)channel * _sizes.Outputs) + output, 6 * Plane, Plane, taps, Taps * SixPoints.Lanes,
                    SixPoints.Lanes);
                for (var tap = 0; tap < Taps * Taps; tap++)
                {
                    var row = _rowOf[(tap * _channels) + channel];
                    if (row < 0) continue;
                    new ReadOnlySpan<float>(taps + (tap * SixPoints.Lanes), SixPoints.Lanes).CopyTo(
                        new Span<float>(gradient + ((nint)row * _sizes.Outputs) + output, SixPoints.Lanes));
                }
            }
        }
    }

    public void Dispose() => _memory.Dispose();

    private AlignedFloats Memory(out float* image, out float* points, out float* sums)
    {
        var rows = _block * _sizes.Squares;
        var (imageLength, pointLength, sumLength) = (
            _height * _width * _channels, SixPoints.Count * rows * _channels, SixPoints.Count * rows * _sizes.Outputs);
        var memory = new AlignedFloats((long)imageLength + pointLength + sumLength, isCleared: false);
        image = memory.Take(imageLength);
        points = memory.Take(pointLength);
        sums = memory.Take(sumLength);
        // Its border stays zero.
        new Span<float>(image, imageLength).Clear();
        return memory;
    }

    // Images to the points of their squares, [points, squares, channels].
    private void Read(float* input, int first, int count, float* image, float* points)
    {
        var plane = (nint)count * _sizes.Squares * _channels;
        for (var i = 0; i < count; i++)
        {
            Copy(input + ((nint)(first + i) * _sizes.InputLength), image, back: false);
            for (var square = 0; square < _sizes.Squares; square++)
            {
                float* corner = Corner(image, square), row = points + (((i * _sizes.Squares) + square) * _channels);
                for (var channel = 0; channel < _channels; channel += SixPoints.Lanes)
                {
                    SixPoints.Square<SixPoints.Input>(
                        corner + channel, (nint)_width * _channels, _channels, row + channel, 6 * plane, plane);
                }
            }
        }
    }

    // The gradient of the points to that of the images, whose squares overlap.
    private void Write(float* gradient, int first, int count, float* image, float* points)
    {
        var plane = (nint)count * _sizes.Squares * _channels;
        var square = stackalloc float[SixPoints.Count * SixPoints.Lanes];
        for (var i = 0; i < count; i++)
        {
            new Span<float>(image, _height * _width * _channels).Clear();
            for (var at = 0; at < _sizes.Squares; at++)
            {
                float* corner = Corner(image, at), row = points + (((i * _sizes.Squares) + at) * _channels);
                for (var channel = 0; channel < _channels; channel += SixPoints.Lanes)
                {
                    SixPoints.Square<SixPoints.InputBack>(
                        row + channel, 6 * plane, plane, square, 6 * SixPoints.Lanes, SixPoints.Lanes);
                    SixPoints.Add(square, corner + channel, (nint)_width * _channels, _channels);
                }
            }

            Copy(gradient + ((nint)(first + i) * _sizes.InputLength), image, back: true);
        }

        // Its border is zero again for the next images.
        new Span<float>(image, _height * _width * _channels).Clear();
    }

    private float* Corner(float* image, int square)
    {
        var (row, column) = Math.DivRem(square, _sizes.SquaresOfRow);
        return image + (((2 * row * _width) + (2 * column)) * (nint)_channels);
    }

    // Between an image and its copy with zeros around it, or with the channels of a square together, row by row.
    private void Copy(float* image, float* copy, bool back)
    {
        var (stride, pad) = (_sizes.Stride, _sizes.Padding);
        // With stride 2 two pixels of a row are next to each other in the copy as well.
        var (pieces, length) = stride == 1
            ? (1, _sizes.Width * _channels) : (_width, stride * _sizes.Channels);
        for (var row = 0; row < _sizes.Height; row++)
        {
            var (down, part) = Math.DivRem(row + pad, stride);
            for (var piece = 0; piece < pieces; piece++)
            {
                var own = image + (row * _sizes.Width * _sizes.Channels) + (piece * length);
                var other = copy + (((down * _width) + pad + piece) * _channels) + (part * length);
                Span<float> ofImage = new(own, length), ofCopy = new(other, length);
                if (back) ofCopy.CopyTo(ofImage);
                else ofImage.CopyTo(ofCopy);
            }
        }
    }
}
