namespace Gsr.SingleCell.Preparation;

/// <summary>The steps from a file's cells to the inputs of a network, each a pass over the cells.</summary>
internal sealed class InputPreparation
{
    /// <summary>So many channels a network sees as they are.</summary>
    private const int MostChannels = 50;

    private readonly AnnotatedMatrix _matrix;
    private readonly ExpressionMatrix _values;
    private readonly NetworkInputOptions _options;
    private readonly Watch _watch;
    private readonly bool[] _isIn;
    private readonly CellQualities _qualities;

    public InputPreparation(AnnotatedMatrix matrix, NetworkInputOptions options, Watch watch)
    {
        options.Check();
        (_matrix, _options, _watch) = (matrix, options, watch);
        var batches = options.Batch is { } batch
            ? InputSelection.Column(matrix.CellTable, batch, nameof(NetworkInputOptions.Batch)) : null;
        _isIn = InputSelection.Subset(matrix.CellTable, options.Subset, Steps);
        var features = InputSelection.Features(matrix.GeneTable, options.Features, Steps);
        _values = matrix.Values.Ready(watch.Step("reading by cells"));
        _qualities = CellQualities.Of(matrix, _values, _isIn, options.Kind == ValueKind.Counts, watch);
        Kind = options.Kind == ValueKind.Auto ? _qualities.Kind(matrix) : options.Kind;
        Steps.Add($"The values were taken for {Name(Kind)}{(options.Kind == ValueKind.Auto ? "" : ", as was asked")}.");
        Quality = _qualities.Table(matrix, Kind);
        var kept = InputSelection.Sample(
            Kind == ValueKind.Counts ? GoodCells() : Where(_isIn), options.MaxCells, options.Seed, Steps);
        Kept = new bool[matrix.CellCount];
        foreach (var cell in kept) Kept[cell] = true;
        CellTable = Quality.Select(kept);
        Enough(kept.Length, matrix.GeneCount);
        if (Kind == ValueKind.Counts) OfCounts(kept, features);
        else OfOthers(kept, features);
        Enough(kept.Length, Chosen.Length);
        var inputs = Reduced();
        BatchShare = batches is null ? null : BatchCentring.Of(inputs, [.. kept.Select(cell => batches[cell])]);
        if (BatchShare is { } share)
        {
            Steps.Add(FormattableString.Invariant(
                $"The means of '{options.Batch}' were taken off the inputs: {100 * share:F1} % of their variance."));
        }
        Matrix = Scaled(inputs);
    }

    public List<string> Steps { get; } = [];

    public ValueKind Kind { get; }

    public AnnotationTable Quality { get; private set; }

    public bool[] Kept { get; }

    public AnnotationTable CellTable { get; private set; }

    public AnnotationTable GeneTable { get; private set; } = null!;

    public float[,] Matrix { get; }

    public double? BatchShare { get; }

    /// <summary>The kept cells on the scale of correlations.</summary>
    public PreparedCells Cells { get; private set; } = null!;

    /// <summary>Columns of the kept genes, ascending.</summary>
    public int[] Genes { get; private set; } = [];

    /// <summary>Columns of those that the inputs are made of, ascending.</summary>
    public int[] Chosen { get; private set; } = [];

    /// <summary>Of the kept genes.</summary>
    public (double[] Means, double[] Variances) Moments { get; private set; }

    private int[] GoodCells()
    {
        double[] shares = _qualities.MitochondrialPercents, totals = _qualities.Totals;
        var detected = _qualities.Detected;
        var most = _options.MaxMitochondrialPercent;
        var all = Where(_isIn);
        if (_options.MinGenes is null && BarcodeRanks.Knee(all.Select(cell => totals[cell])) is { } knee)
        {
            int[] full = [.. all.Where(cell => totals[cell] >= knee)];
            int[] cells = [.. full.Where(cell => !(shares[cell] > most))];
            Steps.Add(FormattableString.Invariant(
                $"Most of the {all.Length} barcodes are empty droplets, as in a raw matrix: {full.Length} lie above ")
                + FormattableString.Invariant($"the knee of the totals by rank, {knee:F0} counts (MinGenes decides ")
                + FormattableString.Invariant($"otherwise), and {cells.Length} of them have at most {most} % ")
                + "mitochondrial counts.");
            return cells;
        }
        var least = _options.MinGenes
            ?? (int)Math.Ceiling(Median([.. all.Select(cell => (double)detected[cell])]) / 5);
        int[] good = [.. all.Where(cell => detected[cell] >= Math.Max(1, least) && !(shares[cell] > most))];
        Steps.Add($"{good.Length} of {all.Length} cells have at least {least} genes and at most " +
            FormattableString.Invariant($"{most} % mitochondrial counts."));
        return good;
    }

    private void OfCounts(int[] kept, bool[]? features)
    {
        var counts = new PreparedCells(_values, kept, (_, value) => value);
        var inCells = kept.Length == _matrix.CellCount ? _qualities.InCells : Detected(counts);
        Genes = Where([.. inCells.Select(count => count >= Math.Max(1, _options.MinCells))]);
        Steps.Add(
            $"{Genes.Length} of {_matrix.GeneCount} genes were detected in at least {_options.MinCells} of them.");
        Enough(kept.Length, Genes.Length);
        var factors = Factors(counts, kept);
        Cells = new PreparedCells(_values, kept,
            (cell, value) => (float)Normalization.LogOfOnePlus((float)(value * factors[cell])));
        Steps.Add("Totals were brought to their median, then log(1 + x) taken.");
        var (logs, levels) = (new GeneMoments(Genes.Length), new GeneMoments(Genes.Length));
        Cells.Run(Genes, _watch.Step("variable genes"),
            block => (GeneMoments.Of(block), GeneMoments.Of(block, HighlyVariableGenes.OfLogarithm)),
            (_, part) =>
            {
                logs.Add(part.Item1);
                levels.Add(part.Item2);
            });
        Moments = (logs.Means, logs.Variances);
        int[] candidates = [.. Enumerable.Range(0, Genes.Length).Where(i => features?[Genes[i]] ?? true)];
        if (candidates.Length > _options.VariableGenes)
        {
            var scores = HighlyVariableGenes.Scores(levels).Scores;
            var cut = HighlyVariableGenes.Cut(candidates.Select(i => scores[i]), _options.VariableGenes);
            candidates = [.. candidates.Where(i => scores[i] >= cut)];
            Steps.Add($"The {candidates.Length} most variable genes were chosen.");
        }
        Choose(candidates);
        GeneTable = GeneTable.With("n_cells_by_counts", Array.ConvertAll(Genes, gene => inCells[gene]));
    }

    private void OfOthers(int[] kept, bool[]? features)
    {
        Cells = new PreparedCells(_values, kept, Kind == ValueKind.Intensities
            ? (_, value) => (float)Math.Asinh(value / _options.Cofactor) : (_, value) => value);
        Steps.Add(Kind == ValueKind.Intensities
            ? FormattableString.Invariant($"arcsinh(x / {_options.Cofactor}) was taken.")
            : "They are used as they are.");
        int[] all = [.. Enumerable.Range(0, _matrix.GeneCount)];
        var moments = new GeneMoments(all.Length);
        Cells.Run(
            all, _watch.Step("variances"), block => GeneMoments.Of(block), (_, part) => moments.Add(part));
        var variances = moments.Variances;
        // Channels of a cytometer that are no inputs, such as scatter, measure the cells and name no node.
        var isCytometer = features is not null && InputSelection.AreChannels(_matrix.GeneTable);
        if (isCytometer) AddColumns(Where([.. features!.Select(own => !own)]), kept);
        Genes = [.. all.Where(gene => variances[gene] > 0 && (!isCytometer || features![gene]))];
        Moments = ([.. Genes.Select(gene => moments.Means[gene])], [.. Genes.Select(gene => variances[gene])]);
        var constant = variances.Count(variance => variance == 0);
        if (constant > 0) Steps.Add($"{constant} constant genes or channels were left out.");
        Choose([.. Enumerable.Range(0, Genes.Length).Where(i => features?[Genes[i]] ?? true)]);
    }

    // Of the candidates those that vary.
    private void Choose(int[] candidates)
    {
        int[] varying = [.. candidates.Where(i => Moments.Variances[i] > 0)];
        if (varying.Length < candidates.Length)
            Steps.Add($"{candidates.Length - varying.Length} constant genes or channels were left out.");
        Chosen = Array.ConvertAll(varying, i => Genes[i]);
        var isChosen = new bool[Genes.Length];
        foreach (var i in varying) isChosen[i] = true;
        GeneTable = _matrix.GeneTable.Select(Genes).With("highly_variable", isChosen);
    }

    private void AddColumns(int[] channels, int[] kept)
    {
        if (channels.Length == 0) return;
        var columns = _values.SelectColumns(channels).ToArray();
        for (var i = 0; i < channels.Length; i++)
        {
            var values = new double[_matrix.CellCount];
            for (var cell = 0; cell < values.Length; cell++) values[cell] = columns[(cell * channels.Length) + i];
            Quality = Quality.With(_matrix.GeneTable.Names[channels[i]], values);
        }
        CellTable = Quality.Select(kept);
    }

    private int[] Detected(PreparedCells counts)
    {
        int[] all = [.. Enumerable.Range(0, _matrix.GeneCount)];
        var inCells = new int[all.Length];
        counts.Run(all, _watch.Step("genes of the kept cells"), block =>
        {
            var own = new int[all.Length];
            for (var cell = 0; cell < block.Count; cell++)
            {
                // Counts are not negative, and zeros are left out.
                foreach (var gene in block.Columns(cell)) own[gene]++;
            }
            return own;
        }, (_, own) =>
        {
            for (var gene = 0; gene < own.Length; gene++) inCells[gene] += own[gene];
        });
        return inCells;
    }

    // What brings the totals of the kept genes to their median, for each row.
    private double[] Factors(PreparedCells counts, int[] kept)
    {
        var totals = Array.ConvertAll(kept, cell => _qualities.Totals[cell]);
        if (Genes.Length < _matrix.GeneCount)
        {
            counts.Run(Genes, _watch.Step("totals of the kept genes"), block =>
            {
                for (var cell = 0; cell < block.Count; cell++)
                {
                    double total = 0;
                    foreach (var value in block.Values(cell)) total += value;
                    totals[block.First + cell] = total;
                }
            });
        }
        var own = Normalization.Factors(totals);
        var factors = new double[_matrix.CellCount];
        for (var i = 0; i < kept.Length; i++) factors[kept[i]] = own[i];
        return factors;
    }

    private float[,] Reduced()
    {
        var at = Array.ConvertAll(Chosen, gene => Array.BinarySearch(Genes, gene));
        double[] means = Array.ConvertAll(at, i => Moments.Means[i]),
            variances = Array.ConvertAll(at, i => Moments.Variances[i]);
        if (Chosen.Length <= MostChannels)
        {
            Steps.Add($"The network sees the {Chosen.Length} channels, each of mean 0 and variance 1.");
            return Standardised(means, Array.ConvertAll(variances, variance => 1 / Math.Sqrt(variance)));
        }
        var components = Math.Min(_options.Components, Math.Min(Cells.Count, Chosen.Length) - 1);
        var (scores, share) = CellScores.Of(Cells, Chosen, (means, variances), components, _watch);
        Steps.Add(FormattableString.Invariant(
            $"The network sees {components} principal components, {100 * share:F0} % of the variance."));
        return scores;
    }

    private float[,] Standardised(double[] means, double[] factors)
    {
        var inputs = new float[Cells.Count, means.Length];
        Cells.Run(Chosen, _watch.Step("standardised channels"), block =>
        {
            var row = new float[means.Length];
            for (var cell = 0; cell < block.Count; cell++)
            {
                block.Matrix.CopyRow(cell, row);
                for (var i = 0; i < row.Length; i++)
                    inputs[block.First + cell, i] = (float)((row[i] - means[i]) * factors[i]);
            }
        });
        return inputs;
    }

    private static float[,] Scaled(float[,] matrix)
    {
        double squares = 0;
        foreach (var value in matrix) squares += (double)value * value;
        var factor = squares > 0 ? Math.Sqrt(matrix.Length / squares) : 1;
        for (var i = 0; i < matrix.GetLength(0); i++)
        {
            for (var j = 0; j < matrix.GetLength(1); j++) matrix[i, j] = (float)(matrix[i, j] * factor);
        }
        return matrix;
    }

    private static int[] Where(bool[] holds) => [.. Enumerable.Range(0, holds.Length).Where(i => holds[i])];

    private void Enough(int cells, int genes)
    {
        if (cells >= NetworkInputs.FewestCells && genes >= 2) return;
        throw new ArgumentException(
            $"matrix has {_matrix.CellCount} cells and {_matrix.GeneCount} genes, of which {cells} cells and {genes} " +
            $"varying genes are left; give a file with at least {NetworkInputs.FewestCells} cells and 2 genes, or " +
            "lower the bounds of the filters.", "matrix");
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values.Length == 0 ? 0 : (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }

    private static string Name(ValueKind kind) => kind switch
    {
        ValueKind.Counts => "counts (whole numbers)",
        ValueKind.Intensities => "intensities of a cytometer",
        _ => "already transformed values",
    };
}
