using System.Collections;
using Gsr.Kernel.Outputs;

namespace Gsr.Kernel.Display;

/// <summary>Dictionaries, as a table of keys and values.</summary>
internal static class DictionaryFormat
{
    internal static MimeBundle? TryFormat(object value)
    {
        if (value is not IDictionary pairs)
            return null;
        var table = new Table(["key", "value"]) { Keyed = true };
        foreach (DictionaryEntry pair in pairs)
        {
            var (key, content) = (pair.Key, pair.Value);
            table.Add([Text.Cell(key), Text.Cell(content)], at => Text.IsNumber(at == 0 ? key : content));
            if (table.Count == Limits.Rows)
                break;
        }
        if (pairs.Count > Limits.Rows)
            table.Note = $"first {Limits.Rows} of {Text.Count(pairs.Count)} entries";
        var bundle = MimeFormatter.Plain(Inline.Write(value, Limits.Rows));
        return pairs.Count == 0 ? bundle : bundle.Add("text/html", table.ToHtml());
    }
}
