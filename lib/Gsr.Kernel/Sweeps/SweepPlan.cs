using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Gsr.Internals;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Documents.Parameters;

namespace Gsr.Kernel.Sweeps;

/// <summary>One run of a notebook with parameters of its own.</summary>
/// <param name="Id">The notebook's name and a hash of the parameters; the name of the run's folder.</param>
/// <param name="Notebook">The notebook's path.</param>
/// <param name="Parameters">What the sweep sets, as values of the parameters' types.</param>
internal sealed record PlannedRun(string Id, string Notebook, JsonObject Parameters)
{
    /// <summary>The parameters as a command line gives them.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, string> Texts => Parameters.ToDictionary(entry => entry.Key, entry =>
        entry.Value is JsonValue value && value.TryGetValue(out string? text) ? text
            : entry.Value?.ToJsonString(JsonObjects.Compact) ?? "null");

    /// <summary>Such as "x-01ab23cd45 SEED=1 ALPHA=0.1".</summary>
    public override string ToString() =>
        string.Join(' ', Texts.Select(entry => $"{entry.Key}={entry.Value}").Prepend(Id));
}

/// <summary>All runs of a sweep, the file <c>plan.json</c> of its folder, one run a line.</summary>
/// <param name="Runs">The runs in their order.</param>
/// <param name="Hashes">By path of each notebook, and of each library that it names with all beside it.</param>
internal sealed partial record SweepPlan(IReadOnlyList<PlannedRun> Runs, IReadOnlyDictionary<string, string> Hashes)
{
    private const string FileName = "plan.json";

    /// <summary>The sweep's folder.</summary>
    [JsonIgnore]
    public string Folder { get; init; } = "";

    /// <summary>The folder of the runs.</summary>
    public string RunsFolder => Path.Combine(Folder, "runs");

    /// <summary>The folder that holds a run's files once it has ended.</summary>
    public string FolderOf(PlannedRun run) => Path.Combine(RunsFolder, run.Id);

    /// <summary>Checks the parameters against the notebooks, and that what the notebooks name exists.</summary>
    /// <exception cref="UsageException">Something is wrong; the message names the notebook and the parameter.</exception>
    public static SweepPlan Create(
        string folder, IEnumerable<string> notebooks, IReadOnlyList<SweepValues> values, bool zip)
    {
        var runs = new List<PlannedRun>();
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in notebooks.Select(Path.GetFullPath))
        {
            var notebook = Notebook.Load(path);
            var typed = values.ToDictionary(own => own.Name, own => own.Values.Distinct().ToDictionary(
                text => text, text => Typed(notebook, path, own.Name, text)));
            foreach (var combination in SweepValues.Combine(values, zip))
            {
                var parameters = new JsonObject(values.Select(own => KeyValuePair.Create(
                    own.Name, typed[own.Name][combination[own.Name]]?.DeepClone())));
                var hash = Hash(Encoding.UTF8.GetBytes(parameters.ToJsonString()))[..10];
                runs.Add(new($"{Path.GetFileNameWithoutExtension(path)}-{hash}", path, parameters));
            }
            foreach (var file in Libraries(notebook, path).Append(path))
                hashes[file] = HashOf(file);
        }
        return new SweepPlan([.. runs.DistinctBy(run => run.Id)], hashes) { Folder = Path.GetFullPath(folder) };
    }

    /// <summary>Reads the plan of a sweep's folder.</summary>
    /// <exception cref="UsageException">The folder holds no plan.</exception>
    public static SweepPlan Load(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            var plan = JsonSerializer.Deserialize<SweepPlan>(File.ReadAllText(path), JsonSerializerOptions.Strict);
            return plan! with { Folder = Path.GetFullPath(folder) };
        }
        catch (Exception e) when (e is IOException or JsonException or NullReferenceException)
        {
            throw new UsageException($"{path} is no plan of a sweep ({e.Message.ReplaceLineEndings(" ")}); "
                + "gsr sweep NOTEBOOK -p NAME=VALUES --out DIR makes one.");
        }
    }

    /// <summary>Writes the plan. One that is there must be of the same runs.</summary>
    /// <exception cref="UsageException">The folder holds another plan.</exception>
    public void Save()
    {
        var path = Path.Combine(Folder, FileName);
        if (File.Exists(path) && !Load(Folder).Runs.Select(run => run.Id).SequenceEqual(Runs.Select(run => run.Id)))
            throw new UsageException($"{path} is the plan of another sweep: give another --out, or --resume that one.");
        var hashes = JsonSerializer.Serialize(Hashes, JsonObjects.Compact);
        var runs = Runs.Select(run => JsonSerializer.Serialize(run, JsonObjects.Compact));
        AtomicFile.WriteAllText(path, $"{{\"Hashes\": {hashes},\n\"Runs\": [\n{string.Join(",\n", runs)}\n]}}\n");
    }

    /// <summary>What has changed since the plan was made.</summary>
    public IEnumerable<string> Changes() => Hashes.Where(entry =>
        !File.Exists(entry.Key) || HashOf(entry.Key) != entry.Value).Select(entry => entry.Key);

    /// <summary>The same runs of today's notebooks and libraries.</summary>
    public SweepPlan Renewed() => this with { Hashes = Hashes.Keys.ToDictionary(path => path, HashOf) };

    private static JsonNode? Typed(Notebook notebook, string path, string name, string text)
    {
        var known = ParameterCell.Find(notebook).SelectMany(cell => cell.Parameters).ToList();
        var parameter = known.LastOrDefault(parameter => parameter.Name == name) ?? throw new UsageException(
            $"{path} has no parameter {name}; it has {string.Join(", ", known.Select(k => k.Name))}.");
        try
        {
            return ParameterLiteral.Value(parameter.Express(text));
        }
        catch (UsageException e)
        {
            throw new UsageException($"{path}: {e.Message}");
        }
    }

    // A task builds nothing: many at once would write over each other's files.
    private static IEnumerable<string> Libraries(Notebook notebook, string path) =>
        from cell in notebook.Cells
        where cell.Kind == CellKind.Code
        from match in FileDirective().Matches(cell.Source)
        let file = Path.GetFullPath(match.Groups[1].Value, Path.GetDirectoryName(path)!)
        select File.Exists(file) ? file
            : throw new UsageException($"{path}: {match.Value.Trim()}: there is no {file}; build it first.");

    private static string HashOf(string path)
    {
        IEnumerable<string> files = Path.GetExtension(path) == ".dll"
            ? Directory.GetFiles(Path.GetDirectoryName(path)!, "*.dll").Order(StringComparer.Ordinal) : [path];
        return Hash(Encoding.UTF8.GetBytes(string.Concat(files.Select(file => Hash(File.ReadAllBytes(file))))));
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    [GeneratedRegex(
        """^[ \t]*#(?:r|load)[ \t]+"(?!nuget:)([^"]+\.(?:dll|csx?|fsx?))"[^\n]*""", RegexOptions.Multiline)]
    private static partial Regex FileDirective();
}
