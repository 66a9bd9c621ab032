using PureHDF;

namespace Gsr.SingleCell.Reading;

/// <summary>
/// A data set of numbers that is read in parts. Parts are asked for by whole chunks, each of which is unpacked once.
/// </summary>
internal sealed class Hdf5Slices
{
    private readonly Hdf5Content _content;
    private readonly IH5Dataset _dataset;
    private readonly int _shuffle;
    private (long From, Array Values)? _held;

    public Hdf5Slices(Hdf5Content content, string path, IH5Dataset dataset, int shuffle)
    {
        (_content, Path, _dataset, _shuffle) = (content, path, dataset, shuffle);
        Dimensions = Array.ConvertAll(dataset.Space.Dimensions, length => checked((long)length));
        if (dataset.Layout.Class == H5DataLayoutClass.Chunked)
            Chunks = Array.ConvertAll(dataset.Layout.Chunks, length => (long)length);
    }

    public string Path { get; }

    /// <summary>Lengths of the dimensions.</summary>
    public long[] Dimensions { get; }

    /// <summary>Lengths of a chunk; null where there are none.</summary>
    public long[]? Chunks { get; }

    /// <summary>Whole numbers of a data set of one dimension.</summary>
    public int[] Wholes(long from, int count, int most) => _content.Wholes(Path, Part(from, count), most);

    /// <summary>Numbers of a data set of one dimension.</summary>
    public float[] Floats(long from, int count) => Hdf5Numbers.Single(Part(from, count));

    /// <summary>
    /// Reads a rectangle of a data set of two dimensions, tile by tile as it is stored, row by row within a tile.
    /// </summary>
    /// <param name="row">The first row.</param>
    /// <param name="rows">How many.</param>
    /// <param name="column">The first column.</param>
    /// <param name="columns">How many.</param>
    /// <param name="take">Receives the first row and column of a tile, its width and values.</param>
    public void Tiles(long row, long rows, long column, long columns, Action<long, long, int, float[]> take)
    {
        long height = Chunks?[0] ?? rows, width = Chunks?[1] ?? columns;
        for (var top = row; top < row + rows; top = Next(top, height, row + rows))
        {
            for (var left = column; left < column + columns; left = Next(left, width, column + columns))
            {
                long bottom = Next(top, height, row + rows), right = Next(left, width, column + columns);
                var tile = Read([top, left], [bottom - top, right - left]);
                take(top, left, (int)(right - left), Hdf5Numbers.Single(tile));
            }
        }

        // Where the next chunk begins.
        long Next(long at, long length, long end) => Chunks is null ? end : Math.Min(end, ((at / length) + 1) * length);
    }

    private Array Part(long from, int count)
    {
        if (Chunks is not [var chunk]) return Read([from], [count]);
        if (_held is not (var first, var values) || from < first || from + count > first + values.Length)
        {
            first = from / chunk * chunk;
            values = Read([first], [Math.Min(Dimensions[0], (from + count + chunk - 1) / chunk * chunk) - first]);
            _held = (first, values);
        }
        if (from == first && count == values.Length) return values;
        var part = Array.CreateInstance(values.GetType().GetElementType()!, count);
        Array.Copy(values, from - first, part, 0, count);
        return part;
    }

    private Array Read(long[] starts, long[] lengths)
    {
        LzfFilter.ShuffleBefore = _shuffle;
        return _content.Numbers(_dataset, Path, Array.ConvertAll(starts, at => (ulong)at),
            Array.ConvertAll(lengths, length => (ulong)length));
    }
}
