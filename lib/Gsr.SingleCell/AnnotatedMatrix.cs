namespace Gsr.SingleCell;

/// <summary>
/// Cells x genes with what is known of each cell and of each gene; the one type that all readers give and all
/// preparation takes. It never changes: every step gives another, which shares what it did not touch.
/// </summary>
/// <example><code>
/// AnnotatedMatrix cells = SingleCellFile.Read("filtered_gene_bc_matrices/hg19");
/// Console.WriteLine(cells);                  // 2638 cells x 32738 genes, 2238732 entries (2.59 %)
/// float[] expression = cells.Gene("MS4A1");  // one value per cell
/// </code></example>
public sealed class AnnotatedMatrix
{
    private const string RawName = "raw";
    private static readonly Dictionary<string, ExpressionMatrix> None = [];

    /// <summary>A matrix with its names and annotations.</summary>
    /// <param name="values">Cells in rows, genes in columns.</param>
    /// <param name="cellTable">One row per cell.</param>
    /// <param name="geneTable">One row per gene.</param>
    /// <exception cref="ArgumentException">A table's rows are not as many as cells or genes.</exception>
    public AnnotatedMatrix(ExpressionMatrix values, AnnotationTable cellTable, AnnotationTable geneTable)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(cellTable);
        ArgumentNullException.ThrowIfNull(geneTable);
        if (cellTable.Count != values.Rows)
        {
            throw new ArgumentException(
                $"There are {cellTable.Count} cell names; the matrix has {values.Rows} rows.", nameof(cellTable));
        }
        if (geneTable.Count != values.Columns)
        {
            throw new ArgumentException(
                $"There are {geneTable.Count} gene names; the matrix has {values.Columns} columns.", nameof(geneTable));
        }
        (Values, CellTable, GeneTable) = (values, cellTable, geneTable);
    }

    private AnnotatedMatrix(
        AnnotatedMatrix source, ExpressionMatrix values, AnnotationTable cells, AnnotationTable genes)
        : this(values, cells, genes)
    {
        (Layers, CellArrays, Raw) = (source.Layers, source.CellArrays, source.Raw);
        (Metadata, Remarks) = (source.Metadata, source.Remarks);
    }

    /// <summary>The values, cells in rows.</summary>
    public ExpressionMatrix Values { get; }

    /// <summary>Names and annotations of the cells.</summary>
    public AnnotationTable CellTable { get; }

    /// <summary>Names and annotations of the genes.</summary>
    public AnnotationTable GeneTable { get; }

    /// <summary>Number of cells.</summary>
    public int CellCount => Values.Rows;

    /// <summary>Number of genes.</summary>
    public int GeneCount => Values.Columns;

    /// <summary>Other values of the same cells and genes, such as "counts" or "spliced".</summary>
    public IReadOnlyDictionary<string, ExpressionMatrix> Layers { get; internal init; } = None;

    /// <summary>Coordinates of the cells in the file, one row per cell, such as "X_pca" or "X_umap".</summary>
    public IReadOnlyDictionary<string, ExpressionMatrix> CellArrays { get; internal init; } = None;

    /// <summary>The matrix of the same cells before genes were selected and values scaled, or null.</summary>
    public AnnotatedMatrix? Raw { get; internal init; }

    /// <summary>Facts of the file that belong to no cell and no gene: its format, keywords of a cytometer.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; internal init; } = new Dictionary<string, string>();

    /// <summary>What the reader decided or changed, in sentences, such as renamed duplicates.</summary>
    public IReadOnlyList<string> Remarks { get; internal init; } = [];

    /// <summary>The values of one gene, one per cell; the caller's.</summary>
    /// <param name="name">The gene's name.</param>
    /// <param name="layer">A name of <see cref="Layers"/>; <see cref="Values"/> where null.</param>
    /// <exception cref="KeyNotFoundException">There is no such gene or layer.</exception>
    public float[] Gene(string name, string? layer = null)
    {
        var at = GeneTable.IndexOf(name);
        if (at < 0)
        {
            var other = GeneTable.Names.FirstOrDefault(n => n.Equals(name, StringComparison.OrdinalIgnoreCase));
            throw new KeyNotFoundException($"There is no gene '{name}' among the {GeneCount}" +
                (other is null ? "." : $"; there is '{other}'."));
        }
        return Layer(layer).Column(at);
    }

    /// <summary>A layer by its name; <see cref="Values"/> where the name is null.</summary>
    /// <exception cref="KeyNotFoundException">There is no such layer; the message lists those there are.</exception>
    public ExpressionMatrix Layer(string? name) => name is null ? Values : Layers.TryGetValue(name, out var layer)
        ? layer
        : throw new KeyNotFoundException($"There is no layer '{name}'; there are " +
            $"{(Layers.Count == 0 ? "none" : string.Join(", ", Layers.Keys))}.");

    /// <summary>What <see cref="WithLayer"/> takes: the layers, and "raw" where there is <see cref="Raw"/>.</summary>
    public IEnumerable<string> LayerNames => Raw is null ? Layers.Keys : Layers.Keys.Append(RawName);

    /// <summary>
    /// The same with the values of a layer; of <see cref="Raw"/>, with its genes, where the name is "raw" and no layer
    /// has it.
    /// </summary>
    /// <exception cref="KeyNotFoundException">There is no such layer; the message lists those there are.</exception>
    public AnnotatedMatrix WithLayer(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Layers.TryGetValue(name, out var layer)) return WithValues(layer);
        if (name == RawName && Raw is not null)
        {
            return new AnnotatedMatrix(Raw.Values, CellTable, Raw.GeneTable)
            {
                CellArrays = CellArrays,
                Metadata = Metadata,
                Remarks = Remarks,
            };
        }
        throw new KeyNotFoundException(
            $"There is no layer '{name}'; there are {string.Join(", ", LayerNames.DefaultIfEmpty("none"))}.");
    }

    /// <summary>The same cells and genes with other values.</summary>
    public AnnotatedMatrix WithValues(ExpressionMatrix values) => new(this, values, CellTable, GeneTable);

    /// <summary>The same with itself kept as <see cref="Raw"/>, as is usual before genes are selected.</summary>
    public AnnotatedMatrix WithRaw() => new(this, Values, CellTable, GeneTable) { Raw = this };

    /// <summary>The same with one more column of the cells, or another in its place.</summary>
    /// <typeparam name="T">string, double, float, int, long or bool.</typeparam>
    /// <param name="name">The column's name.</param>
    /// <param name="values">One value per cell.</param>
    public AnnotatedMatrix WithCellColumn<T>(string name, T[] values) =>
        new(this, Values, CellTable.With(name, values), GeneTable);

    /// <summary>The same with one more column of the genes, or another in its place.</summary>
    /// <typeparam name="T">string, double, float, int, long or bool.</typeparam>
    /// <param name="name">The column's name.</param>
    /// <param name="values">One value per gene.</param>
    public AnnotatedMatrix WithGeneColumn<T>(string name, T[] values) =>
        new(this, Values, CellTable, GeneTable.With(name, values));

    internal AnnotatedMatrix WithCellColumn(string name, Array values) =>
        new(this, Values, CellTable.With(name, values), GeneTable);

    internal AnnotatedMatrix WithRaw(AnnotatedMatrix raw) =>
        new(this, Values, CellTable, GeneTable) { Raw = raw };

    internal AnnotatedMatrix WithRemark(string remark) =>
        new(this, Values, CellTable, GeneTable) { Remarks = [.. Remarks, remark] };

    /// <summary>The cells of these indices, in their order, with their layers, coordinates and raw values.</summary>
    /// <exception cref="ArgumentException">A cell is named twice.</exception>
    public AnnotatedMatrix SelectCells(ReadOnlySpan<int> cells)
    {
        CheckSelection(cells, CellCount, nameof(cells), "cell");
        var rows = cells.ToArray();
        return new AnnotatedMatrix(this, Values.SelectRows(rows), CellTable.Select(rows), GeneTable)
        {
            Layers = Layers.ToDictionary(layer => layer.Key, layer => layer.Value.SelectRows(rows)),
            CellArrays = CellArrays.ToDictionary(array => array.Key, array => array.Value.SelectRows(rows)),
            Raw = Raw?.SelectCells(rows),
        };
    }

    /// <summary>The genes of these indices, in their order, with their layers; <see cref="Raw"/> stays.</summary>
    /// <exception cref="ArgumentException">A gene is named twice.</exception>
    public AnnotatedMatrix SelectGenes(ReadOnlySpan<int> genes)
    {
        CheckSelection(genes, GeneCount, nameof(genes), "gene");
        var columns = genes.ToArray();
        return new AnnotatedMatrix(this, Values.SelectColumns(columns), CellTable, GeneTable.Select(columns))
        {
            Layers = Layers.ToDictionary(layer => layer.Key, layer => layer.Value.SelectColumns(columns)),
        };
    }

    /// <summary>For example "2638 cells x 32738 genes, 2238732 entries (2.59 %)".</summary>
    public override string ToString()
    {
        var size = $"{CellCount} cells x {GeneCount} genes";
        var matrix = Values.ToString()!;
        return size + matrix[matrix.IndexOf(',')..] +
            (Layers.Count == 0 ? "" : $"; layers {string.Join(", ", Layers.Keys)}");
    }

    private static void CheckSelection(ReadOnlySpan<int> selection, int count, string argument, string what)
    {
        var seen = new bool[count];
        foreach (var i in selection)
        {
            if ((uint)i >= (uint)count)
                throw new ArgumentOutOfRangeException(argument, i, $"There is no {what} {i}; there are {count}.");
            if (seen[i]) throw new ArgumentException($"The {what} {i} is selected twice.", argument);
            seen[i] = true;
        }
    }
}
