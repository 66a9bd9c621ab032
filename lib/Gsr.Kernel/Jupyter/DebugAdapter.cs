using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Gsr.Kernel.Display;
using Gsr.Kernel.Sessions.Execution;

namespace Gsr.Kernel.Jupyter;

/// <summary>
/// The Debug Adapter Protocol as Jupyter carries it: debug requests on the control channel, debug events among the
/// outputs. A cell is a source whose path is made of its code, as front ends that have not sent the cell do too.
/// </summary>
/// <param name="session">The cells.</param>
/// <param name="publish">Takes the events.</param>
internal sealed class DebugAdapter(Session session, Action<string, JsonObject> publish)
{
    private const uint Seed = 0x9747b28c;
    private const string Suffix = ".cs";

    private static readonly string Prefix = Path.Combine(Path.GetTempPath(), $"gsr_{Environment.ProcessId}", "cell_");

    private readonly Dictionary<string, (int Number, string Code)> _cells = [];
    private readonly Dictionary<string, int[]> _lines = [];
    private readonly Lock _gate = new();
    private volatile Stop? _stop;
    private int _sequence;

    /// <summary>A cell is to run: while somebody debugs it is compiled so that it can stop.</summary>
    public void Begin(string code)
    {
        Breakpoints.Step(-1);
        Breakpoints.Cell = Breakpoints.Stopped is null ? 0 : Cell(code).Number;
    }

    /// <summary>What is compiled after it, for somebody's question, does not stop.</summary>
    public static void End() => Breakpoints.Cell = 0;

    /// <summary>Answers a request; what fails is said in the answer.</summary>
    public async Task<JsonObject> AnswerAsync(JsonObject request)
    {
        var command = (string?)request["command"] ?? "";
        var response = new JsonObject
        {
            ["type"] = "response",
            ["seq"] = Interlocked.Increment(ref _sequence),
            ["request_seq"] = request["seq"]?.DeepClone(),
            ["command"] = command,
        };
        try
        {
            response["body"] = await RunAsync(command, request["arguments"] as JsonObject ?? []);
            response["success"] = true;
        }
        catch (Exception e) when (e is InvalidOperationException or NullReferenceException or FormatException)
        {
            (response["success"], response["message"]) = (false, e.Message);
        }
        return response;
    }

    private async Task<JsonObject> RunAsync(string command, JsonObject arguments)
    {
        switch (command)
        {
            case "initialize":
                return new()
                {
                    ["supportsConfigurationDoneRequest"] = true,
                    ["exceptionBreakpointFilters"] = new JsonArray(), // else JupyterLab offers to stop at exceptions
                };
            case "attach":
                Breakpoints.Stopped = OnStop;
                Publish("initialized", []);
                return [];
            case "disconnect":
                Breakpoints.Stopped = null;
                Leave(-1);
                return [];
            case "debugInfo":
                return Describe();
            case "dumpCell":
                return new() { ["sourcePath"] = Cell((string)arguments["code"]!).Path };
            case "setBreakpoints":
                return SetBreakpoints(
                    (string)arguments["source"]!["path"]!, arguments["breakpoints"] as JsonArray ?? []);
            case "source":
                lock (_gate)
                    return new() { ["content"] = _cells[(string)arguments["source"]!["path"]!].Code };
            case "threads":
                return new() { ["threads"] = new JsonArray(new JsonObject { ["id"] = 1, ["name"] = "cells" }) };
            case "stackTrace":
                return new() { ["stackFrames"] = Frames() };
            case "scopes":
                return new() { ["scopes"] = new JsonArray(Scope("Locals", 1), Scope("Earlier cells", 2)) };
            case "variables":
                var stopped = Stopped;
                var isLocal = (int)arguments["variablesReference"]! == 1;
                return new()
                {
                    ["variables"] = await stopped.AskAsync(() => Show(isLocal ? stopped.Variables : EarlierCells)),
                };
            case "inspectVariables":
                return new() { ["variables"] = await AskAsync(() => Show(EarlierCells)) };
            case "richInspectVariables":
                var name = (string?)arguments["variableName"];
                return await AskAsync(() => (_stop?.Variables ?? []).Concat(EarlierCells)
                    .Where(variable => variable.Name == name)
                    .Select(variable => Replies.Value(MimeFormatter.Format(variable.Value))).FirstOrDefault())
                    ?? throw new InvalidOperationException($"No variable \"{name}\" is seen here.");
            case "modules": // JupyterLab asks for them after each cell
                return new() { ["modules"] = new JsonArray() };
            case "continue":
                Leave(-1);
                return new() { ["allThreadsContinued"] = true };
            case "next" or "stepIn" or "stepOut":
                Leave(command == "stepIn" ? int.MaxValue : Stopped.Depth - (command == "next" ? 0 : 1));
                return [];
            case "configurationDone" or "setExceptionBreakpoints" or "setFunctionBreakpoints":
                return [];
            default:
                throw new InvalidOperationException($"{command} is nothing that this debugger knows.");
        }
    }

    private Stop Stopped => _stop ?? throw new InvalidOperationException("No cell stands at a breakpoint.");

    private void OnStop(Stop? stop)
    {
        _stop = stop;
        var more = stop is null ? "allThreadsContinued" : "allThreadsStopped";
        Publish(stop is null ? "continued" : "stopped",
            new() { ["reason"] = "breakpoint", ["threadId"] = 1, [more] = true });
    }

    private void Leave(int stepDepth)
    {
        Breakpoints.Step(stepDepth);
        _stop?.Leave();
    }

    private (string Path, int Number) Cell(string code)
    {
        var path = Prefix + Murmur2(Encoding.UTF8.GetBytes(code)).ToString(CultureInfo.InvariantCulture) + Suffix;
        lock (_gate)
        {
            if (!_cells.ContainsKey(path))
                _cells.Add(path, (_cells.Count + 1, code));
            return (path, _cells[path].Number);
        }
    }

    private JsonObject SetBreakpoints(string path, JsonArray breakpoints)
    {
        int[] lines = [.. breakpoints.Select(breakpoint => (int)breakpoint!["line"]!)];
        lock (_gate)
        {
            // Front ends tell the breakpoints of other files too.
            if (_cells.ContainsKey(path))
                _lines[path] = lines;
            Breakpoints.Set(_lines.SelectMany(one => one.Value.Select(line => (_cells[one.Key].Number, line))));
            return new() { ["breakpoints"] = Describe(path, lines) };
        }
    }

    private JsonArray Describe(string path, int[] lines) => [.. lines.Select(line => new JsonObject
    {
        ["verified"] = _cells.ContainsKey(path),
        ["line"] = line,
        ["source"] = new JsonObject { ["path"] = path },
    })];

    private JsonObject Describe()
    {
        lock (_gate)
        {
            return new()
            {
                ["isStarted"] = Breakpoints.Stopped is not null,
                ["hashMethod"] = "Murmur2",
                ["hashSeed"] = Seed,
                ["tmpFilePrefix"] = Prefix,
                ["tmpFileSuffix"] = Suffix,
                ["breakpoints"] = new JsonArray([.. _lines.Select(one => new JsonObject
                {
                    ["source"] = one.Key,
                    ["breakpoints"] = Describe(one.Key, one.Value),
                })]),
                ["stoppedThreads"] = _stop is null ? [] : new JsonArray(1),
                ["richRendering"] = true,
                ["exceptionPaths"] = new JsonArray(),
            };
        }
    }

    // The statement alone: what called it, compiled as it is to be fast, is not known line by line.
    private JsonArray Frames()
    {
        if (_stop is not { } stop)
            return [];
        string path;
        lock (_gate)
            path = _cells.First(cell => cell.Value.Number == stop.Cell).Key;
        return [new JsonObject
        {
            ["id"] = 1,
            ["name"] = "cell",
            ["line"] = stop.Line,
            ["column"] = 1,
            ["source"] = new JsonObject { ["name"] = "cell", ["path"] = path },
        }];
    }

    private static JsonObject Scope(string name, int reference) =>
        new() { ["name"] = name, ["variablesReference"] = reference, ["expensive"] = false };

    private IEnumerable<(string Name, object? Value)> EarlierCells =>
        session.Variables.Select(one => (one.Variable.Name, one.Variable.Value));

    // On the thread that stands, or in turn with the cells.
    private async Task<T?> AskAsync<T>(Func<T?> question) where T : JsonNode
    {
        if (_stop is { } stop)
            return await stop.AskAsync(question);
        T? answer = null;
        await session.CallAsync(() => answer = question(), "variables", static _ => { }, CancellationToken.None);
        return answer;
    }

    private static JsonArray Show(IEnumerable<(string Name, object? Value)> variables) =>
        [.. variables.Select(variable => new JsonObject
        {
            ["name"] = variable.Name,
            ["value"] = Preview.Line(variable.Value),
            ["type"] = variable.Value is { } value ? Text.TypeName(value.GetType()) : "",
            ["variablesReference"] = 0,
        })];

    private void Publish(string name, JsonObject body) => publish("debug_event", new()
    {
        ["type"] = "event",
        ["seq"] = Interlocked.Increment(ref _sequence),
        ["event"] = name,
        ["body"] = body,
    });

    // Austin Appleby's MurmurHash2 (public domain), by which Jupyter's front ends name cells.
    private static uint Murmur2(ReadOnlySpan<byte> data)
    {
        const uint m = 0x5bd1e995;
        var hash = Seed ^ (uint)data.Length;
        for (; data.Length >= 4; data = data[4..])
        {
            var k = BinaryPrimitives.ReadUInt32LittleEndian(data) * m;
            hash = (hash * m) ^ ((k ^ (k >> 24)) * m);
        }
        for (var i = data.Length - 1; i >= 0; i--)
            hash ^= (uint)data[i] << (8 * i);
        if (data.Length > 0)
            hash *= m;
        hash = (hash ^ (hash >> 13)) * m;
        return hash ^ (hash >> 15);
    }
}
