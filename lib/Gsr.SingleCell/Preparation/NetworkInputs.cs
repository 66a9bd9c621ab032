namespace Gsr.SingleCell.Preparation;

/// <summary>
/// Cells of any file as the inputs of a network: counts are filtered, normalised to the median total, log1p is taken,
/// variable genes chosen and principal components computed; intensities are put on the arcsinh scale; transformed
/// values stay. It says step by step what it did.
/// </summary>
/// <remarks>
/// Inputs are scaled to a mean square of 1, principal components by one common factor, so that weights of penalties
/// mean the same for every file.
/// </remarks>
/// <example><code>
/// var inputs = NetworkInputs.Of(SingleCellFile.Read("counts.csv.gz"));
/// foreach (string step in inputs.Steps) Console.WriteLine(step);
/// double[,] noise = inputs.Shuffled(seed: 1);                     // the same of cells in which genes are independent
/// </code></example>
public sealed class NetworkInputs
{
    /// <summary>So many channels a network sees as they are.</summary>
    private const int MostChannels = 50;
    private const int FewestCells = 20;

    private readonly AnnotatedMatrix _chosen;
    private readonly int _components;

    private NetworkInputs(
        ValueKind kind, AnnotatedMatrix measured, bool[] kept, AnnotatedMatrix cells, AnnotatedMatrix chosen,
        int components, List<string> steps)
    {
        (Kind, Measured, Kept, Cells, _chosen, _components) = (kind, measured, kept, cells, chosen, components);
        Matrix = Reduced(chosen, components, steps);
        Steps = steps;
    }

    /// <summary>The kind of the values, as given or detected.</summary>
    public ValueKind Kind { get; }

    /// <summary>All cells as they were read, with scanpy's quality measures where they are counts.</summary>
    public AnnotatedMatrix Measured { get; }

    /// <summary>For each cell of <see cref="Measured"/> whether it is kept.</summary>
    public IReadOnlyList<bool> Kept { get; }

    /// <summary>The kept cells x all kept genes, on the scale that correlations are taken on.</summary>
    public AnnotatedMatrix Cells { get; }

    /// <summary>What the network sees, [cells, inputs], of mean square 1; not a copy.</summary>
    public double[,] Matrix { get; }

    /// <summary>What was done, one sentence a step.</summary>
    public IReadOnlyList<string> Steps { get; }

    /// <summary>Prepares cells.</summary>
    /// <param name="matrix">As it was read.</param>
    /// <param name="options">Defaults where null.</param>
    /// <exception cref="ArgumentException">
    /// An option or a value is out of range, or fewer than 20 cells or 2 genes are left.
    /// </exception>
    public static NetworkInputs Of(AnnotatedMatrix matrix, NetworkInputOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        options ??= new NetworkInputOptions();
        options.Check();
        ValueKind detected = ValueKinds.Detect(matrix), kind = options.Kind == ValueKind.Auto ? detected : options.Kind;
        List<string> steps = [
            $"The values were taken for {Name(kind)}{(options.Kind == ValueKind.Auto ? "" : ", as was asked")}."];
        if (kind == ValueKind.Counts) return OfCounts(matrix, options, steps);
        var scaled = matrix;
        if (kind == ValueKind.Intensities)
        {
            scaled = matrix.Arcsinh(options.Cofactor);
            steps.Add(FormattableString.Invariant($"arcsinh(x / {options.Cofactor}) was taken."));
        }
        else
        {
            steps.Add("They are used as they are.");
        }
        var varying = Varying(scaled, steps);
        Enough(matrix, varying.CellCount, varying.GeneCount);
        bool[] kept = new bool[matrix.CellCount];
        Array.Fill(kept, true);
        return new NetworkInputs(kind, matrix, kept, varying, varying, options.Components, steps);
    }

    /// <summary>The inputs of the same cells after each gene's values were shuffled over the cells.</summary>
    /// <param name="seed">Of the orders.</param>
    /// <returns>[cells, inputs], of mean square 1.</returns>
    public double[,] Shuffled(int seed) => Reduced(_chosen.ShuffleWithinGenes(seed), _components, []);

    /// <summary>For example "2638 cells, 30 inputs from 2000 of 13714 genes".</summary>
    public override string ToString() =>
        $"{Cells.CellCount} cells, {Matrix.GetLength(1)} inputs from {_chosen.GeneCount} of {Cells.GeneCount} genes";

    private static NetworkInputs OfCounts(AnnotatedMatrix matrix, NetworkInputOptions options, List<string> steps)
    {
        matrix.RequireValues(0, "counts are not negative: choose the kind Transformed.");
        var measured = matrix.CalculateQualityMeasures();
        double[] detected = measured.CellTable.Numbers("n_genes_by_counts"),
            shares = measured.CellTable.Numbers("pct_counts_mt");
        int least = options.MinGenes ?? (int)Math.Ceiling(Median(detected) / 5);
        bool[] kept = [.. detected.Select((count, cell) =>
            count >= Math.Max(1, least) && !(shares[cell] > options.MaxMitochondrialPercent))];
        var cells = measured.FilterCells(cell => kept[cell]);
        Enough(matrix, cells.CellCount, cells.GeneCount);
        var filtered = cells.FilterGenes(minCells: Math.Max(1, options.MinCells));
        double most = options.MaxMitochondrialPercent;
        steps.Add($"{cells.CellCount} of {matrix.CellCount} cells have at least {least} genes and at most " +
            FormattableString.Invariant($"{most} % mitochondrial counts."));
        steps.Add(
            $"{filtered.GeneCount} of {matrix.GeneCount} genes were detected in at least {options.MinCells} of them.");
        Enough(matrix, filtered.CellCount, filtered.GeneCount);
        var logs = filtered.NormalizeTotal().Log1p();
        steps.Add("Totals were brought to their median, then log(1 + x) taken.");
        var chosen = logs;
        if (logs.GeneCount > options.VariableGenes)
        {
            chosen = logs.FindHighlyVariableGenes(options.VariableGenes).SelectHighlyVariableGenes();
            steps.Add($"The {chosen.GeneCount} most variable genes were chosen.");
        }
        chosen = Varying(chosen, steps);
        Enough(matrix, chosen.CellCount, chosen.GeneCount);
        return new NetworkInputs(ValueKind.Counts, measured, kept, logs, chosen, options.Components, steps);
    }

    private static AnnotatedMatrix Varying(AnnotatedMatrix matrix, List<string> steps)
    {
        IReadOnlyList<double> variances = GeneMoments.Of(matrix.Values).Variances;
        int[] varying = [.. Enumerable.Range(0, matrix.GeneCount).Where(gene => variances[gene] > 0)];
        if (varying.Length == matrix.GeneCount) return matrix;
        steps.Add($"{matrix.GeneCount - varying.Length} constant genes or channels were left out.");
        return matrix.SelectGenes(varying);
    }

    private static double[,] Reduced(AnnotatedMatrix chosen, int components, List<string> steps)
    {
        if (chosen.GeneCount <= MostChannels)
        {
            steps.Add($"The network sees the {chosen.GeneCount} channels, each of mean 0 and variance 1.");
            return Scaled(Dense(chosen.Scale().Values));
        }
        var pca = Pca.Fit(chosen, Math.Min(components, Math.Min(chosen.CellCount, chosen.GeneCount) - 1));
        double percent = 100 * pca.VarianceRatios.Sum();
        steps.Add(FormattableString.Invariant(
            $"The network sees {pca.Components} principal components, {percent:F0} % of the variance."));
        return Scaled((double[,])pca.Scores.Clone());
    }

    private static double[,] Scaled(double[,] matrix)
    {
        double squares = 0;
        foreach (double value in matrix) squares += value * value;
        double factor = squares > 0 ? Math.Sqrt(matrix.Length / squares) : 1;
        for (int i = 0; i < matrix.GetLength(0); i++)
        {
            for (int j = 0; j < matrix.GetLength(1); j++) matrix[i, j] *= factor;
        }
        return matrix;
    }

    private static double[,] Dense(ExpressionMatrix values)
    {
        var dense = new double[values.Rows, values.Columns];
        var row = new float[values.Columns];
        for (int i = 0; i < values.Rows; i++)
        {
            values.CopyRow(i, row);
            for (int j = 0; j < row.Length; j++) dense[i, j] = row[j];
        }
        return dense;
    }

    private static void Enough(AnnotatedMatrix read, int cells, int genes)
    {
        if (cells >= FewestCells && genes >= 2) return;
        throw new ArgumentException(
            $"matrix has {read.CellCount} cells and {read.GeneCount} genes, of which {cells} cells and {genes} " +
            $"varying genes are left; give a file with at least {FewestCells} cells and 2 genes, or lower the bounds " +
            "of the filters.",
            nameof(read));
    }

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? 0 : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static string Name(ValueKind kind) => kind switch
    {
        ValueKind.Counts => "counts (whole numbers)",
        ValueKind.Intensities => "intensities of a cytometer",
        _ => "already transformed values",
    };
}
