using Gsr.Kernel.Documents;
using Gsr.Kernel.Documents.Parameters;
using Gsr.Kernel.Pages.Html;

namespace Gsr.Kernel.Running;

/// <summary>Settles, before the first cell runs, everything about a run that can be wrong.</summary>
internal static class RunPlan
{
    // What a run without a folder for its results writes beside the source.
    private const string Executed = ".executed.ipynb";

    /// <summary>The notebooks that the paths name; those of a folder in the order of their names, without results.
    /// </summary>
    public static IReadOnlyList<string> FindNotebooks(IEnumerable<string> paths)
    {
        var found = new List<string>();
        foreach (var path in paths)
        {
            if (!Directory.Exists(path))
            {
                found.AddRange(Matches(path));
                continue;
            }
            var notebooks = Directory.EnumerateFiles(path)
                .Where(IsSource)
                .OrderBy(Path.GetFileName, StringComparer.Ordinal)
                .ToList();
            if (notebooks.Count == 0)
            {
                throw new UsageException(
                    $"{path}: the folder holds no notebook; name an .ipynb or .dib, or a folder of them.");
            }
            found.AddRange(notebooks);
        }
        return [.. found.DistinctBy(Path.GetFullPath, FilePaths.Comparer)];
    }

    // What a folder or a pattern means.
    private static bool IsSource(string file) => Notebook.IsNamed(file) && !Path.GetFileName(file).StartsWith('.')
        && !file.EndsWith(Executed, StringComparison.OrdinalIgnoreCase);

    // The shells of Windows hand a pattern on as it is.
    private static IEnumerable<string> Matches(string path)
    {
        var (folder, pattern) = (Path.GetDirectoryName(path), Path.GetFileName(path));
        if (File.Exists(path) || pattern.AsSpan().IndexOfAny('*', '?') < 0)
            return [path];
        var found = !Directory.Exists(folder is "" or null ? "." : folder) ? [] : Directory
            .EnumerateFiles(folder is "" or null ? "." : folder, pattern).Where(IsSource)
            .Select(file => Path.Combine(folder ?? "", Path.GetFileName(file))).Order(StringComparer.Ordinal).ToList();
        return found.Count > 0 ? found
            : throw new UsageException($"{path}: no notebook (.ipynb or .dib) has a name of this pattern.");
    }

    /// <summary>Reads the notebooks, sets their parameters and decides where results go.</summary>
    public static IReadOnlyList<NotebookJob> Prepare(
        IReadOnlyList<string> files, IReadOnlyDictionary<string, string> parameters, string? outputFolder, bool inPlace,
        string? pageFolder, Action<string> note)
    {
        var jobs = files.Select(file => new NotebookJob(
            file,
            Notebook.Load(file),
            OutputPath(file, outputFolder, inPlace),
            pageFolder is null ? null : PageFolder.PagePath(file, pageFolder))).ToList();
        CheckOutputs([.. jobs.Select(job => (job.SourcePath, (string?)job.OutputPath, job.PagePath))], inPlace);
        SetParameters(jobs, parameters, note);
        return jobs;
    }

    /// <summary>Where a notebook goes with its outputs: into an .ipynb, whatever the source is.</summary>
    /// <param name="file">The source.</param>
    /// <param name="folder">The folder of results; null for beside the source, by another name.</param>
    /// <param name="inPlace">True for the source itself.</param>
    public static string OutputPath(string file, string? folder, bool inPlace)
    {
        if (!inPlace && folder is null)
            return Path.ChangeExtension(file, Executed);
        if (!DibReader.Reads(file))
            return inPlace ? file : Path.Combine(folder!, Path.GetFileName(file));
        return inPlace
            ? throw new UsageException(
                $"{file}: a .dib holds no outputs; leave --in-place out, or make it an .ipynb by gsr convert.")
            : Path.Combine(folder!, Path.GetFileNameWithoutExtension(file) + ".ipynb");
    }

    /// <summary>Where it goes when it cannot be written there: to a name that nobody holds, and that is no source.</summary>
    public static string Beside(string output)
    {
        var stem = output.EndsWith(Executed, StringComparison.OrdinalIgnoreCase)
            ? output[..^Executed.Length] : Path.ChangeExtension(output, null);
        return $"{stem}.{DateTime.Now:yyyyMMdd-HHmmss}{Executed}";
    }

    /// <summary>Sees to it that no file is written twice, and no source without being asked to.</summary>
    public static void CheckOutputs(IReadOnlyList<(string Source, string? Output, string? Page)> files, bool inPlace)
    {
        foreach (var same in files
            .GroupBy(file => FilePaths.Real(file.Page ?? file.Output!), FilePaths.Comparer)
            .Where(group => group.Count() > 1))
            throw new UsageException(
                $"{string.Join(" and ", same.Select(file => file.Source))} would both be written to {same.Key}; "
                + "run them separately.");
        foreach (var (source, output, _) in files)
        {
            if (!inPlace && output is not null && FilePaths.AreSame(source, output))
                throw new UsageException($"{source} would be overwritten; use --in-place to do so, or another --out.");
        }
    }

    private static void SetParameters(
        List<NotebookJob> jobs, IReadOnlyDictionary<string, string> values, Action<string> note)
    {
        if (values.Count == 0)
            return;
        var cells = jobs.Select(job => (job, cells: ParameterCell.Find(job.Notebook))).ToList();
        var known = cells.SelectMany(entry => entry.cells).SelectMany(cell => cell.Parameters)
            .Select(parameter => parameter.Name).Distinct().ToList();
        var unknown = values.Keys.Except(known).ToList();
        if (unknown.Count > 0)
        {
            throw new UsageException(
                $"There is no parameter {string.Join(", ", unknown)}; " +
                (known.Count == 0 ? "no notebook here declares any." : $"known are {string.Join(", ", known)}."));
        }
        foreach (var (job, own) in cells)
        {
            try
            {
                foreach (var cell in own)
                    cell.Replace(values);
            }
            catch (UsageException e)
            {
                throw new UsageException($"{job.Name}: {e.Message}");
            }
            var missing = values.Keys.Except(
                own.SelectMany(cell => cell.Parameters).Select(parameter => parameter.Name)).ToList();
            if (missing.Count > 0)
                note($"{job.Name} has no parameter {string.Join(", ", missing)} and runs without.");
        }
    }
}

/// <summary>A notebook to run, its parameters set, and where its results go; null for no page.</summary>
internal sealed record NotebookJob(string SourcePath, Notebook Notebook, string OutputPath, string? PagePath)
{
    public string Name => Path.GetFileName(SourcePath);
}

/// <summary>How a run ended: cells succeeded, all cells, wall-clock time, peak bytes, what went wrong, and whether an
/// earlier run's outputs were kept.</summary>
internal sealed record NotebookOutcome(
    NotebookJob Job, int CellsRun, int CellsTotal, TimeSpan Elapsed, long PeakMemory, string? Problem,
    bool Kept = false)
{
    /// <summary>The file that this run wrote, or kept; null for none.</summary>
    public string? SavedAs { get; init; }

    /// <summary>The page that it wrote; null for none.</summary>
    public string? PagePath { get; init; }

    public bool Succeeded => Problem is null;
}
