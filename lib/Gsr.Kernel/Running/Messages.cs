using System.Text.Json.Nodes;
using Gsr.Kernel.Outputs;
using Gsr.Kernel.Sessions.Execution;

namespace Gsr.Kernel.Running;

/// <summary>What the runner tells the process that executes the cells.</summary>
internal abstract record RunnerMessage
{
    /// <summary>Execute a cell; answered by outputs and one <see cref="ChildMessage.Done"/>.</summary>
    public sealed record Execute(Submission Submission) : RunnerMessage;

    public sealed record Exit : RunnerMessage;
}

/// <summary>What the process that executes the cells tells the runner.</summary>
internal abstract record ChildMessage
{
    /// <summary>Sent once a second, and before every <see cref="Done"/>.</summary>
    /// <param name="PeakMemory">The most memory that the process has held at once, in bytes.</param>
    public sealed record Alive(long PeakMemory) : ChildMessage;

    /// <summary>An output, with the name of its cell, which may have ended; empty for the running one.</summary>
    public sealed record Output(CellOutput Value, string Cell = "") : ChildMessage;

    /// <summary>
    /// What reached the runner past the capture: mostly the last words of a process that ends. No message carries it.
    /// </summary>
    public sealed record Aside(string Stream, string Text) : ChildMessage;

    public sealed record Done(int ExecutionCount, bool Succeeded) : ChildMessage;
}

/// <summary>How the runner and the process that executes the cells put messages into JSON.</summary>
internal static class WireJson
{
    public static JsonObject From(RunnerMessage message) => message switch
    {
        RunnerMessage.Execute { Submission: var (code, name, language) } =>
            new() { ["is"] = "execute", ["code"] = code, ["name"] = name, ["language"] = language },
        _ => new() { ["is"] = "exit" },
    };

    public static RunnerMessage ToRunnerMessage(JsonObject json) => Text(json, "is") switch
    {
        "execute" => new RunnerMessage.Execute(new(Text(json, "code"), Text(json, "name"), Text(json, "language"))),
        _ => new RunnerMessage.Exit(),
    };

    public static JsonObject From(ChildMessage message) => message switch
    {
        ChildMessage.Alive alive => new() { ["is"] = "alive", ["peak"] = alive.PeakMemory },
        ChildMessage.Done done =>
            new() { ["is"] = "done", ["count"] = done.ExecutionCount, ["succeeded"] = done.Succeeded },
        ChildMessage.Output output => With(From(output.Value), output.Cell),
        _ => throw new ArgumentException($"{message.GetType().Name} is no message of the protocol.", nameof(message)),
    };

    public static ChildMessage ToChildMessage(JsonObject json) => Text(json, "is") switch
    {
        "alive" => new ChildMessage.Alive(json["peak"]!.GetValue<long>()),
        "done" => new ChildMessage.Done(json["count"]!.GetValue<int>(), json["succeeded"]!.GetValue<bool>()),
        _ => new ChildMessage.Output(ToOutput(json), Text(json, "cell")),
    };

    private static JsonObject With(JsonObject output, string cell)
    {
        output["cell"] = cell;
        return output;
    }

    private static JsonObject From(CellOutput output) => output switch
    {
        StreamOutput stream => new() { ["is"] = "stream", ["name"] = stream.Name, ["text"] = stream.Text },
        DisplayOutput display => new()
        {
            ["is"] = "display",
            ["id"] = display.DisplayId,
            ["update"] = display.Update,
            ["data"] = display.Bundle.ToJson(),
            ["metadata"] = display.Bundle.Metadata.DeepClone(),
        },
        ResultOutput result => new()
        {
            ["is"] = "result",
            ["data"] = result.Bundle.ToJson(),
            ["metadata"] = result.Bundle.Metadata.DeepClone(),
        },
        ErrorOutput error => new()
        {
            ["is"] = "error",
            ["name"] = error.Name,
            ["value"] = error.Value,
            ["traceback"] = new JsonArray([.. error.Traceback.Select(line => (JsonNode)line)]),
        },
        ClearOutput clear => new() { ["is"] = "clear", ["wait"] = clear.Wait },
        _ => throw new ArgumentException($"{output.GetType().Name} is no output of the protocol.", nameof(output)),
    };

    private static CellOutput ToOutput(JsonObject json) => Text(json, "is") switch
    {
        "stream" => new StreamOutput(Text(json, "name"), Text(json, "text")),
        "display" => new DisplayOutput(Bundle(json), json["id"]?.GetValue<string>(), json["update"]!.GetValue<bool>()),
        "result" => new ResultOutput(Bundle(json)),
        "error" => new ErrorOutput(
            Text(json, "name"), Text(json, "value"),
            [.. json["traceback"]!.AsArray().Select(line => line!.GetValue<string>())]),
        "clear" => new ClearOutput(json["wait"]!.GetValue<bool>()),
        var kind => throw new ArgumentException($"\"{kind}\" is no message of the protocol.", nameof(json)),
    };

    private static MimeBundle Bundle(JsonObject json)
    {
        var bundle = new MimeBundle();
        foreach (var (type, value) in json["data"]!.AsObject())
        {
            if (value is not null)
                bundle.Add(type, value.DeepClone());
        }
        foreach (var (key, value) in json["metadata"]!.AsObject())
            bundle.Metadata[key] = value?.DeepClone();
        return bundle;
    }

    private static string Text(JsonObject json, string key) => json[key]?.GetValue<string>() ?? "";
}
