using System.Globalization;
using Gsr.SingleCell;
using Gsr.SingleCell.Reading;

namespace Gsr.Experiments.TCells;

/// <summary>
/// T cells developing in the mouse thymus, by mass cytometry (Setty et al. 2016): the whole of panel 1, replicate 1, where the
/// user has it, which holds the authors' trajectory and branches; else the public sample of 25,000 cells, which does not;
/// else generated cells.
/// </summary>
/// <example><code>
/// ThymusData thymus = Thymus.Load();
/// Console.WriteLine(thymus.Provenance);
/// float[] cd4 = thymus.Cells.Gene("CD4");
/// </code></example>
public static class Thymus
{
    /// <summary>The name of the whole file, looked for in the folder wishbone of the user's data folder.</summary>
    public const string WholeFile = "wishbone_thymus_panel1_rep1.fcs";

    private const string Id = "wishbone";
    private const string Sample = "sample_masscyt.fcs";
    private const string Derived = "sample_masscyt_wishbone_derived.csv";
    private const double Cofactor = 5;
    private const int StandInSeed = 2016;

    /// <summary>Loads the cells.</summary>
    /// <param name="loader">Where to look; <see cref="DataSetLoader.FromEnvironment"/> where null.</param>
    /// <param name="standInCells">How many cells a stand-in has; 25,000 as the sample by default.</param>
    /// <param name="cancellation">Ends a download.</param>
    /// <returns>The cells; their provenance tells whether they are real, and is to be shown.</returns>
    /// <exception cref="DataFormatException">A file is damaged, or not what its name says.</exception>
    /// <exception cref="DataUnavailableException">The sample cannot be had and the loader allows no stand-in.</exception>
    public static ThymusData Load(DataSetLoader? loader = null, int standInCells = 25_000, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(standInCells);
        loader ??= DataSetLoader.FromEnvironment();
        if (InDataFolder(loader, WholeFile) is { } whole)
        {
            var (cells, trajectory) = ReadWhole(whole);
            string message = $"the user's whole file {WholeFile} from the data folder (GSR_DATA), which has its own trajectory and branches.";
            return new ThymusData
            {
                Cells = cells,
                Trajectory = trajectory,
                Provenance = new Provenance((loader.Options.Catalog ?? DataCatalog.Default)[Id], DataSource.DataFolder, message,
                    [new DataFile(WholeFile, whole, DataSource.DataFolder)]),
            };
        }
        Provenance provenance = loader.Load(Id, cancellation);
        if (provenance.IsStandIn)
        {
            AnnotatedMatrix generated = ThymusGenerator.Generate(standInCells, StandInSeed);
            return new ThymusData
            {
                Cells = generated,
                Provenance = provenance,
                ReferenceName = "the generator's own",
                Reference = new BranchedTrajectory(generated.CellTable.Numbers("Trajectory"),
                    generated.CellTable.Numbers("Branch").Select(branch => (int)branch)),
            };
        }
        AnnotatedMatrix sample = FcsReader.Read(provenance.PathOf(Sample));
        string? derived = InDataFolder(loader, Derived);
        return new ThymusData
        {
            Cells = sample,
            Provenance = provenance,
            Reference = derived is null ? null : ReadDerived(derived, sample.CellCount),
            ReferenceName = derived is null ? null : $"{Derived}, Wishbone's method run on the sample",
        };
    }

    /// <summary>
    /// Reads the whole file: its 20 markers, channels 1 to 13 and 15 to 21, as arcsinh(x / 5), and its channels Branch and
    /// Trajectory. Cells on no branch (0, or no number) are left out.
    /// </summary>
    /// <param name="path">The FCS file.</param>
    /// <exception cref="DataFormatException">The file is damaged, or lacks one of these channels.</exception>
    public static (AnnotatedMatrix Cells, BranchedTrajectory Trajectory) ReadWhole(string path)
    {
        AnnotatedMatrix all = FcsReader.Read(path);
        float[] branches = Channel(all, path, "Branch"), times = Channel(all, path, "Trajectory");
        int[] kept = [.. Enumerable.Range(0, all.CellCount).Where(cell => branches[cell] >= 1 && float.IsFinite(times[cell]))];
        int[] markers = [.. Enumerable.Range(0, 13), .. Enumerable.Range(14, 7)];
        if (all.GeneCount < 21) throw Wrong(path, "number of channels", $"{all.GeneCount}", "at least 21, of which 20 are markers");
        AnnotatedMatrix cells = all.SelectCells(kept).SelectGenes(markers);
        cells = cells.WithValues(cells.Values.Map((_, value) => (float)Math.Asinh(value / Cofactor)));
        try
        {
            return (cells, new BranchedTrajectory(kept.Select(cell => (double)times[cell]), kept.Select(cell => (int)branches[cell])));
        }
        catch (ArgumentException e)
        {
            throw Wrong(path, "channel Branch", e.Message, "branches 1, 2 and 3 with cells on each", e);
        }
    }

    /// <summary>Reads a trajectory of the sample from a table with the columns event, Trajectory and Branch.</summary>
    internal static BranchedTrajectory ReadDerived(string path, int cells)
    {
        string[] lines = File.ReadAllLines(path);
        if (lines.Length != cells + 1) throw Wrong(path, "number of lines", $"{lines.Length}", $"{cells + 1}, a header and one line for each cell");
        if (lines[0] != "event,Trajectory,Branch") throw Wrong(path, "header", lines[0], "event,Trajectory,Branch");
        var (times, branches) = (new double[cells], new int[cells]);
        for (int cell = 0; cell < cells; cell++)
        {
            string[] fields = lines[cell + 1].Split(',');
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
        string path = Path.Combine(folder, (loader.Options.Catalog ?? DataCatalog.Default)[Id].Folder, file);
        return File.Exists(path) ? path : null;
    }

    private static float[] Channel(AnnotatedMatrix cells, string path, string name)
    {
        string? found = cells.GeneTable.Names.FirstOrDefault(n => n.Equals(name, StringComparison.OrdinalIgnoreCase));
        return found is not null ? cells.Gene(found)
            : throw Wrong(path, "channels", string.Join(", ", cells.GeneTable.Names), $"one named {name} among them");
    }

    private static DataFormatException Wrong(string file, string field, string found, string expected, Exception? cause = null) =>
        new(file, null, field, found, expected, "Fetch the file again, or take it away and let the library look elsewhere.", cause);
}
