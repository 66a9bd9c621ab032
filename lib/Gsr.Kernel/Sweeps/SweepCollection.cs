using System.Text.Json;
using System.Text.Json.Nodes;
using Gsr.Internals;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Running;
using Parquet.Schema;
using Parquet.Serialization;

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
            .Select(entry => (entry.Run, entry.Record, Numbers: Numbers(plan, entry.Run, out var fault), Fault: fault))
            .ToList();
        string[] parameters = [.. plan.Runs.SelectMany(run => run.Parameters.Select(entry => entry.Key)).Distinct()];
        string[] results = [.. runs.SelectMany(run => run.Numbers.Keys).Distinct()];
        string[] ours = ["run", "notebook", "state", "seconds", "memory_mb", "host", "exit", "problem"];
        var taken = ours.ToHashSet();
        string Column(string kind, string name) => taken.Add(name) ? name : $"{kind}.{name}";
        return new(
            [.. ours[..2], .. parameters.Select(name => Column("parameter", name)),
                ours[2], .. results.Select(name => Column("result", name)), .. ours[3..]],
            [.. runs.Select(entry => (string[])[
                entry.Run.Id, Path.ChangeExtension(Path.GetFileName(entry.Run.Notebook), ".ipynb"),
                .. parameters.Select(name => entry.Run.Texts.GetValueOrDefault(name, "")),
                entry.Record.State, .. results.Select(name => entry.Numbers.GetValueOrDefault(name, "")),
                Text(entry.Record.Seconds), Text(entry.Record.Memory), entry.Record.Host, Text(entry.Record.Exit),
                entry.Record.Problem ?? entry.Fault])]);
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
    private static Dictionary<string, string> Numbers(SweepPlan plan, PlannedRun run, out string fault)
    {
        var path = Path.Combine(plan.FolderOf(run), Path.GetFileNameWithoutExtension(run.Notebook) + ".json");
        fault = "";
        try
        {
            return File.Exists(path) && JsonNode.Parse(File.ReadAllText(path))?["numbers"] is JsonObject numbers
                ? numbers.SelectMany(number => Columns(number.Key, number.Value)).DistinctBy(column => column.Name)
                    .ToDictionary() : [];
        }
        catch (JsonException e)
        {
            fault = $"{Path.GetFileName(path)}: {e.Message}";
            return [];
        }

        static IEnumerable<(string Name, string Text)> Columns(string name, JsonNode? value) =>
            value is not JsonObject replicates ? [(name, Text(value))]
            : [
                (name, Text(replicates["mean"])), (name + ".sd", Text(replicates["sd"])),
                (name + ".n", Text((replicates["values"] as JsonArray)?.Count)),
            ];
    }

    private static async Task WriteParquetAsync(SweepTable table, string path)
    {
        DataField[] fields = [.. table.Columns.Select((name, i) => table.Rows.All(
            row => row[i].Length == 0 || SweepTable.Number(row[i]) is not null)
                ? (DataField)new DataField<double?>(name) : new DataField<string>(name))];
        using var stream = new MemoryStream();
        await ParquetSerializer.SerializeUntypedAsync([.. table.Rows.Select(row => fields.Zip(row).ToDictionary(
            cell => cell.First.Name,
            cell => cell.First is DataField<double?> ? SweepTable.Number(cell.Second) : (object?)cell.Second))],
            new ParquetSchema(fields), stream);
        AtomicFile.Write(path, file => File.WriteAllBytes(file, stream.ToArray()));
    }

    private static Notebook Shown(SweepTable table, string path) => DibReader.Parse(
        $"""
        #!markdown
        # A sweep

        {table}. `gsr sweep --collect` made this notebook of `{TableName}`; cells show the mean over runs and its
        95 % interval, for runs that are independent.
        #!csharp
        using Gsr.Kernel.Sweeps;
        var table = SweepTable.Read("{TableName}");
        table.ToString()
        {string.Join('\n', table.Parameters.Select(parameter => $"""
            #!markdown
            ## Over {parameter}
            #!csharp
            display(table.Over("{parameter}"));
            table.Draw("{parameter}");
            """))}
        #!markdown
        ## The runs
        #!csharp
        table.Runs()
        """, path);

    private static string Text(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String
        ? node.GetValue<string>() : node?.ToJsonString() ?? "";

    private static string Quoted(string field) => field.AsSpan().ContainsAny(",\"\r\n")
        ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
}
