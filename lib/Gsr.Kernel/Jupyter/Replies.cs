using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Outputs;
using Gsr.Kernel.Sessions.Assistance;
using Gsr.Kernel.Sessions.Execution;
using Gsr.Kernel.Sessions.Packages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Gsr.Kernel.Jupyter;

/// <summary>What the kernel answers with.</summary>
internal static class Replies
{
    public static JsonObject KernelInfo() => new()
    {
        ["status"] = "ok",
        ["protocol_version"] = Message.ProtocolVersion,
        ["implementation"] = "gsr",
        ["implementation_version"] = EngineLocation.Version,
        ["language_info"] = new JsonObject
        {
            // VS Code's own name: with another one it notes the language in every cell that it saves.
            ["name"] = "csharp",
            ["version"] = "14.0",
            ["mimetype"] = "text/x-csharp",
            ["file_extension"] = ".cs",
            ["pygments_lexer"] = "csharp",
            ["codemirror_mode"] = "text/x-csharp",
        },
        ["banner"] = $"gsr {EngineLocation.Version}: C# 14 on .NET {Environment.Version}",
        ["help_links"] = new JsonArray(),
        ["debugger"] = true,
        ["supported_features"] = new JsonArray("debugger"),
    };

    public static JsonObject Executed(int count, JsonObject userExpressions, MimeBundle? help) => new()
    {
        ["status"] = "ok",
        ["execution_count"] = count,
        ["user_expressions"] = userExpressions,
        // The only way that the protocol has to show something beside the cell's outputs.
        ["payload"] = help is null
            ? [] : new JsonArray(new JsonObject { ["source"] = "page", ["data"] = help.ToJson(), ["start"] = 0 }),
    };

    public static JsonObject Value(MimeBundle? bundle) => new()
    {
        ["status"] = "ok",
        ["data"] = bundle is null ? new JsonObject { ["text/plain"] = "null" } : bundle.ToJson(),
        ["metadata"] = new JsonObject(),
    };

    public static JsonObject Error(string name, string value, IReadOnlyList<string> traceback, int? count = null)
    {
        var content = ErrorContent(name, value, traceback);
        content["status"] = "error";
        if (count is not null)
        {
            content["execution_count"] = count;
            content["user_expressions"] = new JsonObject();
            content["payload"] = new JsonArray();
        }
        return content;
    }

    public static JsonObject ErrorContent(string name, string value, IReadOnlyList<string> traceback) => new()
    {
        ["ename"] = name,
        ["evalue"] = value,
        ["traceback"] = new JsonArray([.. traceback.Select(line => (JsonNode)line)]),
    };
}

/// <summary>Outputs of cells as the messages that carry them.</summary>
internal static class OutputMessages
{
    public static (string Type, JsonObject Content) Of(CellOutput output, int executionCount) => output switch
    {
        StreamOutput stream => ("stream", new() { ["name"] = stream.Name, ["text"] = stream.Text }),
        ResultOutput result => ("execute_result", Shown(result.Bundle, ("execution_count", executionCount))),
        DisplayOutput { DisplayId: { } id } display => (display.Update ? "update_display_data" : "display_data",
            Shown(display.Bundle, ("transient", new JsonObject { ["display_id"] = id }))),
        DisplayOutput display => ("display_data", Shown(display.Bundle, ("transient", new JsonObject()))),
        ErrorOutput error => ("error", Replies.ErrorContent(error.Name, error.Value, error.Traceback)),
        ClearOutput clear => ("clear_output", new() { ["wait"] = clear.Wait }),
        _ => throw new ArgumentException($"{output.GetType()} has no message.", nameof(output)),
    };

    private static JsonObject Shown(MimeBundle bundle, (string Name, JsonNode Value) more) => new()
    {
        ["data"] = bundle.ToJson(),
        ["metadata"] = bundle.Metadata.DeepClone(),
        [more.Name] = more.Value,
    };
}

/// <summary>Tells a console whether Return shall run the code or begin another line.</summary>
internal static class Completeness
{
    private static readonly CSharpParseOptions Script = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    public static JsonObject Of(string code)
    {
        if (Nesting.IsTooDeep(code))
            return new() { ["status"] = "invalid" };
        var tree = CSharpSyntaxTree.ParseText(code, Script);
        if (!SyntaxFactory.IsCompleteSubmission(tree))
            return new() { ["status"] = "incomplete", ["indent"] = Indent(code) };
        var invalid = tree.GetDiagnostics().Any(d => d.Severity == DiagnosticSeverity.Error);
        return new() { ["status"] = invalid ? "invalid" : "complete" };
    }

    private static string Indent(string code)
    {
        var last = code[(code.LastIndexOf('\n') + 1)..];
        var indent = last[..(last.Length - last.TrimStart().Length)];
        return last.TrimEnd().EndsWith('{') ? indent + "    " : indent;
    }
}

/// <summary>The answers to what a front end asks while somebody is writing; empty where the session fails.</summary>
internal static class Suggestions
{
    /// <summary>Whether a request is of this kind; it is answered at once, also while a cell runs.</summary>
    public static bool Concerns(Message request) =>
        request.Type is "complete_request" or "inspect_request" or "signature_request" or "diagnostics_request";

    public static async Task<JsonObject> CompleteAsync(Session session, Message request)
    {
        var (code, position) = Cursor(request);
        var found = await TryAsync(() => session.CompleteAsync(code, position), Completions.None(position))
            .ConfigureAwait(false);
        var (start, end) = (CodePoints(code, found.Start), CodePoints(code, found.End));
        return new()
        {
            ["status"] = "ok",
            ["matches"] = new JsonArray([.. found.Entries.Select(entry => (JsonNode)entry.Text)]),
            ["cursor_start"] = start,
            ["cursor_end"] = end,
            ["metadata"] = new JsonObject
            {
                ["_jupyter_types_experimental"] = new JsonArray([.. found.Entries.Select(entry => new JsonObject
                {
                    ["start"] = start,
                    ["end"] = end,
                    ["text"] = entry.Text,
                    ["type"] = entry.Kind,
                })]),
            },
        };
    }

    public static async Task<JsonObject> InspectAsync(Session session, Message request)
    {
        var (code, position) = Cursor(request);
        var detailed = request.Number("detail_level", 0) > 0;
        var found = await TryAsync(() => session.InspectAsync(code, position, detailed), null).ConfigureAwait(false);
        return new()
        {
            ["status"] = "ok",
            ["found"] = found is not null,
            ["data"] = found is null
                ? [] : new JsonObject { ["text/plain"] = found.Plain, ["text/markdown"] = found.Markdown },
            ["metadata"] = new JsonObject(),
        };
    }

    /// <summary>The signatures of the call around the cursor; positions count in their labels.</summary>
    public static async Task<JsonObject> SignaturesAsync(Session session, Message request)
    {
        var (code, position) = Cursor(request);
        var found = await TryAsync(() => session.FindSignaturesAsync(code, position), null).ConfigureAwait(false);
        return new()
        {
            ["status"] = "ok",
            ["active_signature"] = found?.ActiveSignature ?? 0,
            ["active_parameter"] = found?.ActiveParameter ?? 0,
            ["signatures"] = new JsonArray([.. (found?.All ?? []).Select(signature => new JsonObject
            {
                ["label"] = signature.Label,
                ["documentation"] = signature.Documentation,
                ["parameters"] = new JsonArray([.. signature.Parameters.Select(parameter => new JsonObject
                {
                    ["start"] = parameter.Start,
                    ["end"] = parameter.End,
                    ["documentation"] = parameter.Documentation,
                })]),
            })]),
        };
    }

    /// <summary>What the compiler finds wrong with a cell that is being written.</summary>
    public static async Task<JsonObject> DiagnosticsAsync(Session session, Message request)
    {
        var code = request.Text("code");
        var found = await TryAsync(() => session.DiagnoseAsync(code, request.Flag("semantic", true)), [])
            .ConfigureAwait(false);
        return new()
        {
            ["status"] = "ok",
            ["diagnostics"] = new JsonArray([.. found.Select(diagnostic => new JsonObject
            {
                ["start"] = CodePoints(code, diagnostic.Location.SourceSpan.Start),
                ["end"] = CodePoints(code, diagnostic.Location.SourceSpan.End),
                ["severity"] = diagnostic.Severity == DiagnosticSeverity.Error ? "error" : "warning",
                ["code"] = diagnostic.Id,
                ["message"] = diagnostic.GetMessage(CultureInfo.InvariantCulture),
            })]),
        };
    }

    private static async Task<T> TryAsync<T>(Func<Task<T>> ask, T nothing)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (Exception)
        {
            return nothing;
        }
    }

    // The protocol counts code points, a string UTF-16 units.
    private static (string Code, int Position) Cursor(Message request)
    {
        var code = request.Text("code");
        var left = request.Number("cursor_pos", int.MaxValue);
        var position = 0;
        for (; left > 0 && position < code.Length; left--)
        {
            Rune.DecodeFromUtf16(code.AsSpan(position), out _, out var units);
            position += units;
        }
        return (code, position);
    }

    private static int CodePoints(string code, int position)
    {
        var count = 0;
        foreach (var _ in code.AsSpan(0, position).EnumerateRunes())
            count++;
        return count;
    }
}
