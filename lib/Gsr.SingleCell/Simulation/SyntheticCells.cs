using Gsr.Internals;
using MathNet.Numerics.Distributions;

namespace Gsr.SingleCell.Simulation;

/// <summary>
/// Counts of cells whose types, trajectory and gene modules are known: stand-in data, and a truth to score methods
/// against.
/// </summary>
/// <remarks>
/// A gene g of module m has the level b(g) · f^a(c, m) · e^(s·z(c, m)) in cell c, with a the activity of its module, z
/// standard normal, and b log-normal; of a marker b is divided and f multiplied by the fold change once more. Levels
/// become means by the cell's log-normal library size, mean = size · level / Σ levels. Counts are negative binomial (a
/// Poisson number whose rate is gamma distributed), and some are lost.
/// <para>
/// In groups the module of a cell's own group has activity 1. In a lineage the module of a branch rises from 0 to 1
/// along it, and falls back to 0 along the branches that follow; the module "origin" falls along the root.
/// </para>
/// </remarks>
/// <example><code>
/// AnnotatedMatrix cells = SyntheticCells.Generate(new()
/// {
///     Lineage = [new("stem", null), new("a", "stem"), new("b", "stem")], Seed = 7,
/// });
/// double[] truth = cells.CellTable.Numbers("pseudotime");
/// string?[] modules = cells.GeneTable.Text("module");
/// </code></example>
public static class SyntheticCells
{
    private const double BackgroundSpread = 1;
    private const double ModuleSpread = 0.5;

    /// <summary>
    /// Draws cells. Columns of the cells: cell_type, library_size (expected), and in a lineage branch and pseudotime (0
    /// to 1). Columns of the genes: module ("background" for none), marker, base_level.
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
        Math.Exp((inModule ? ModuleSpread : BackgroundSpread)
            * new GaussianSource(new SplitMix64(options.Seed, 1, gene)).Next());

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

/// <summary>The modules, and how active each is in a cell, by its group or its place in the lineage.</summary>
internal sealed class CellProgram
{
    private readonly LineageBranch[]? _branches;
    private readonly int[] _parents;
    private readonly double[] _starts;

    public CellProgram(SyntheticCellsOptions options)
    {
        _branches = options.Lineage is null ? null : [.. options.Lineage];
        (_parents, _starts) = ([], []);
        if (_branches is null)
        {
            Modules = [.. Enumerable.Range(1, options.Groups).Select(group => $"group{group}")];
            return;
        }
        // The module of the cells that the tree begins with, then one for each branch, full at its end.
        Modules = ["origin", .. _branches.Select(branch => branch.Name)];
        _parents = Array.ConvertAll(
            _branches, branch => Array.FindIndex(_branches, other => other.Name == branch.Parent));
        _starts = new double[_branches.Length];
        for (int branch = 1; branch < _branches.Length; branch++)
            _starts[branch] = _starts[_parents[branch]] + _branches[_parents[branch]].Length;
        Longest = _branches.Select((branch, i) => _starts[i] + branch.Length).Max();
    }

    public string[] Modules { get; }

    public bool IsLineage => _branches is not null;

    /// <summary>From the root to the farthest tip.</summary>
    public double Longest { get; }

    /// <summary>A cell by a random number in [0, 1): groups alike, branches by their lengths.</summary>
    /// <returns>Its type, its pseudotime (0 to 1; 0 in groups), and the activity of each module, 0 to 1.</returns>
    public (string Type, double Pseudotime, double[] Activity) Place(double random)
    {
        var activity = new double[Modules.Length];
        if (_branches is null)
        {
            int group = (int)(random * Modules.Length);
            activity[group] = 1;
            return (Modules[group], 0, activity);
        }
        double place = random * _branches.Sum(branch => branch.Length);
        int at = 0;
        while (at + 1 < _branches.Length && place >= _branches[at].Length) place -= _branches[at++].Length;
        double share = place / _branches[at].Length;
        activity[at + 1] = share;
        activity[_parents[at] + 1] = 1 - share;
        return (_branches[at].Name, (_starts[at] + place) / Longest, activity);
    }
}

/// <summary>The genes of synthetic cells: module by module, their markers first, then the background.</summary>
internal sealed class SyntheticGenes
{
    private readonly string[] _modules;
    private readonly int[] _moduleOf;
    private readonly bool[] _markers;
    private readonly double[] _levels;
    private readonly double _logFold;

    public SyntheticGenes(SyntheticCellsOptions options, string[] modules)
    {
        _modules = modules;
        _logFold = Math.Log(options.FoldChange);
        int count = checked((modules.Length * options.GenesPerModule) + options.BackgroundGenes);
        (_moduleOf, _markers, _levels) = (new int[count], new bool[count], new double[count]);
        for (int gene = 0; gene < count; gene++)
        {
            int module = gene / options.GenesPerModule;
            _moduleOf[gene] = module < modules.Length ? module : -1;
            _markers[gene] = _moduleOf[gene] >= 0 && gene % options.GenesPerModule < options.MarkersPerModule;
            _levels[gene] = SyntheticCells.BaseLevel(options, gene, _moduleOf[gene] >= 0)
                / (_markers[gene] ? options.FoldChange : 1);
        }
    }

    public int Count => _levels.Length;

    /// <summary>Writes the expected counts of a cell, whose sum is its library size.</summary>
    public void Means(double[] activity, double[] noise, double size, double[] means)
    {
        double sum = 0;
        for (int gene = 0; gene < means.Length; gene++)
        {
            int module = _moduleOf[gene];
            double exponent = module < 0 ? 0 : (activity[module] * _logFold * (_markers[gene] ? 2 : 1)) + noise[module];
            means[gene] = _levels[gene] * Math.Exp(exponent);
            sum += means[gene];
        }
        for (int gene = 0; gene < means.Length; gene++) means[gene] *= size / sum;
    }

    public AnnotationTable Table()
    {
        var numbers = new int[_modules.Length + 1];
        string[] names = Array.ConvertAll(_moduleOf, module => module < 0 ? "background" : _modules[module]);
        return new AnnotationTable(_moduleOf.Select((module, gene) => $"{names[gene]}_gene{++numbers[module + 1]}"))
            .With("module", names).With("marker", _markers).With("base_level", _levels);
    }
}
