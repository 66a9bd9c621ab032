using System.Reflection;
using PureHDF;
using PureHDF.Filters;
using PureHDF.Selections;

namespace Gsr.SingleCell.Reading;

/// <summary>
/// The groups, data sets and attributes of an HDF5 file by their paths, with sizes held against the file before memory
/// is taken, and whatever a damaged file makes the HDF5 library throw turned into one kind of error that names the
/// path.
/// </summary>
internal sealed class Hdf5Content : IDisposable
{
    internal const string Remedy = "Fetch the file again, or write it anew with a current version of its program.";

    // Deflate's best: 258 bytes from two bits. A chunk may be larger than the data, as Cell Ranger's are.
    private const long MaxRatio = 1032;
    private const long FreeBytes = 1 << 24;
    private const int FreeChunks = 64;

    private readonly IDisposable _owner;
    private readonly IH5Group _root;
    private readonly long _length;
    private readonly Stream? _own;
    private readonly Func<Stream> _reopen;

    static Hdf5Content() => H5Filter.Register(new LzfFilter());

    /// <summary>Opens a stream, which stays open.</summary>
    /// <param name="stream">The whole file.</param>
    /// <param name="name">What error messages call it.</param>
    /// <param name="reopen">
    /// Opens it once more, for blocks that are read later; where null, matrices are read at once.
    /// </param>
    public Hdf5Content(Stream stream, string name, Func<Stream>? reopen = null)
    {
        (Name, _length, _reopen) = (name, stream.Length, reopen ?? (() => stream));
        IsLeft = reopen is not null;
        stream.Position = 0;
        var file = Checked("/", () => H5File.Open(new GuardedStream(stream), leaveOpen: true, new H5ReadOptions()));
        (_owner, _root) = (file, file);
    }

    private Hdf5Content(Stream own, Func<Stream> reopen, string name)
        : this(own, name, reopen) => _own = own;

    /// <summary>What error messages call the file.</summary>
    public string Name { get; }

    /// <summary>Whether matrices are left in the file.</summary>
    public bool IsLeft { get; }

    /// <summary>The same file, opened for another thread; the very one where matrices are not left in it.</summary>
    public Hdf5Content Reopened() => IsLeft ? new Hdf5Content(_reopen(), _reopen, Name) : this;

    /// <summary>A data set of numbers that is read in slices.</summary>
    public Hdf5Slices Slices(string path) => Checked(path, () =>
    {
        var dataset = Sized(path, whole: false);
        return new Hdf5Slices(this, path, dataset, LzfFilter.ShuffleBefore);
    });

    public bool HasGroup(string path) => Find(path) is IH5Group;

    public bool HasDataset(string path) => Find(path) is IH5Dataset;

    /// <summary>Names of what a group holds; none where there is no such group.</summary>
    public string[] Children(string path) => Checked<string[]>(path, () =>
        Find(path) is IH5Group group ? [.. group.Children().Select(child => child.Name)] : []);

    /// <summary>Lengths of a data set's dimensions; none for a single value.</summary>
    public long[] Dimensions(string path) =>
        Checked(path, () => Array.ConvertAll(Dataset(path).Space.Dimensions, d => checked((long)d)));

    /// <summary>Whether a data set holds text.</summary>
    public bool IsText(string path) => Checked(path, () => IsText(Dataset(path).Type));

    /// <summary>Whether a data set holds numbers or truth values.</summary>
    public bool IsNumeric(string path) => Checked(path, () => Dataset(path).Type.Class is
        H5DataTypeClass.FixedPoint or H5DataTypeClass.FloatingPoint or H5DataTypeClass.Enumerated);

    /// <summary>Whether a data set holds an enumeration of one byte, as truth values do.</summary>
    public bool IsFlag(string path) =>
        Checked(path, () => Dataset(path).Type is { Class: H5DataTypeClass.Enumerated, Size: 1 });

    /// <summary>A data set of text, of any number of dimensions.</summary>
    public string[] Texts(string path) => Checked(path, () =>
    {
        var dataset = Sized(path);
        if (!IsText(dataset.Type)) throw Fault(path, $"values of the kind {dataset.Type.Class}", "text");
        return Whole(path, dataset, Array.ConvertAll(dataset.Read<string?[]>(), text => text?.TrimEnd('\0') ?? ""));
    });

    /// <summary>A data set as numbers of its own type: float[], double[], long[] or int[].</summary>
    public Array Numbers(string path) => Checked(path, () =>
    {
        var dataset = Sized(path);
        var count = dataset.Space.Dimensions.Aggregate(1UL, (product, length) => product * length);
        return Whole(path, dataset, Numbers(dataset, path, null, count));
    });

    /// <summary>A data set as single precision, row by row.</summary>
    public float[] Floats(string path) => Hdf5Numbers.Single(Numbers(path));

    /// <summary>A part of a data set, row by row, as numbers of its own type.</summary>
    public Array Numbers(IH5Dataset dataset, string path, ulong[] starts, ulong[] lengths) => Checked(path, () =>
    {
        Bounded(path, lengths, dataset.Type.Size, long.MaxValue);
        var count = lengths.Aggregate(1UL, (product, length) => product * length);
        if (count == 0) return Array.Empty<int>();
        var numbers = Numbers(dataset, path, new HyperslabSelection(lengths.Length, starts, lengths), count);
        return (ulong)numbers.Length == count ? numbers : throw Fault(path, $"{numbers.Length} values", $"{count}");
    });

    /// <summary>A data set of whole numbers from 0 to a greatest one.</summary>
    public int[] Wholes(string path, int most) => Wholes(path, Numbers(path), most);

    /// <summary>A data set of whole numbers from 0.</summary>
    public long[] Longs(string path)
    {
        var numbers = Numbers(path);
        var longs = numbers is long[] wide ? wide : Array.ConvertAll(
            Wholes(path, numbers, int.MaxValue), value => (long)value);
        var bad = Array.FindIndex(longs, value => value < 0);
        return bad < 0 ? longs : throw Fault(path, $"{longs[bad]} at place {bad}", "0 or more");
    }

    /// <summary>Numbers as whole ones from 0 to a greatest one.</summary>
    public int[] Wholes(string path, Array numbers, int most)
    {
        if (numbers is int[] ints && !ints.AsSpan().ContainsAnyExceptInRange(0, most)) return ints;
        var values = numbers switch
        {
            long[] longs => longs,
            int[] narrow => Array.ConvertAll(narrow, value => (long)value),
            _ => throw Fault(path, "fractional numbers", "whole numbers"),
        };
        var bad = Array.FindIndex(values, value => value < 0 || value > most);
        if (bad >= 0) throw Fault(path, $"{values[bad]} at place {bad}", $"0 to {most}");
        return Array.ConvertAll(values, value => (int)value);
    }

    /// <summary>A text attribute, one value or many; empty where there is none.</summary>
    public string[] TextAttribute(string path, string name) => Checked<string[]>(path, () =>
    {
        if (Find(path) is not { } item || !item.AttributeExists(name)) return [];
        var attribute = item.Attribute(name);
        if (!IsText(attribute.Type)) return [];
        Bounded(path, attribute.Space.Dimensions, attribute.Type.Size, _length + FreeBytes);
        return attribute.Space.Rank == 0 ? [attribute.Read<string>() ?? ""]
            : attribute.Read<string?[]>().Select(text => text ?? "").ToArray();
    });

    /// <summary>An attribute of whole numbers; empty where there is none.</summary>
    public long[] WholeAttribute(string path, string name) => Checked<long[]>(path, () =>
    {
        if (Find(path) is not { } item || !item.AttributeExists(name)) return [];
        var attribute = item.Attribute(name);
        Bounded(path, attribute.Space.Dimensions, attribute.Type.Size, _length + FreeBytes);
        return attribute.Type is not { Class: H5DataTypeClass.FixedPoint, Size: var size } ? [] : size switch
        {
            8 => attribute.Read<long[]>(),
            4 => Array.ConvertAll(attribute.Read<int[]>(), value => (long)value),
            2 => Array.ConvertAll(attribute.Read<short[]>(), value => (long)value),
            _ => [],
        };
    });

    /// <summary>An error about one path of the file.</summary>
    public DataFormatException Fault(
        string path, string found, string expected, string remedy = Remedy, Exception? inner = null) =>
        new(Name, null, path, found, expected, remedy, inner);

    /// <summary>The error that a data set or group is missing.</summary>
    public DataFormatException Missing(string path) => Fault(path, "nothing", "a data set or group of this name");

    public void Dispose()
    {
        _owner.Dispose();
        _own?.Dispose();
    }

    private static bool IsText(IH5DataType type) =>
        type.Class is H5DataTypeClass.String or H5DataTypeClass.VariableLength;

    private TArray Whole<TArray>(string path, IH5Dataset dataset, TArray values) where TArray
        : System.Collections.ICollection
    {
        ulong count = 1;
        foreach (var length in dataset.Space.Dimensions) count *= length;
        return (ulong)values.Count == count ? values : throw Fault(path, $"{values.Count} values", $"{count}");
    }

    private Array Numbers(IH5Dataset dataset, string path, HyperslabSelection? part, ulong count) =>
        Hdf5Numbers.Of(dataset, part, count) ?? throw Fault(
            path, $"values of the kind {dataset.Type.Class}, {dataset.Type.Size} bytes", "numbers");

    private IH5Dataset Dataset(string path) => Find(path) as IH5Dataset ?? throw Missing(path);

    private IH5Dataset Sized(string path, bool whole = true)
    {
        var dataset = Dataset(path);
        var layout = dataset.Layout.Class;
        if (layout is not (H5DataLayoutClass.Chunked or H5DataLayoutClass.Contiguous or H5DataLayoutClass.Compact))
        {
            throw Fault(
                path, $"a {layout} layout", "data within this file",
                "Write the file anew without links to other files.");
        }
        // A chunked data set may be compressed, and chunks that were never written take no place at all.
        var chunked = layout == H5DataLayoutClass.Chunked;
        var most = chunked ? FreeBytes + (MaxRatio * _length) : _length;
        Bounded(path, dataset.Space.Dimensions, dataset.Type.Size, most, whole ? Array.MaxLength : long.MaxValue);
        if (chunked) CheckChunks(path, dataset, most);
        LzfFilter.ShuffleBefore = chunked ? ShuffleBeforeLzf(dataset) : 0;
        return dataset;
    }

    // See LzfFilter.ShuffleBefore. The library does not show a data set's filters.
    private static int ShuffleBeforeLzf(IH5Dataset dataset)
    {
        if (Member(dataset, "InternalFilterPipeline") is not { } pipeline) return 0;
        if (Member(pipeline, "FilterDescriptions") is not Array filters) return -1;
        object?[] ids = [.. filters.Cast<object>().Select(filter => Member(filter, "Identifier"))];
        var at = Array.IndexOf(ids, LzfFilter.Id);
        return at <= 0 ? 0 : Equals(ids[at - 1], ShuffleFilter.Id) ? dataset.Type.Size : -1;
    }

    private static object? Member(object owner, string name) => owner.GetType().GetProperty(
        name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)?.GetValue(owner);

    private void CheckChunks(string path, IH5Dataset dataset, long most)
    {
        ulong[] dimensions = dataset.Space.Dimensions, chunks = Array.ConvertAll(dataset.Layout.Chunks, c => (ulong)c);
        Bounded(path, chunks, dataset.Type.Size, most);
        if (chunks.Length != dimensions.Length || chunks.Contains(0UL))
        {
            throw Fault(
                path, $"chunks of {string.Join(" x ", chunks)}", $"chunks of {string.Join(" x ", dimensions)} values");
        }
        double count = 1;
        for (var i = 0; i < chunks.Length; i++) count *= Math.Ceiling(dimensions[i] / (double)chunks[i]);
        // Each takes a place in the chunk index at least.
        if (count > (_length / 4) + FreeChunks)
            throw Fault(path, $"{count} chunks", $"at most as many as a file of {_length} bytes can list");
    }

    private void Bounded(
        string path, ulong[] dimensions, int size, long mostBytes, long mostValues = int.MaxValue - 56)
    {
        decimal count = 1;
        foreach (var length in dimensions)
        {
            count *= length;
            if (count * size > mostBytes || count > mostValues)
            {
                throw Fault(path, $"{string.Join(" x ", dimensions)} values of {size} bytes",
                    $"at most {mostBytes} bytes from a file of {_length}, and at most {mostValues} values");
            }
        }
    }

    private IH5Object? Find(string path) => Checked(path, () =>
        path == "/" ? _root : _root.LinkExists(path) ? _root.Get(path) : null);

    // The library was made for sound files: what a damaged one makes it throw may be of any type.
    private T Checked<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is not (
            DataFormatException or ObjectDisposedException or OperationCanceledException))
        {
            throw Fault(
                path, $"what cannot be read as HDF5 ({error.Message.TrimEnd('.')})", "sound HDF5 structures", Remedy,
                error);
        }
    }
}
