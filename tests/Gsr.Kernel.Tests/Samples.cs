using System.Text.Json.Nodes;

namespace Gsr.Kernel.Tests;

/// <summary>Notebooks for tests, in the shape in which Jupyter writes them.</summary>
internal static class Samples
{
    public static JsonObject Code(string source, params string[] tags) => new()
    {
        ["cell_type"] = "code",
        ["execution_count"] = null,
        ["metadata"] = tags.Length == 0
            ? new JsonObject() : new JsonObject { ["tags"] = new JsonArray([.. tags.Select(tag => (JsonNode)tag)]) },
        ["outputs"] = new JsonArray(),
        ["source"] = Lines(source),
    };

    public static JsonObject Markdown(string source) => new()
    {
        ["cell_type"] = "markdown",
        ["metadata"] = new JsonObject(),
        ["source"] = Lines(source),
    };

    public static string Notebook(params JsonObject[] cells) => new JsonObject
    {
        ["cells"] = new JsonArray([.. cells]),
        ["metadata"] = new JsonObject
        {
            ["kernelspec"] = new JsonObject
            {
                ["display_name"] = ".NET (C#)",
                ["language"] = "C#",
                ["name"] = ".net-csharp"
            },
        },
        ["nbformat"] = 4,
        ["nbformat_minor"] = 4,
    }.ToJsonString();

    public static string Notebook(params string[] cells) => Notebook([.. cells.Select(cell => Code(cell))]);

    private static JsonArray Lines(string source) =>
        [.. source.Split('\n').Select((line, i) => (JsonNode)(i < source.Count(c => c == '\n') ? line + "\n" : line))];
}
