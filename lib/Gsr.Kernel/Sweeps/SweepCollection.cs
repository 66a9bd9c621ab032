using System.Text.Json;
using System.Text.Json.Nodes;
using Gsr.Internals;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Running;
using Parquet;
using Parquet.Schema;

namespace Gsr.Kernel.Sweeps;

/// <summary>Makes one table of all runs, and a notebook that shows it.</summary>
internal static class SweepCollection
{
    private const string TableName = "table.csv";

    /// <summary>The table of the runs that have ended.</summary>
    public static SweepTable Of(SweepPlan plan)
    {
        var runs = SweepStatus.Of(plan)
            .Where(entry => entry.Record.State is not (RunRecord.Waiting or RunRecord.Running))
            .Select(entry => (entry.Run, entry.Record, Numbers: Numbers(plan, entry.Run))).ToList();
        string[] parameters = [.. plan.Runs.SelectMany(run => run.Parameters.Select(entry => entry.Key)).Distinct()];
        string[] results = [.. runs.SelectMany(run => run.Numbers.Keys).Distinct()];
        return new(
            ["run", "notebook", .. parameters, "state", .. results, "seconds", "memory_mb", "host", "exit", "problem"],
            [.. runs.Select(entry => (string[])[
                entry.Run.Id, Path.ChangeExtension(Path.GetFileName(entry.Run.Notebook), ".ipynb"),
                .. parameters.Select(name => entry.Run.Texts.GetValueOrDefault(name, "")),
                entry.Record.State, .. results.Select(name => entry.Numbers.GetValueOrDefault(name, "")),
                Text(entry.Record.Seconds), Text(entry.Record.Memory), entry.Record.Host, Text(entry.Record.Exit),
                entry.Record.Problem ?? ""])]);
    }

    /// <summary>Writes table.csv and table.parquet, and sweep.ipynb, executed.</summary>
    public static async Task<bool> WriteAsync(SweepPlan plan, CancellationToken cancellationToken)
    {
        var table = Of(plan);
        AtomicFile.WriteAllText(Path.Combine(plan.Folder, TableName), string.Concat(
            table.Rows.Prepend([.. table.Columns]).Select(row => string.Join(',', row.Select(Quoted)) + "\r\n")));
        await WriteParquetAsync(table, Path.Combine(plan.Folder, "table.parquet"));
        var path = Path.Combine(plan.Folder, "sweep.ipynb");
        var job = new NotebookJob(path, Shown(table, path), path, null);
        var runner = new NotebookRunner(new RunOptions(), new ConsoleReporter(TextWriter.Null, null));
        return (await runner.RunAsync(job, cancellationToken)).Succeeded;
    }

    // A notebook writes its results into the folder of its run: numbers, or replicates as mean, sd and values.
    private static Dictionary<string, string> Numbers(SweepPlan plan, PlannedRun run)
    {
        var numbers = new Dictionary<string, string>();
        var path = Path.Combine(
            plan.FolderOf(run), Path.GetFileNameWithoutExtension(run.Notebook) + ".json");
        if (!File.Exists(path) || JsonNode.Parse(File.ReadAllText(path))?["numbers"] is not JsonObject all)
            return numbers;
        foreach (var (name, value) in all)
        {
            var replicates = value as JsonObject;
            numbers[name] = Text(replicates is null ? value : replicates["mean"]);
            if (replicates is null)
                continue;
            numbers[name + ".sd"] = Text(replicates["sd"]);
            numbers[name + ".n"] = Text(replicates["values"]?.AsArray().Count);
        }
        return numbers;
    }

    private static async Task WriteParquetAsync(SweepTable table, string path)
    {
        var numeric = table.Columns.Select((_, i) => table.Rows.All(
            row => row[i].Length == 0 || SweepTable.Number(row[i]) is not null)).ToList();
        DataField[] fields = [.. table.Columns.Select(
            (name, i) => numeric[i] ? (DataField)new DataField<double?>(name) : new DataField<string>(name))];
        using var stream = new MemoryStream();
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream))
        {
            using var group = writer.CreateRowGroup();
            for (var i = 0; i < fields.Length; i++)
            {
                var texts = table.Rows.Select(row => row[i]);
                if (numeric[i])
                    await group.WriteAsync<double>(fields[i], texts.Select(SweepTable.Number).ToArray());
                else
                    await group.WriteAsync(fields[i], texts.ToArray());
            }
        }
        AtomicFile.Write(path, file => File.WriteAllBytes(file, stream.ToArray()));
    }

    private static Notebook Shown(SweepTable table, string path)
    {
        var cells = new JsonArray(
            Cell("markdown", $"# A sweep\n\n{table}. `gsr sweep --collect` made this notebook of `{TableName}`; cells "
                + "show the mean over runs and its 95 % interval, for runs that are independent."),
            Cell("code", $"using Gsr.Kernel.Sweeps;\nvar table = SweepTable.Read(\"{TableName}\");\ntable.ToString()"));
        foreach (var parameter in table.Parameters)
        {
            cells.Add(Cell("markdown", $"## Over {parameter}"));
            cells.Add(Cell("code", $"table.Over(\"{parameter}\")"));
            cells.Add(Cell("code", $"table.Draw(\"{parameter}\");"));
        }
        cells.Add(Cell("markdown", "## The runs"));
        cells.Add(Cell("code", "table.Runs()"));
        return Notebook.Parse(new JsonObject
        {
            ["cells"] = cells,
            ["nbformat"] = 4,
            ["nbformat_minor"] = 4,
            ["metadata"] = new JsonObject
            {
                ["kernelspec"] = new JsonObject
                {
                    ["display_name"] = ".NET (C#)",
                    ["language"] = "C#",
                    ["name"] = Notebook.KernelName,
                },
            },
        }.ToJsonString(), path);

        static JsonObject Cell(string type, string source) =>
            new() { ["cell_type"] = type, ["metadata"] = new JsonObject(), ["source"] = source };
    }

    private static string Text(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String
        ? node.GetValue<string>() : node?.ToJsonString() ?? "";

    private static string Quoted(string field) => field.AsSpan().ContainsAny(",\"\r\n")
        ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
}
