using System.Globalization;
using System.Text;

namespace Gsr.Kernel.Display;

/// <summary>Scalars as text, and the escaping and cutting that every formatter shares.</summary>
internal static class Text
{
    internal static string? Scalar(object? value) => value switch
    {
        null => "null",
        string text => text,
        char letter => letter.ToString(),
        bool flag => flag ? "true" : "false",
        double number => Number(number),
        float number when float.IsFinite(number) => number.ToString("R", CultureInfo.InvariantCulture),
        float number => Number(number),
        DateTime time => time.ToString(time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss.FFFFFFF",
            CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF zzz", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        Enum or TimeSpan or Guid or Uri or Version or StringBuilder => value.ToString(),
        Type type => TypeName(type),
        _ when value.GetType().IsPrimitive || value is decimal or Half or Int128 or UInt128
            || value.GetType().FullName is "System.Numerics.BigInteger" or "System.Numerics.Complex" =>
            ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>A number in a table, with six significant digits; any other value cut to a cell's length.</summary>
    internal static string Cell(object? value) => value switch
    {
        double number => Number(number, "G6"),
        float number => Number(number, "G6"),
        null => "null",
        _ => Cut(Inline.Write(value), Limits.CellText),
    };

    internal static bool IsNumber(object? value) =>
        value is double or float or decimal or int or long or short or byte or uint or ulong or ushort or sbyte or Half;

    private static string Number(double number, string format = "R") => number switch
    {
        double.PositiveInfinity => "∞",
        double.NegativeInfinity => "-∞",
        double.NaN => "NaN",
        _ => number.ToString(format, CultureInfo.InvariantCulture),
    };

    /// <summary>The text, or its beginning and how much was left out.</summary>
    internal static string Cut(string text, int limit)
    {
        if (text.Length <= limit)
            return text;
        var end = char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit;
        return $"{text.AsSpan(0, end)}… ({Count(text.Length)} characters)";
    }

    internal static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Escapes what HTML reads as markup, and quotes; other letters stay readable in the file.</summary>
    internal static string Escape(string text)
    {
        if (text.AsSpan().IndexOfAny("&<>\"") < 0)
            return text;
        return text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);
    }

    internal static string TypeName(Type type)
    {
        if (type.IsArray)
            return $"{TypeName(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return TypeName(inner) + "?";
        if (type.Name.StartsWith("<>f__AnonymousType", StringComparison.Ordinal))
            return "anonymous";
        if (!type.IsEnum && type.IsPrimitive
            || type == typeof(string) || type == typeof(object) || type == typeof(decimal))
            return Keyword(type);
        if (!type.IsGenericType)
            return type.Name;
        var name = type.Name.Split('`')[0];
        return $"{name}<{string.Join(", ", type.GetGenericArguments().Select(TypeName))}>";
    }

    private static string Keyword(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Boolean => "bool",
        TypeCode.Byte => "byte",
        TypeCode.SByte => "sbyte",
        TypeCode.Char => "char",
        TypeCode.Int16 => "short",
        TypeCode.UInt16 => "ushort",
        TypeCode.Int32 => "int",
        TypeCode.UInt32 => "uint",
        TypeCode.Int64 => "long",
        TypeCode.UInt64 => "ulong",
        TypeCode.Single => "float",
        TypeCode.Double => "double",
        TypeCode.Decimal => "decimal",
        TypeCode.String => "string",
        _ => type == typeof(object) ? "object" : type.Name,
    };
}

/// <summary>How much of a value is shown: a notebook is read, and reviewed as a file; a page is enough.</summary>
internal static class Limits
{
    internal const int EdgeRows = 10;
    internal const int Rows = 2 * EdgeRows;
    internal const int EdgeColumns = 10;
    internal const int Columns = 2 * EdgeColumns;
    internal const int Items = 100;
    internal const int Depth = 4;
    internal const int CellText = 120;
    internal const int NestedItems = 10;
    internal const int PlainText = 10_000;
}
