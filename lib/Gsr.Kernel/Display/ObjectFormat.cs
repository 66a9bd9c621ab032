using System.Reflection;
using Gsr.Kernel.Outputs;

namespace Gsr.Kernel.Display;

/// <summary>Any other object: a table of its properties, unless it has a text of its own.</summary>
internal static class ObjectFormat
{
    internal static MimeBundle Format(object value)
    {
        var type = value.GetType();
        var members = Members.Of(type);
        var text = Inline.Write(value);
        var bundle = MimeFormatter.Plain(text);
        if (members.Count == 0 || value is MemberInfo)
            return bundle;
        var table = new Table(["", Text.TypeName(type)]) { Keyed = true };
        foreach (var member in members.Take(3 * Limits.Columns))
        {
            var content = Members.Read(member, value);
            table.Add([member.Name, Text.Cell(content)], at => at == 1 && Text.IsNumber(content));
        }
        if (members.Count > 3 * Limits.Columns)
            table.Note = $"first {3 * Limits.Columns} of {Text.Count(members.Count)} members";
        return bundle.Add("text/html", table.ToHtml());
    }
}
