using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;

namespace Gsr.Kernel.Display;

/// <summary>Any value as one line of text, limited in length and depth, safe with cycles and failing getters.</summary>
internal sealed class Inline(int items)
{
    private readonly StringBuilder _text = new();
    private readonly HashSet<object> _open = new(ReferenceEqualityComparer.Instance);

    internal static string Write(object? value, int items = Limits.NestedItems)
    {
        var writer = new Inline(items);
        writer.Append(value, 0);
        return writer._text.ToString();
    }

    private void Append(object? value, int depth)
    {
        if (_text.Length > Limits.PlainText)
            return;
        if (value is string text)
            _text.Append(Text.Cut(text, depth == 0 ? Limits.PlainText : Limits.CellText));
        else if (Text.Scalar(value) is { } scalar)
            _text.Append(scalar);
        else if (Known(value!) is { } known)
            _text.Append(known);
        else if (!_open.Add(value!))
            _text.Append("(cycle)");
        else
        {
            AppendGuarded(value!, depth);
            _open.Remove(value!);
        }
    }

    // One value that cannot be shown must not hide those around it.
    private void AppendGuarded(object value, int depth)
    {
        var start = _text.Length;
        try
        {
            AppendCompound(value, depth);
        }
        catch (Exception error) when (error is not InsufficientExecutionStackException)
        {
            _text.Length = start;
            _text.Append(Text.TypeName(value.GetType())).Append(' ').Append(Members.Failure.Of(error));
        }
    }

    private void AppendCompound(object value, int depth)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (depth >= Limits.Depth)
            _text.Append(Text.TypeName(value.GetType()));
        else if (value is IDictionary pairs)
            AppendAll(Guarded.Items(pairs), pairs.Count, "{ ", " }", depth);
        else if (value is DictionaryEntry entry)
            AppendPair(entry.Key, entry.Value, depth);
        else if (value is ITuple tuple)
            AppendAll(Enumerable.Range(0, tuple.Length).Select(at => tuple[at]), tuple.Length, "(", ")", depth);
        else if (value is IEnumerable sequence)
            AppendAll(Guarded.Items(sequence), value is ICollection all ? all.Count : null, "[", "]", depth);
        else if (KeyAndValue(value) is { } pair)
            AppendPair(pair.Key, pair.Value, depth);
        else if (OwnText(value) is { } own)
            _text.Append(own.Length == 0 ? Text.TypeName(value.GetType()) : Text.Cut(own, Limits.CellText));
        else
            AppendMembers(value, depth);
    }

    private void AppendPair(object? key, object? value, int depth)
    {
        Append(key, depth + 1);
        _text.Append(": ");
        Append(value, depth + 1);
    }

    private void AppendAll(IEnumerable<object?> sequence, int? count, string open, string close, int depth)
    {
        var limit = depth == 0 ? items : Limits.NestedItems;
        _text.Append(open);
        var seen = 0;
        foreach (var item in sequence)
        {
            if (seen == limit)
            {
                _text.Append(count is { } total ? $", … ({Text.Count(total)} in all)" : ", … (more)");
                break;
            }
            if (seen++ > 0)
                _text.Append(", ");
            Append(item, depth + 1);
        }
        _text.Append(close);
    }

    private void AppendMembers(object value, int depth)
    {
        var members = Members.Of(value.GetType());
        _text.Append(Text.TypeName(value.GetType())).Append(members.Count == 0 ? "" : " { ");
        for (var at = 0; at < Math.Min(members.Count, Limits.Columns); at++)
        {
            _text.Append(at > 0 ? ", " : "").Append(members[at].Name).Append(" = ");
            Append(Members.Read(members[at], value), depth + 1);
        }
        _text.Append(members.Count > Limits.Columns ? ", …" : "").Append(members.Count == 0 ? "" : " }");
    }

    private static string? Known(object value) => value switch
    {
        Members.Failure failure => failure.ToString(),
        Exception error => $"{error.GetType().Name}: {Text.Cut(error.Message, Limits.CellText)}",
        Delegate code => Other.Signature(code),
        Task task => Other.State(task),
        MemberInfo member => member.ToString(),
        JsonNode json => Text.Cut(json.ToJsonString(), Limits.CellText),
        Deedle.IFrame frame => FrameFormat.Summary(frame),
        _ => TensorFormat.Summary(value),
    };

    /// <summary>A type's own ToString, unless the compiler wrote it: a record's does not stop at cycles.</summary>
    private static string? OwnText(object value)
    {
        var type = value.GetType();
        var method = type.GetMethod(nameof(ToString), Type.EmptyTypes);
        return method?.DeclaringType == typeof(object) || method?.DeclaringType == typeof(ValueType)
            || method is null || method.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
            || type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
            ? null : value.ToString();
    }

    private static (object? Key, object? Value)? KeyAndValue(object value)
    {
        var type = value.GetType();
        return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>)
            ? (type.GetProperty("Key")!.GetValue(value), type.GetProperty("Value")!.GetValue(value)) : null;
    }
}
