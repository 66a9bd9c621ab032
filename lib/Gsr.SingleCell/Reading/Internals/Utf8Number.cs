using System.Globalization;
using System.Text;

namespace Gsr.SingleCell.Reading;

/// <summary>Numbers from bytes of text, without a string.</summary>
internal static class Utf8Number
{
    /// <summary>A whole number of 0 to 2³¹ - 1, digits only.</summary>
    public static bool TryWhole(ReadOnlySpan<byte> text, out int value)
    {
        long sum = 0;
        value = 0;
        if (text.Length is 0 or > 10) return false;
        foreach (var c in text)
        {
            var digit = (uint)c - '0';
            if (digit > 9) return false;
            sum = (10 * sum) + digit;
        }
        value = (int)sum;
        return sum <= int.MaxValue;
    }

    /// <summary>A finite number in invariant notation; blanks around it are skipped.</summary>
    public static bool TryFinite(ReadOnlySpan<byte> text, out float value)
    {
        // Most values of a count table are a few digits; those are exact as they are added up.
        if (text.Length is > 0 and <= 7)
        {
            int sum = 0, at = 0;
            for (; at < text.Length; at++)
            {
                var digit = (uint)text[at] - '0';
                if (digit > 9) break;
                sum = (10 * sum) + (int)digit;
            }
            if (at == text.Length)
            {
                value = sum;
                return true;
            }
        }
        text = text.Trim((byte)' ');
        return float.TryParse(
            text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out value) && float.IsFinite(value);
    }

    /// <summary>
    /// A number, finite or not: missing values and infinities in the spellings of R, Python and spreadsheets as well.
    /// </summary>
    public static bool TryAny(ReadOnlySpan<byte> text, out float value)
    {
        if (TryFinite(text, out value)) return true;
        if (text.Length > 40) return false;
        // TryFinite gives the infinity of a number that is too large.
        if (float.IsInfinity(value)) return true;
        var word = Encoding.ASCII.GetString(text).Trim();
        value = TextValues.IsMissing(word) ? float.NaN : word.TrimStart('+', '-').ToUpperInvariant() switch
        {
            "INF" or "INFINITY" => word[0] == '-' ? float.NegativeInfinity : float.PositiveInfinity,
            _ => 0,
        };
        return !float.IsFinite(value);
    }

    /// <summary>Cuts the first field off, at blanks or tabs; empty at the end.</summary>
    public static ReadOnlySpan<byte> NextField(ref ReadOnlySpan<byte> line)
    {
        var start = 0;
        while (start < line.Length && line[start] is (byte)' ' or (byte)'\t') start++;
        var end = start;
        while (end < line.Length && line[end] is not ((byte)' ' or (byte)'\t')) end++;
        var field = line[start..end];
        line = line[end..];
        return field;
    }
}
