using System.Globalization;
using Gsr.SingleCell;
using Gsr.SingleCell.Preparation;
using Gsr.SingleCell.Reading;

namespace Gsr.Experiments.TCells;

/// <summary>
/// T cells developing in the mouse thymus, by mass cytometry (Setty et al. 2016): the whole of panel 1, replicate 1,
/// where the user has it, which holds the authors' trajectory and branches; else the public sample of 25,000 cells,
/// which does not; else generated cells.
/// </summary>
public sealed record Thymus
{
    /// <summary>The name of the whole file, looked for in the folder wishbone of the user's data folder.</summary>
    public const string WholeFile = "wishbone_thymus_panel1_rep1.fcs";

    private const string Id = "wishbone";
    private const string Sample = "sample_masscyt.fcs";
    private const string Derived = "sample_masscyt_wishbone_derived.csv";
    private const double Cofactor = 5;
    private const int StandInSeed = 2016;

    /// <summary>Cells x markers, after arcsinh.</summary>
    public required AnnotatedMatrix Cells { get; init; }

    /// <summary>The trajectory that came with the cells, one of them each; null where it has to be derived.</summary>
    public BranchedTrajectory? Trajectory { get; init; }

    /// <summary>A trajectory of the same cells to compare a derived one with; null where there is none.</summary>
    public BranchedTrajectory? Reference { get; init; }

    /// <summary>Where <see cref="Reference"/> comes from; null where there is none.</summary>
    public string? ReferenceName { get; init; }

    /// <summary>Where the data came from. Show it: a stand-in must not pass for cells.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>A marker's values by its name, however the file spells it: CD4, Cd4(Nd145)Dd, CD4_145.</summary>
    /// <exception cref="InvalidOperationException">There is no such marker.</exception>
    public float[] Marker(string name) => Cells.Gene(Cells.GeneTable.Names.First(found =>
        found.Equals(name, StringComparison.OrdinalIgnoreCase)
            || found.StartsWith(name + "(", StringComparison.OrdinalIgnoreCase)
            || found.StartsWith(name + "_", StringComparison.OrdinalIgnoreCase)));

    /// <summary>
    /// A trajectory from the markers: pseudotime on a diffusion map of three components from the first cell with CD4
    /// and CD8 below 1, and the branches of <see cref="SinglePositiveBranches"/>.
    /// </summary>
    public BranchedTrajectory DeriveTrajectory()
    {
        var (cd4, cd8) = (Marker("CD4"), Marker("CD8"));
        var start = Enumerable.Range(0, cd4.Length).First(cell => cd4[cell] < 1 && cd8[cell] < 1);
        var times = DiffusionMap.Of(CellGraph.Of(Cells.Values).Graph, components: 3).Pseudotime(start);
        return new(times, SinglePositiveBranches.Of(times, cd8, cd4));
    }

    /// <summary>Loads the cells; a stand-in has 25,000, as the sample, by default.</summary>
    /// <exception cref="DataFormatException">A file is damaged, or not what its name says.</exception>
    /// <exception cref="DataUnavailableException">The sample cannot be found, and no stand-in is allowed.</exception>
    public static Thymus Load(DataSetLoader? loader = null, int standInCells = 25_000)
    {
        loader ??= DataSetLoader.FromEnvironment();
        if (InDataFolder(loader, WholeFile) is { } whole)
        {
            var (cells, trajectory) = ReadWhole(whole);
            return new Thymus
            {
                Cells = cells,
                Trajectory = trajectory,
                Provenance = new Provenance(
                    (loader.Options.Catalog ?? DataCatalog.Default)[Id], DataSource.DataFolder,
                    $"the user's whole file {WholeFile} from the data folder (GSR_DATA), "
                    + "which has its own trajectory and branches.",
                    [new DataFile(WholeFile, whole, DataSource.DataFolder)]),
            };
        }

        var provenance = loader.Load(Id);
        if (provenance.IsStandIn)
        {
            var (cells, truth) = ThymusGenerator.Generate(standInCells, StandInSeed);
            return new Thymus
            {
                Cells = cells,
                Provenance = provenance,
                Reference = truth,
                ReferenceName = "the generator's own",
            };
        }

        var sample = FcsReader.Read(provenance.PathOf(Sample));
        var derived = InDataFolder(loader, Derived);
        return new Thymus
        {
            Cells = sample,
            Provenance = provenance,
            Reference = derived is null ? null : ReadDerived(derived, sample.CellCount),
            ReferenceName = derived is null ? null : $"{Derived}, Wishbone's method run on the sample",
        };
    }

    /// <summary>
    /// Reads the whole file: its 20 markers, channels 1 to 13 and 15 to 21, as arcsinh(x / 5), and its channels Branch
    /// and Trajectory. Cells on no branch (0, or no number) are left out.
    /// </summary>
    internal static (AnnotatedMatrix Cells, BranchedTrajectory Trajectory) ReadWhole(string path)
    {
        var all = FcsReader.Read(path);
        var (branches, times) = (Channel(all, path, "Branch"), Channel(all, path, "Trajectory"));
        int[] kept =
        [
            .. Enumerable.Range(0, all.CellCount).Where(cell => branches[cell] >= 1 && float.IsFinite(times[cell])),
        ];
        int[] markers = [.. Enumerable.Range(0, 13), .. Enumerable.Range(14, 7)];
        if (all.GeneCount < 21)
            throw Wrong(path, "number of channels", $"{all.GeneCount}", "at least 21, of which 20 are markers");
        var cells = all.SelectCells(kept).SelectGenes(markers);
        cells = cells.WithValues(cells.Values.Map((_, value) => (float)Math.Asinh(value / Cofactor)));
        try
        {
            return (cells, new(kept.Select(cell => (double)times[cell]), kept.Select(cell => (int)branches[cell])));
        }
        catch (ArgumentException e)
        {
            throw Wrong(path, "channel Branch", e.Message, "branches 1, 2 and 3 with cells on each", e);
        }
    }

    /// <summary>Reads a trajectory of the sample from a table with the columns event, Trajectory and Branch.</summary>
    internal static BranchedTrajectory ReadDerived(string path, int cells)
    {
        var lines = File.ReadAllLines(path);
        if (lines.Length != cells + 1)
            throw Wrong(path, "number of lines", $"{lines.Length}", $"{cells + 1}, a header and a line for each cell");
        if (lines[0] != "event,Trajectory,Branch") throw Wrong(path, "header", lines[0], "event,Trajectory,Branch");
        var (times, branches) = (new double[cells], new int[cells]);
        for (var cell = 0; cell < cells; cell++)
        {
            var fields = lines[cell + 1].Split(',');
            if (fields.Length != 3 || fields[0] != $"{cell}"
                || !double.TryParse(fields[1], NumberStyles.Float, CultureInfo.InvariantCulture, out times[cell])
                || !int.TryParse(fields[2], NumberStyles.Integer, CultureInfo.InvariantCulture, out branches[cell]))
            {
                throw Wrong(path, $"line {cell + 2}", lines[cell + 1], $"{cell}, a time and a branch");
            }
        }

        return new BranchedTrajectory(times, branches);
    }

    private static string? InDataFolder(DataSetLoader loader, string file)
    {
        if (loader.Options.DataFolder is not { } folder) return null;
        var path = Path.Combine(folder, (loader.Options.Catalog ?? DataCatalog.Default)[Id].Folder, file);
        return File.Exists(path) ? path : null;
    }

    private static float[] Channel(AnnotatedMatrix cells, string path, string name)
    {
        var found = cells.GeneTable.Names.FirstOrDefault(n => n.Equals(name, StringComparison.OrdinalIgnoreCase));
        return found is not null ? cells.Gene(found) : throw Wrong(
            path, "channels", string.Join(", ", cells.GeneTable.Names), $"one named {name} among them");
    }

    private static DataFormatException Wrong(
        string file, string field, string found, string expected, Exception? cause = null) => new(
        file, null, field, found, expected, "Fetch the file again, or remove it and let the library look elsewhere.",
        cause);
}
