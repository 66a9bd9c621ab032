using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gsr.Internals;

namespace Gsr.Experiments;

/// <summary>A notebook's headline numbers as a file for other programs, NAME.json.</summary>
public static class ResultsFile
{
    private static readonly JsonSerializerOptions Json =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// Writes numbers (replicates as mean, sd, values; numbers; texts) and claims, whole or not at all,
    /// and returns the path; with them the run's parameters, where a runner says them, and the library's version.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The name is not a plain file name, or a number is of another type.
    /// </exception>
    public static string Write(
        string name, IEnumerable<KeyValuePair<string, object>> numbers, ClaimTable claims, string? folder = null)
    {
        var results = new JsonObject();
        foreach (var (key, value) in numbers) results[key] = Node(key, value);
        var document = claims.ToJson();
        document.Insert(0, "notebook", name);
        document.Insert(1, "parameters", Parameters());
        document.Insert(2, "versions", new JsonObject
        {
            ["Gsr"] = Version(typeof(Graphs.FeatureGraph).Assembly),
            ["TorchSharp"] = Version(typeof(TorchSharp.torch).Assembly),
            [".NET"] = Environment.Version.ToString(),
        });
        document["numbers"] = results;
        return Save(name, ".json", document.ToJsonString(Json) + "\n", folder);
    }

    /// <summary>
    /// Where a notebook's results go: the folder that the runner names (GSR_RESULTS, set by <c>gsr run --out</c>), else
    /// artifacts/results of the workbook around the current directory.
    /// </summary>
    public static string Folder => Environment.GetEnvironmentVariable("GSR_RESULTS") is { Length: > 0 } folder
        ? folder : Path.Combine(WorkbookFolder(), "artifacts", "results");

    /// <summary>A file of the results as a reader finds it: from the workbook's folder where it lies within.</summary>
    internal static string Shown(string path)
    {
        var relative = Path.GetRelativePath(WorkbookFolder(), path);
        return (relative.StartsWith("..", StringComparison.Ordinal) ? path : relative).Replace('\\', '/');
    }

    /// <summary>Writes a text, whole or not at all.</summary>
    internal static string Save(string name, string ending, string text, string? folder)
    {
        if (name.Length == 0 || name.IndexOfAny(Path.GetInvalidFileNameChars()) >= 0)
            throw new ArgumentException($"'{name}' is not a plain file name.", nameof(name));
        folder ??= Folder;
        var path = Path.Combine(folder, name + ending);
        AtomicFile.WriteAllText(path, text);
        return path;
    }

    private static JsonNode? Parameters() =>
        Environment.GetEnvironmentVariable("GSR_PARAMETERS") is { Length: > 0 } json ? JsonNode.Parse(json) : null;

    private static string Version(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    private static JsonNode Node(string key, object value) => value switch
    {
        Replicates r => new JsonObject
        {
            ["mean"] = Number(r.Mean),
            ["sd"] = Number(r.StandardDeviation),
            ["values"] = new JsonArray([.. r.Values.Select(Number)]),
        },
        double number => Number(number)!,
        int number => JsonValue.Create(number),
        long number => JsonValue.Create(number),
        bool flag => JsonValue.Create(flag),
        string text => JsonValue.Create(text),
        _ => throw new ArgumentException(
            $"The number '{key}' is a {value.GetType().Name}; give Replicates, a number or a text.", nameof(value)),
    };

    internal static JsonNode? Number(double value) =>
        double.IsFinite(value) ? JsonValue.Create(Math.Round(value, 6)) : null;

    internal static string WorkbookFolder()
    {
        for (var folder = new DirectoryInfo(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Gsr.Notebooks.sln"))) return folder.FullName;
        return Environment.CurrentDirectory;
    }
}
