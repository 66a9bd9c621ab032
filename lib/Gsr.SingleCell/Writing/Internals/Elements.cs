using PureHDF;

namespace Gsr.SingleCell.Writing;

/// <summary>
/// The elements of AnnData files, after anndata's specification of its format on disk (encoding versions of 0.8).
/// </summary>
internal static class Elements
{
    private const string Index = "_index";

    /// <summary>The truth values of h5py: an enumeration of one byte by these names.</summary>
    private enum Truth : byte
    {
        FALSE,
        TRUE,
    }

    /// <summary>Says of what kind an element is.</summary>
    public static T Mark<T>(T element, string type, string version)
        where T : H5Object
    {
        element.Attributes["encoding-type"] = type;
        element.Attributes["encoding-version"] = version;
        return element;
    }

    /// <summary>A group without content.</summary>
    public static H5Group Group(string type, string version) => Mark(new H5Group(), type, version);

    /// <summary>A group of elements, one for each entry.</summary>
    public static H5Group Dictionary<T>(
        IReadOnlyDictionary<string, T> entries, Func<KeyValuePair<string, T>, H5Object> element)
    {
        var group = Group("dict", "0.1.0");
        var names = LinkNames(entries.Keys);
        foreach ((var name, var entry) in names.Zip(entries)) group[name] = element(entry);
        return group;
    }

    /// <summary>Names and annotations.</summary>
    public static H5Group Table(AnnotationTable table)
    {
        var group = Group("dataframe", "0.2.0");
        string[] columns = [.. table.ColumnNames];
        // The index's own name is taken: a column that is called so as well gets another.
        var names = LinkNames(columns.Prepend(Index))[1..];
        group.Attributes["_index"] = Index;
        group.Attributes["column-order"] = names;
        group[Index] = Texts([.. table.Names]);
        for (var i = 0; i < columns.Length; i++)
        {
            group[names[i]] = table.Column(columns[i]) switch
            {
                string?[] texts => TextColumn(texts),
                bool[] flags => Flags(flags),
                var numbers => Data(numbers, "array"),
            };
        }
        return group;
    }

    /// <summary>Values, dense or in compressed rows.</summary>
    /// <exception cref="ArgumentException">The matrix has other lengths.</exception>
    public static H5Object Matrix(string path, ExpressionMatrix matrix, int rows, int columns)
    {
        if (matrix.Rows != rows || matrix.Columns != columns)
        {
            throw new ArgumentException($"{path} is {matrix.Rows} x {matrix.Columns}; the file's names are of " +
                $"{rows} cells and {columns} genes.");
        }
        matrix = matrix.InMemory();
        if (matrix is not SparseMatrix sparse)
        {
            return Mark(
                new H5Dataset(matrix.ToArray(), fileDims: [(ulong)rows, (ulong)columns]), "array", "0.2.0");
        }
        var group = Group("csr_matrix", "0.1.0");
        group.Attributes["shape"] = new long[] { rows, columns };
        group["data"] = new H5Dataset(sparse.Values.ToArray());
        group["indices"] = new H5Dataset(sparse.ColumnIndices.ToArray());
        group["indptr"] = new H5Dataset(sparse.RowPointers.ToArray());
        return group;
    }

    /// <summary>An array with a row for each cell or gene.</summary>
    /// <exception cref="ArgumentException">There are other rows.</exception>
    public static H5Dataset Array(string path, float[,] values, int rows) => values.GetLength(0) == rows
        ? Data(values, "array")
        : throw new ArgumentException($"{path} has {values.GetLength(0)} rows; there are {rows} names.");

    /// <summary>A value of uns.</summary>
    /// <exception cref="ArgumentException">There is no element for its type.</exception>
    public static H5Object Any(string path, object value) => value switch
    {
        string text => Data(text, "string"),
        bool flag => Data(TruthOf(flag), "numeric-scalar"),
        int or long or float or double => Data(value, "numeric-scalar"),
        string[] texts => Texts(texts),
        bool[] flags => Flags(flags),
        int[] or long[] or float[] or double[] or int[,] or long[,] or float[,] or double[,] => Data(value, "array"),
        AnnotationTable table => Table(table),
        IReadOnlyDictionary<string, object> entries =>
            Dictionary(entries, entry => Any($"{path}/{entry.Key}", entry.Value)),
        _ => throw new ArgumentException($"{path} is of the type {value?.GetType().Name ?? "null"}; it may be a "
            + "string, a number, a truth value, an array of these, a table, or a dictionary of the same."),
    };

    private static H5Object TextColumn(string?[] texts)
    {
        string[] categories = [.. texts.OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        if (categories.Length == texts.Length) return Texts(texts!);
        var codes = new Dictionary<string, int>(categories.Length, StringComparer.Ordinal);
        for (var i = 0; i < categories.Length; i++) codes[categories[i]] = i;
        var group = Group("categorical", "0.2.0");
        group.Attributes["ordered"] = TruthOf(false);
        group["categories"] = Texts(categories);
        group["codes"] = Data(System.Array.ConvertAll(texts, text => text is null ? -1 : codes[text]), "array");
        return group;
    }

    private static H5Dataset Texts(string[] texts) => Data(texts, "string-array");

    private static H5Dataset Flags(bool[] flags) => Data(System.Array.ConvertAll(flags, TruthOf), "array");

    private static Truth TruthOf(bool flag) => flag ? Truth.TRUE : Truth.FALSE;

    private static H5Dataset Data(object data, string type) => Mark(new H5Dataset(data), type, "0.2.0");

    private static string[] LinkNames(IEnumerable<string> names) => UniqueNames.Make(
        [.. names.Select(name => name is "" or "." ? "_" : name.Replace('/', '_'))]).Names;
}
