using System.Text.Json.Nodes;
using Gsr.Kernel.Outputs;

namespace Gsr.Kernel.Jupyter;

/// <summary>Outputs of cells as the messages that carry them.</summary>
internal static class OutputMessages
{
    /// <summary>The message's type and content.</summary>
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

    /// <summary>A bundle's representations.</summary>
    public static JsonObject Data(MimeBundle bundle)
    {
        var data = new JsonObject();
        foreach (var (type, value) in bundle.Data)
            data[type] = value.DeepClone();
        return data;
    }

    private static JsonObject Shown(MimeBundle bundle, (string Name, JsonNode Value) more) => new()
    {
        ["data"] = Data(bundle),
        ["metadata"] = bundle.Metadata.DeepClone(),
        [more.Name] = more.Value,
    };
}
