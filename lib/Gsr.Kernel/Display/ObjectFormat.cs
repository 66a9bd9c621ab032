using System.Reflection;
using System.Runtime.CompilerServices;
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

/// <summary>The readable members of a type, in declaration order, base type first.</summary>
internal static class Members
{
    // Weak, so that types of collectible assemblies (submissions of a notebook) can be unloaded.
    private static readonly ConditionalWeakTable<Type, IReadOnlyList<MemberInfo>> Cache = [];

    internal static IReadOnlyList<MemberInfo> Of(Type type) => Cache.GetValue(type, Find);

    /// <summary>The member's value; a getter that throws gives its exception's message instead.</summary>
    internal static object? Read(MemberInfo member, object owner)
    {
        try
        {
            return member is PropertyInfo property ? property.GetValue(owner) : ((FieldInfo)member).GetValue(owner);
        }
        catch (Exception error)
        {
            return Failure.Of(error);
        }
    }

    private static IReadOnlyList<MemberInfo> Find(Type type)
    {
        const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance;
        var properties = type.GetProperties(Public).Where(property => property.GetMethod is { IsPublic: true } getter
            && getter.GetParameters().Length == 0 && !property.PropertyType.IsByRef
            && !property.PropertyType.IsPointer && !property.PropertyType.IsByRefLike);
        var fields = type.GetFields(Public).Where(field => !field.FieldType.IsPointer);
        return [.. properties.Cast<MemberInfo>().Concat(fields).DistinctBy(member => member.Name)
            .OrderBy(member => Distance(member.DeclaringType)).ThenBy(member => member.MetadataToken)];
    }

    private static int Distance(Type? type)
    {
        var distance = 0;
        for (; type is not null; type = type.BaseType)
            distance++;
        return distance;
    }

    internal sealed record Failure(string Message)
    {
        public static Failure Of(Exception error)
        {
            var cause = error is TargetInvocationException { InnerException: { } inner } ? inner : error;
            return new Failure($"{cause.GetType().Name}: {Text.Cut(cause.Message, Limits.CellText)}");
        }

        public override string ToString() => $"({Message})";
    }
}
