using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Gsr.Notebooks.Tests;

/// <summary>What the real runner makes of a notebook in the quick profile; run once, however many tests ask.</summary>
internal sealed record QuickRun(int ExitCode, string Output, string? Executed, string? Page, JsonNode? Results)
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<QuickRun>>> Runs = new();

    public static Task<QuickRun> Of(string name) => Runs.GetOrAdd(name, _ => new(() => RunAsync(name))).Value;

    private static async Task<QuickRun> RunAsync(string name)
    {
        var folder = Directory.CreateTempSubdirectory("gsr-run-").FullName;
        try
        {
            var (exitCode, output) = await Workbook.Run(
                Path.Combine(Workbook.Folder, "notebooks", name), "-p", "PROFILE=quick", "--out", folder);
            return new(exitCode, output, Text(Path.Combine(folder, name)),
                Text(Path.Combine(folder, Path.ChangeExtension(name, ".html"))),
                exitCode == 0 ? Workbook.Read(Path.Combine(folder, Path.ChangeExtension(name, ".json"))) : null);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string? Text(string path) => File.Exists(path) ? File.ReadAllText(path) : null;
}
