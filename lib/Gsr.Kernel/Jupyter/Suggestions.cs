using System.Text;
using System.Text.Json.Nodes;
using Gsr.Kernel.Sessions.Assistance;
using Gsr.Kernel.Sessions.Execution;

namespace Gsr.Kernel.Jupyter;

/// <summary>
/// The answers to what a front end asks while somebody is writing. Of a question that the session fails at nothing is known.
/// </summary>
internal static class Suggestions
{
    /// <summary>Whether a request is of this kind; it is answered at once, also while a cell runs.</summary>
    public static bool Concerns(Message request) => request.Type is "complete_request" or "inspect_request";

    /// <summary>What could stand at the cursor.</summary>
    public static async Task<JsonObject> CompleteAsync(Session session, Message request)
    {
        var (code, position) = Cursor(request);
        var found = await TryAsync(() => session.CompleteAsync(code, position), Completions.None(position)).ConfigureAwait(false);
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

    /// <summary>What is known of the symbol at the cursor.</summary>
    public static async Task<JsonObject> InspectAsync(Session session, Message request)
    {
        var (code, position) = Cursor(request);
        var detailed = request.Number("detail_level", 0) > 0;
        var found = await TryAsync(() => session.InspectAsync(code, position, detailed), null).ConfigureAwait(false);
        return new()
        {
            ["status"] = "ok",
            ["found"] = found is not null,
            ["data"] = found is null ? [] : new JsonObject { ["text/plain"] = found.Plain, ["text/markdown"] = found.Markdown },
            ["metadata"] = new JsonObject(),
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
        for (var rest = code.AsSpan(0, position); rest.Length > 0; count++)
        {
            Rune.DecodeFromUtf16(rest, out _, out var units);
            rest = rest[units..];
        }
        return count;
    }
}
