using System.Text.Json.Nodes;

namespace Gsr.Kernel.Tests;

/// <summary>Notebooks for tests, in the shape in which Jupyter writes them.</summary>
internal static class Samples
{
    public static JsonObject Code(string source, params string[] tags) => new()
    {
        ["cell_type"] = "code",
        ["execution_count"] = null,
        ["metadata"] = tags.Length == 0
            ? new JsonObject() : new JsonObject { ["tags"] = new JsonArray([.. tags.Select(tag => (JsonNode)tag)]) },
        ["outputs"] = new JsonArray(),
        ["source"] = Lines(source),
    };

    public static JsonObject Markdown(string source) => new()
    {
        ["cell_type"] = "markdown",
        ["metadata"] = new JsonObject(),
        ["source"] = Lines(source),
    };

    public static string Notebook(params JsonObject[] cells) => new JsonObject
    {
        ["cells"] = new JsonArray([.. cells]),
        ["metadata"] = new JsonObject
        {
            ["kernelspec"] = new JsonObject
            {
                ["display_name"] = ".NET (C#)",
                ["language"] = "C#",
                ["name"] = ".net-csharp"
            },
        },
        ["nbformat"] = 4,
        ["nbformat_minor"] = 4,
    }.ToJsonString();

    public static string Notebook(params string[] cells) => Notebook([.. cells.Select(cell => Code(cell))]);

    private static JsonArray Lines(string source) =>
        [.. source.Split('\n').Select((line, i) => (JsonNode)(i < source.Count(c => c == '\n') ? line + "\n" : line))];
}

/// <summary>A folder for one test, gone after it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gsr-tests-");

    public string Path => _folder.FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public string Write(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], text);
        return this[name];
    }

    public void Dispose() => Delete(Path);

    /// <summary>
    /// Deletes a folder; on Windows it stays where a process of a failed test, or an assembly that a cell brought in,
    /// does not leave it.
    /// </summary>
    public static void Delete(string path)
    {
        var isLoaded = AppDomain.CurrentDomain.GetAssemblies().Any(loaded =>
            !loaded.IsDynamic && loaded.Location.StartsWith(path, StringComparison.OrdinalIgnoreCase));
        for (var until = DateTime.UtcNow.AddSeconds(isLoaded ? 0 : 10); ; Thread.Sleep(50))
        {
            try
            {
                Directory.Delete(path, recursive: true);
                return;
            }
            catch (Exception e) when (
                OperatingSystem.IsWindows() && e is IOException or UnauthorizedAccessException)
            {
                if (DateTime.UtcNow > until)
                    return;
            }
        }
    }
}
