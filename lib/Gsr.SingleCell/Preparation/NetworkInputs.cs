using Gsr.Training;

namespace Gsr.SingleCell.Preparation;

/// <summary>
/// Cells of any file as the inputs of a network: counts are filtered, normalised to the median total, log1p is taken,
/// variable genes chosen and principal components computed; intensities are put on the arcsinh scale; transformed
/// values stay. It says step by step what it did.
/// </summary>
/// <remarks>
/// Inputs are scaled to a mean square of 1, principal components by one common factor, so that weights of penalties
/// mean the same for every file. Cells are passed over block by block, on all processors, and left where they are: in
/// memory, or in the file that <see cref="Reading.SingleCellFile"/> opened. Only the inputs are held.
/// </remarks>
/// <example><code>
/// var inputs = NetworkInputs.Of(SingleCellFile.Open("counts.h5ad"));
/// foreach (string step in inputs.Steps) Console.WriteLine(step);
/// float[,] seen = inputs.Matrix;
/// </code></example>
public sealed class NetworkInputs
{
    internal const int FewestCells = 20;

    private readonly PreparedCells _cells;
    private readonly int[] _genes, _chosen;
    private readonly (double[] Means, double[] Variances) _moments;

    internal NetworkInputs(InputPreparation made)
    {
        (Kind, Steps, Quality, Kept) = (made.Kind, made.Steps, made.Quality, made.Kept);
        (CellTable, GeneTable, Matrix, BatchShare) = (made.CellTable, made.GeneTable, made.Matrix, made.BatchShare);
        (_cells, _genes, _chosen, _moments) = (made.Cells, made.Genes, made.Chosen, made.Moments);
    }

    /// <summary>The kind of the values, as given or detected.</summary>
    public ValueKind Kind { get; }

    /// <summary>What was done, one sentence a step.</summary>
    public IReadOnlyList<string> Steps { get; }

    /// <summary>
    /// All cells as they were read, with the columns total_counts, n_genes_by_counts, total_counts_mt and pct_counts_mt
    /// where they are counts, else mean_value and standard_deviation over genes.
    /// </summary>
    public AnnotationTable Quality { get; }

    /// <summary>For each cell of <see cref="Quality"/> whether it is kept.</summary>
    public IReadOnlyList<bool> Kept { get; }

    /// <summary>The kept cells, with the columns of <see cref="Quality"/>.</summary>
    public AnnotationTable CellTable { get; }

    /// <summary>
    /// The kept genes, all that correlations are taken with; the column highly_variable says which the inputs are made
    /// of.
    /// </summary>
    public AnnotationTable GeneTable { get; }

    /// <summary>What the network sees, [cells, inputs], of mean square 1; not a copy.</summary>
    public float[,] Matrix { get; }

    /// <summary>
    /// Which share of the inputs' variance lay between batches before they were centred, 0 to 1; null without
    /// <see cref="NetworkInputOptions.Batch"/>.
    /// </summary>
    public double? BatchShare { get; }

    /// <summary>Prepares cells.</summary>
    /// <param name="matrix">As it was read or opened.</param>
    /// <param name="options">Defaults where null.</param>
    /// <param name="progress">
    /// Takes a line up to four times a second while a step takes longer than one, with the time left.
    /// </param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="ArgumentException">
    /// An option or a value is out of range, or fewer than 20 cells or 2 genes are left.
    /// </exception>
    /// <exception cref="Reading.DataFormatException">A file that was opened is damaged where it is read now.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static NetworkInputs Of(AnnotatedMatrix matrix, NetworkInputOptions? options = null,
        Action<string>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return new NetworkInputs(new InputPreparation(
            matrix, options ?? new NetworkInputOptions(), new Watch(progress, cancellationToken)));
    }

    /// <summary>
    /// Pearson's correlation over the kept cells of each node's activation with each gene, by one pass over the cells.
    /// </summary>
    /// <param name="activations">[cells, nodes].</param>
    /// <param name="progress">As of <see cref="Of"/>.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>[nodes, genes], -1 to 1; NaN where the node or the gene is constant.</returns>
    /// <exception cref="ArgumentException">The cells are not as many, or a value is not finite.</exception>
    public double[,] Correlations(
        float[,] activations, Action<string>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(activations);
        Arguments.Length(activations.GetLength(0), _cells.Count, nameof(activations), "cell");
        return NodeCorrelations.Of(
            _cells, _genes, _moments.Variances, activations, new Watch(progress, cancellationToken));
    }

    /// <summary>Values of genes on the scale that correlations are taken on, such as log-normalised.</summary>
    /// <param name="genes">Names of <see cref="GeneTable"/>, each once.</param>
    /// <param name="progress">As of <see cref="Of"/>.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>[cells, genes], in the order of the names.</returns>
    /// <exception cref="KeyNotFoundException">There is no such gene.</exception>
    public float[,] Expression(IReadOnlyList<string> genes, Action<string>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(genes);
        int[] columns = [.. genes.Select(name => GeneTable.IndexOf(name) is >= 0 and var at ? _genes[at]
            : throw new KeyNotFoundException($"There is no gene '{name}' among the {GeneTable.Count} that are kept."))];
        int[] sorted = [.. columns.Distinct().Order()], place = new int[genes.Count];
        for (var i = 0; i < place.Length; i++) place[i] = Array.BinarySearch(sorted, columns[i]);
        var values = new float[_cells.Count, genes.Count];
        _cells.Run(sorted, new Watch(progress, cancellationToken).Step("values of genes"), block =>
        {
            var row = new float[sorted.Length];
            for (var cell = 0; cell < block.Count; cell++)
            {
                block.Matrix.CopyRow(cell, row);
                for (var i = 0; i < place.Length; i++) values[block.First + cell, i] = row[place[i]];
            }
        });
        return values;
    }

    /// <summary>
    /// Batches for networks that read genes and not components: the chosen genes of the kept cells, [batch, genes], each
    /// less its mean, all scaled to a mean square of 1, from blocks of the file.
    /// </summary>
    /// <param name="batchSize">Cells per batch; an epoch's last may be smaller.</param>
    /// <param name="seed">
    /// Of the order: blocks are visited at random, and cells drawn at random from several blocks at a time.
    /// </param>
    /// <example><code>
    /// using var batches = inputs.GeneBatches(batchSize: 128, seed: 1);
    /// new Trainer(model, model.Objective).Fit(batches, new TrainingOptions { Steps = 5000 });
    /// </code></example>
    public IBatchSource GeneBatches(int batchSize, int seed) => new CellBatches(
        _cells, _chosen, _chosen.Select(gene => Array.BinarySearch(_genes, gene)).Select(
            gene => (_moments.Means[gene], _moments.Variances[gene])).ToArray(), batchSize, seed);

    /// <summary>For example "2638 cells, 30 inputs from 2000 of 13714 genes".</summary>
    public override string ToString() =>
        $"{_cells.Count} cells, {Matrix.GetLength(1)} inputs from {_chosen.Length} of {_genes.Length} genes";
}
