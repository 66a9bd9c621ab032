using Gsr.Internals;
using MathNet.Numerics.Distributions;

namespace Gsr.SingleCell.Simulation;

/// <summary>
/// Counts of cells whose types, trajectory and gene modules are known: stand-in data, and a truth to score methods against.
/// </summary>
/// <remarks>
/// A gene g of module m has the level b(g) · f^a(c, m) · e^(s·z(c, m)) in cell c, with a the activity of its module, z
/// standard normal, and b log-normal; of a marker b is divided and f multiplied by the fold change once more. Levels become
/// means by the cell's log-normal library size, mean = size · level / Σ levels. Counts are negative binomial (a Poisson
/// number whose rate is gamma distributed), and some are lost.
/// <para>
/// In groups the module of a cell's own group has activity 1. In a lineage the module of a branch rises from 0 to 1 along it,
/// and falls back to 0 along the branches that follow; the module "origin" falls along the root.
/// </para>
/// </remarks>
/// <example><code>
/// AnnotatedMatrix cells = SyntheticCells.Generate(new() { Lineage = LineageBranch.Bifurcation, Seed = 7 });
/// double[] truth = cells.CellTable.Numbers("pseudotime");
/// string?[] modules = cells.GeneTable.Text("module");
/// </code></example>
public static class SyntheticCells
{
    private const double BackgroundSpread = 1;
    private const double ModuleSpread = 0.5;

    /// <summary>
    /// Draws cells. Columns of the cells: cell_type, library_size (expected), and in a lineage branch and pseudotime (0 to 1).
    /// Columns of the genes: module ("background" for none), marker, base_level.
    /// </summary>
    /// <param name="options">The model; its defaults where null.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    public static AnnotatedMatrix Generate(SyntheticCellsOptions? options = null)
    {
        options ??= new SyntheticCellsOptions();
        options.Check();
        var program = new CellProgram(options);
        var genes = new SyntheticGenes(options, program.Modules);
        List<int> columns = [];
        List<float> values = [];
        int[] pointers = new int[options.Cells + 1];
        string[] types = new string[options.Cells];
        double[] times = new double[options.Cells], sizes = new double[options.Cells];
        var means = new double[genes.Count];
        for (int cell = 0; cell < options.Cells; cell++)
        {
            // A stream for each cell, so that more cells extend fewer.
            var random = new SplitMix64(options.Seed, 2, cell);
            var normal = new GaussianSource(random);
            (types[cell], times[cell], double[] activity) = program.Place(random.NextDouble());
            sizes[cell] = options.MedianLibrarySize * Math.Exp(options.LibrarySizeSpread * normal.Next());
            double[] noise = Array.ConvertAll(activity, _ => options.ModuleNoise * normal.Next());
            genes.Means(activity, noise, sizes[cell], means);
            for (int gene = 0; gene < means.Length; gene++)
            {
                int count = Count(random, means[gene], options);
                if (count == 0) continue;
                columns.Add(gene);
                values.Add(count);
            }
            pointers[cell + 1] = columns.Count;
        }
        var matrix = new AnnotatedMatrix(
            new SparseMatrix(options.Cells, genes.Count, pointers, [.. columns], [.. values]),
            new AnnotationTable(Enumerable.Range(1, options.Cells).Select(cell => $"cell{cell}"))
                .With("cell_type", types).With("library_size", sizes),
            genes.Table());
        return program.IsLineage ? matrix.WithCellColumn("branch", types).WithCellColumn("pseudotime", times) : matrix;
    }

    internal static double BaseLevel(SyntheticCellsOptions options, int gene, bool inModule) =>
        Math.Exp((inModule ? ModuleSpread : BackgroundSpread) * new GaussianSource(new SplitMix64(options.Seed, 1, gene)).Next());

    private static int Count(SplitMix64 random, double mean, SyntheticCellsOptions options)
    {
        double rate = options.Dispersion > 0
            ? Gamma.Sample(random, 1 / options.Dispersion, 1 / (options.Dispersion * mean))
            : mean;
        int count = rate > 0 ? Poisson.Sample(random, rate) : 0;
        if (count == 0 || options.HalfDropoutMean == 0) return count;
        return random.NextDouble() * (options.HalfDropoutMean + mean) < options.HalfDropoutMean ? 0 : count;
    }
}
