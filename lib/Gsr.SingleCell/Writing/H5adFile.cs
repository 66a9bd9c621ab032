using Gsr.Internals;
using Gsr.Native;
using PureHDF;

namespace Gsr.SingleCell.Writing;

/// <summary>
/// The content of an AnnData file (.h5ad) and the writing of it, in the encodings of anndata 0.8 and later, which
/// scanpy and anndata read back: values, layers and raw dense or in compressed rows, annotations, arrays of cells and
/// genes, and anything else as uns.
/// </summary>
/// <remarks>
/// Text that repeats or misses values becomes a categorical column, as anndata itself does it. "/" in a name, which
/// HDF5 takes for a path, becomes "_".
/// </remarks>
/// <example><code>
/// new H5adFile(cells.CellTable, cells.GeneTable)
/// {
///     Values = cells.Values,
///     CellArrays = new Dictionary&lt;string, float[,]&gt; { ["X_gsr"] = codes },
///     Unstructured = new Dictionary&lt;string, object&gt; { ["gsr_alpha"] = 0.001 },
/// }.Write("cells.gsr.h5ad");
/// </code></example>
/// <param name="CellTable">obs: names and annotations of the cells.</param>
/// <param name="GeneTable">var: names and annotations of the genes.</param>
public sealed record H5adFile(AnnotationTable CellTable, AnnotationTable GeneTable)
{
    /// <summary>X, [cells, genes]; null, the default, for a file of annotations alone.</summary>
    public ExpressionMatrix? Values { get; init; }

    /// <summary>raw: the values of all genes before some were chosen; of the same cells.</summary>
    public AnnotatedMatrix? Raw { get; init; }

    /// <summary>layers, each [cells, genes].</summary>
    public IReadOnlyDictionary<string, ExpressionMatrix> Layers { get; init; } =
        new Dictionary<string, ExpressionMatrix>();

    /// <summary>obsm, each [cells, any]: coordinates, codes, module activations.</summary>
    public IReadOnlyDictionary<string, float[,]> CellArrays { get; init; } = new Dictionary<string, float[,]>();

    /// <summary>varm, each [genes, any]: loadings, correlations with nodes.</summary>
    public IReadOnlyDictionary<string, float[,]> GeneArrays { get; init; } = new Dictionary<string, float[,]>();

    /// <summary>
    /// uns, by name: string, bool, int, long, double, arrays of these or of float in one or two dimensions, and
    /// dictionaries of the same.
    /// </summary>
    public IReadOnlyDictionary<string, object> Unstructured { get; init; } = new Dictionary<string, object>();

    /// <summary>What <see cref="Reading.SingleCellFile"/> read, to be written again.</summary>
    /// <param name="matrix">Its values, annotations, layers, arrays and raw; remarks are left.</param>
    public static H5adFile Of(AnnotatedMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return new H5adFile(matrix.CellTable, matrix.GeneTable)
        {
            Values = matrix.Values,
            Raw = matrix.Raw,
            Layers = matrix.Layers,
            CellArrays = matrix.CellArrays.ToDictionary(array => array.Key, array => Table(array.Value)),
        };
    }

    /// <summary>Writes the file, whole or not at all.</summary>
    /// <param name="path">The file; its folder is made where there is none.</param>
    /// <param name="overwrite">Whether a file of this name may be replaced; false by default.</param>
    /// <exception cref="ArgumentException">A length is not that of cells or genes, or a value of uns of another type
    /// than there may be; the message names it. Nothing is written.</exception>
    /// <exception cref="IOException">The file exists, or cannot be written.</exception>
    public void Write(string path, bool overwrite = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!overwrite && File.Exists(path))
            throw new IOException($"{path} exists already: choose another name, or say that it may be replaced.");
        var content = Content();
        AtomicFile.Write(path, file => content.Write(file), overwrite);
    }

    private H5File Content()
    {
        (var cells, var genes) = (CellTable.Count, GeneTable.Count);
        var file = new H5File();
        Elements.Mark(file, "anndata", "0.1.0");
        file["obs"] = Elements.Table(CellTable);
        file["var"] = Elements.Table(GeneTable);
        if (Values is not null) file["X"] = Elements.Matrix("X", Values, cells, genes);
        if (Raw is not null)
        {
            var raw = Elements.Group("raw", "0.1.0");
            raw["X"] = Elements.Matrix("raw/X", Raw.Values, cells, Raw.GeneCount);
            raw["var"] = Elements.Table(Raw.GeneTable);
            raw["varm"] = Elements.Group("dict", "0.1.0");
            file["raw"] = raw;
        }
        file["layers"] = Elements.Dictionary(
            Layers, layer => Elements.Matrix($"layers/{layer.Key}", layer.Value, cells, genes));
        file["obsm"] = Elements.Dictionary(
            CellArrays, array => Elements.Array($"obsm/{array.Key}", array.Value, cells));
        file["varm"] = Elements.Dictionary(
            GeneArrays, array => Elements.Array($"varm/{array.Key}", array.Value, genes));
        file["obsp"] = Elements.Group("dict", "0.1.0");
        file["varp"] = Elements.Group("dict", "0.1.0");
        file["uns"] = Elements.Dictionary(Unstructured, value => Elements.Any($"uns/{value.Key}", value.Value));
        return file;
    }

    private static float[,] Table(ExpressionMatrix matrix)
    {
        var table = new float[matrix.Rows, matrix.Columns];
        matrix.ToArray().CopyTo(table.Numbers());
        return table;
    }
}
