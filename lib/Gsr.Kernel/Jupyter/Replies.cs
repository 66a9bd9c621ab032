using System.Reflection;
using System.Text.Json.Nodes;
using Gsr.Kernel.Outputs;

namespace Gsr.Kernel.Jupyter;

/// <summary>What the kernel answers with.</summary>
internal static class Replies
{
    private static readonly string s_version =
        typeof(Replies).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Who the kernel is.</summary>
    public static JsonObject KernelInfo() => new()
    {
        ["status"] = "ok",
        ["protocol_version"] = Message.ProtocolVersion,
        ["implementation"] = "gsr",
        ["implementation_version"] = s_version,
        ["language_info"] = new JsonObject
        {
            ["name"] = "C#",
            ["version"] = "14.0",
            ["mimetype"] = "text/x-csharp",
            ["file_extension"] = ".cs",
            ["pygments_lexer"] = "csharp",
            ["codemirror_mode"] = "text/x-csharp",
        },
        ["banner"] = $"gsr {s_version}: C# 14 on .NET {Environment.Version}",
        ["help_links"] = new JsonArray(),
        ["debugger"] = false,
    };

    /// <summary>A cell that ran to its end.</summary>
    public static JsonObject Executed(int count, JsonObject userExpressions, MimeBundle? help) => new()
    {
        ["status"] = "ok",
        ["execution_count"] = count,
        ["user_expressions"] = userExpressions,
        // The only way that the protocol has to show something beside the cell's outputs.
        ["payload"] = help is null ? [] : new JsonArray(new JsonObject { ["source"] = "page", ["data"] = OutputMessages.Data(help), ["start"] = 0 }),
    };

    /// <summary>The value of one expression.</summary>
    public static JsonObject Value(MimeBundle? bundle) => new()
    {
        ["status"] = "ok",
        ["data"] = bundle is null ? new JsonObject { ["text/plain"] = "null" } : OutputMessages.Data(bundle),
        ["metadata"] = new JsonObject(),
    };

    /// <summary>A request that failed.</summary>
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

    /// <summary>An error as it is published.</summary>
    public static JsonObject ErrorContent(string name, string value, IReadOnlyList<string> traceback) => new()
    {
        ["ename"] = name,
        ["evalue"] = value,
        ["traceback"] = new JsonArray([.. traceback.Select(line => (JsonNode)line)]),
    };
}
