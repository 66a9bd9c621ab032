using System.Text.Json.Nodes;
using Gsr.Kernel.Display;
using Gsr.Kernel.Sessions.Execution;

namespace Gsr.Kernel.Jupyter;

/// <summary>What a front end shows of the variables: all in a table, one of them closely.</summary>
internal static class Variables
{
    public static Task<JsonObject> ListAsync(Session session) => AskAsync(session, () => new JsonObject
    {
        ["status"] = "ok",
        ["variables"] = new JsonArray([.. session.Variables.Select(one => new JsonObject
        {
            ["name"] = one.Variable.Name,
            ["language"] = one.Language,
            ["type"] = Text.TypeName(one.Variable.Value?.GetType() ?? one.Variable.Type),
            ["shape"] = Preview.Shape(one.Variable.Value),
            ["value"] = Preview.Line(one.Variable.Value),
        })]),
    });

    public static Task<JsonObject> PreviewAsync(Session session, Message request)
    {
        var (name, language) = (request.Text("name"), request.Text("language"));
        return AskAsync(session, () => session.Variables.FirstOrDefault(
            one => one.Variable.Name == name && one.Language == language) is { Variable: { } found }
                ? new JsonObject { ["status"] = "ok", ["html"] = Preview.Html(found.Value) }
                : Replies.Error("NoVariable", $"{language} has no variable \"{name}\".", []));
    }

    // On the cells' thread and never beside one: to show a value is to call into the library that it comes from.
    private static async Task<JsonObject> AskAsync(Session session, Func<JsonObject> answer)
    {
        var content = Replies.Error("NoAnswer", "The variables could not be read.", []);
        await session.CallAsync(() => content = answer(), "variables", static _ => { }, CancellationToken.None);
        return content;
    }
}
