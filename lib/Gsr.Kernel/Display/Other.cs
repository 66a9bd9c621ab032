using System.Text.Json;
using System.Text.Json.Nodes;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Outputs;

namespace Gsr.Kernel.Display;

/// <summary>Exceptions, delegates, tasks and JSON.</summary>
internal static class Other
{
    // The text is escaped where it meets markup.
    private static readonly JsonSerializerOptions Indented =
        new(JsonObjects.Compact) { WriteIndented = true, NewLine = "\n" };

    internal static MimeBundle? TryFormat(object value) => value switch
    {
        Exception error => Failure(error),
        Delegate code => MimeFormatter.Plain(Signature(code)),
        Task task => MimeFormatter.Plain(State(task)),
        JsonNode or JsonElement { ValueKind: not JsonValueKind.Undefined } or JsonDocument =>
            MimeFormatter.Plain(JsonSerializer.Serialize(value, Indented)),
        _ => null,
    };

    private static MimeBundle Failure(Exception error)
    {
        var whole = Text.Cut(error.ToString(), Limits.PlainText);
        var head = Text.Escape(Text.Cut($"{error.GetType().FullName}: {error.Message}", Limits.CellText));
        return MimeFormatter.Plain(whole)
            .Add("text/html", $"<details><summary>{head}</summary><pre>{Text.Escape(whole)}</pre></details>");
    }

    internal static string Signature(Delegate code)
    {
        var method = code.Method;
        var parameters = method.GetParameters().Select(parameter =>
            $"{Text.TypeName(parameter.ParameterType)} {parameter.Name}".Trim());
        var result = method.ReturnType == typeof(void) ? "void" : Text.TypeName(method.ReturnType);
        return $"{Text.TypeName(code.GetType())}: ({string.Join(", ", parameters)}) → {result}";
    }

    /// <summary>The task's state. It is not waited for: showing a value must not block the cell.</summary>
    internal static string State(Task task)
    {
        var text = $"Task: {task.Status}";
        if (task.Exception?.InnerException is { } error)
            return $"{text}, {error.GetType().Name}: {error.Message}";
        var type = task.GetType();
        if (!task.IsCompletedSuccessfully || type.GetProperty("Result") is not { } result
            || result.PropertyType.Name == "VoidTaskResult")
            return text;
        return $"{text}, {Inline.Write(result.GetValue(task))}";
    }
}
