using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gsr.Internals;
using Gsr.Kernel.Cli;

namespace Gsr.Notebooks;

/// <summary>
/// Puts the outputs of a thorough run, from artifacts/notebooks, into the committed notebooks, whose sources stay as
/// they are: the parameter PROFILE remains "full" there.
/// </summary>
internal static class CommittedOutputs
{
    // As nbformat writes notebooks: one space a level, no escapes that JSON does not need.
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        IndentSize = 1,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Takes the outputs of some notebooks and draws their charts; returns the exit code.</summary>
    /// <param name="workbook">The workbook's folder.</param>
    /// <param name="names">Names of notebooks, such as "03-learned-graphs".</param>
    public static async Task<int> TakeAsync(string workbook, IReadOnlyList<string> names)
    {
        foreach (var name in names.Select(Path.GetFileNameWithoutExtension))
        {
            var committed = Path.Combine(workbook, "notebooks", name + ".ipynb");
            var problem = File.Exists(committed)
                ? Take(committed, Path.Combine(workbook, "artifacts", "notebooks", name + ".ipynb"))
                : $"{committed} does not exist; give the name of a notebook of the folder notebooks.";
            if (problem is not null)
            {
                await Console.Error.WriteLineAsync(problem);
                return 1;
            }
            var code = await GsrCommand.RunAsync(["export", committed, "--png", "--static", "--in-place"]);
            if (code != 0) return code;
        }
        return 0;
    }

    /// <summary>Takes one notebook's outputs, all or none; says why where it cannot.</summary>
    private static string? Take(string committed, string executed)
    {
        if (!File.Exists(executed))
            return $"{executed} does not exist; run dotnet run --project notebooks -- {committed} -p PROFILE=thorough";
        JsonNode target = Read(committed), source = Read(executed);
        if (ClaimsPage.Committed(source) is not { } claims)
            return $"{executed} holds no table of claims; run it to its end.";
        if ((string?)claims["profile"] != "thorough")
            return $"{executed} is of the profile {claims["profile"]}; the committed outputs are those of thorough.";
        JsonArray cells = target["cells"]!.AsArray(), ran = source["cells"]!.AsArray();
        for (var i = 0; i < Math.Max(cells.Count, ran.Count); i++)
        {
            if (i >= cells.Count || i >= ran.Count || !IsParameters(cells[i]!) && Source(cells[i]!) != Source(ran[i]!))
                return $"cell {i + 1} of {executed} is not that of {committed}; run it again.";
        }
        foreach (var (cell, from) in cells.Zip(ran).Where(pair => (string)pair.First!["cell_type"]! == "code"))
        {
            cell!["outputs"] = from!["outputs"]!.DeepClone();
            cell["execution_count"] = from["execution_count"]?.DeepClone();
        }
        AtomicFile.WriteAllText(committed, target.ToJsonString(Json) + "\n");
        return null;
    }

    private static JsonNode Read(string path) => JsonNode.Parse(File.ReadAllText(path))!;

    private static bool IsParameters(JsonNode cell) =>
        cell["metadata"]?["tags"]?.AsArray().Any(tag => (string?)tag == "parameters") == true;

    private static string Source(JsonNode cell) => ClaimsPage.Joined(cell["source"]!);
}
