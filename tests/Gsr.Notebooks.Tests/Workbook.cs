using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Gsr.Notebooks.Tests;

/// <summary>The workbook as it lies on disk.</summary>
internal static class Workbook
{
    public static string Folder
    {
        get;
    } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", ".."));

    public static TheoryData<string> Notebooks =>
        [.. Directory.GetFiles(Path.Combine(Folder, "notebooks"), "*.ipynb").Select(p => Path.GetFileName(p))
            .Order(StringComparer.Ordinal)];

    public static JsonNode Read(string path) => JsonNode.Parse(File.ReadAllText(path))!;

    public static IEnumerable<JsonNode> CodeCells(JsonNode notebook) =>
        notebook["cells"]!.AsArray().Where(c => (string)c!["cell_type"]! == "code").Select(c => c!);

    public static string Text(JsonNode? multiline) => multiline is JsonArray lines
        ? string.Concat(lines.Select(l => (string)l!)) : (string?)multiline ?? "";

    /// <summary>
    /// Runs the main job's program with arguments, as <c>dotnet run --project notebooks -- ARGS</c> does after
    /// building.
    /// </summary>
    public static Task<(int ExitCode, string Output)> Run(params string[] arguments) =>
        Start("Notebooks/release/run-notebooks.dll", arguments);

    /// <summary>Runs a program that was built, by its path in the folder of outputs, in the workbook's folder.</summary>
    public static async Task<(int ExitCode, string Output)> Start(string program, params string[] arguments)
    {
        var path = Path.Combine(Folder, "artifacts", "bin", program);
        var start = new ProcessStartInfo("dotnet", [path, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Folder
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await errors);
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
