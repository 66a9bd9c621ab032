namespace Gsr.Training;

/// <summary>
/// Sizes of a convolution, and where its numbers lie: an image with its padding row by row, the channels of a pixel
/// together; what comes out by panels of channels, in each of which a pixel has one row.
/// </summary>
internal sealed class ConvolutionShape
{
    private readonly int _kernel;

    public ConvolutionShape(
        int channels, int height, int width, int filters, int kernel, int stride, int padding, bool pools)
    {
        (Channels, Height, Width, Filters, _kernel) = (channels, height, width, filters, kernel);
        (Padding, Pools, Pitch) = (padding, pools, (width + (2 * padding)) * channels);
        (OutHeight, OutWidth) = (Out(height), Out(width));
        var pixels = OutHeight * OutWidth;
        PixelAt = Table(pixels, i => (i / OutWidth * stride * Pitch) + (i % OutWidth * stride * channels));
        PatchAt = Table(kernel * RowOfPatch, k => (k / RowOfPatch * Pitch) + (k % RowOfPatch));
        RowAt = Table(Math.Max(pixels, PatchAt.Length), i => i * PatchProduct.Panel);
        FilterAt = Table(filters, o => Place(o, 0, pixels));
        (WeightAt, TurnedAt) = (new int[filters * PatchAt.Length], new int[filters * PatchAt.Length]);
        for (var i = 0; i < WeightAt.Length; i++)
        {
            var (o, c, y, x) = (i / PatchAt.Length, i / (kernel * kernel) % channels, i / kernel % kernel, i % kernel);
            var inRow = (x * channels) + c;
            WeightAt[i] = Place(o, (y * RowOfPatch) + inRow, PatchAt.Length);
            TurnedAt[i] = (y * PanelsOfRow * filters * PatchProduct.Panel) + Place(inRow, o, filters);
        }

        int Out(int side) => ((side + (2 * padding) - kernel) / stride) + 1;
    }

    public int Channels { get; }

    public int Height { get; }

    public int Width { get; }

    public int Filters { get; }

    public int Padding { get; }

    /// <summary>Whether the largest of each two by two pixels is taken; an odd last row or column is left out.</summary>
    public bool Pools { get; }

    /// <summary>Floats from row to row of an image with its padding.</summary>
    public int Pitch { get; }

    public int OutHeight { get; }

    public int OutWidth { get; }

    /// <summary>Of the sums, before the pooling.</summary>
    public int Pixels => PixelAt.Length;

    public int ResultHeight => Pools ? OutHeight / 2 : OutHeight;

    public int ResultWidth => Pools ? OutWidth / 2 : OutWidth;

    public int Results => ResultHeight * ResultWidth;

    /// <summary>Floats of an image.</summary>
    public int Image => Channels * Height * Width;

    /// <summary>Floats of an image with its padding, and as many as the last panel may touch behind it.</summary>
    public int PaddedImage => ((Height + (2 * Padding)) * Pitch) + PatchProduct.Panel;

    /// <summary>Floats of a patch in one row of an image.</summary>
    public int RowOfPatch => _kernel * Channels;

    /// <summary>Panels of filters.</summary>
    public int Panels => Up(Filters);

    /// <summary>Panels of a patch's row.</summary>
    public int PanelsOfRow => Up(RowOfPatch);

    /// <summary>Rows and columns of the filters.</summary>
    public int Kernel => _kernel;

    /// <summary>Where the patch of each pixel begins in an image.</summary>
    public int[] PixelAt { get; }

    /// <summary>Where each number of a patch lies, from its beginning: by row, column, channel.</summary>
    public int[] PatchAt { get; }

    /// <summary>Rows of a panel.</summary>
    public int[] RowAt { get; }

    /// <summary>Where each filter's sum of a pixel lies, from the pixel's row.</summary>
    public int[] FilterAt { get; }

    /// <summary>
    /// Where each weight, in torch's order, lies in panels of filters: by row, column, channel of a patch.
    /// </summary>
    public int[] WeightAt { get; }

    /// <summary>Where it lies for the gradient of an image: in panels of each row of a patch, by filter.</summary>
    public int[] TurnedAt { get; }

    // Of a column in panels of so many rows.
    private static int Place(int column, int row, int rows) =>
        (((column / PatchProduct.Panel * rows) + row) * PatchProduct.Panel) + (column % PatchProduct.Panel);

    private static int Up(int count) => (count + PatchProduct.Panel - 1) / PatchProduct.Panel;

    private static int[] Table(int count, Func<int, int> at) => [.. Enumerable.Range(0, count).Select(at)];
}
