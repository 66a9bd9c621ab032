using System.Text;

namespace Gsr.SingleCell.Reading;

/// <summary>
/// The numbers of one table, with a decimal point or, where commas divide nothing, a decimal comma: the same
/// throughout, since 1,234 is two numbers apart by a thousand.
/// </summary>
internal sealed class TableNumber(byte separator)
{
    private const string Remedy = "Write all numbers with a decimal point and nothing between thousands.";

    private long _commaLine, _pointLine;
    private bool _commaCertain;
    private string _comma = "";

    /// <summary>Whether numbers of the table have a decimal comma.</summary>
    public bool HasDecimalComma => _commaLine > 0;

    /// <summary>Whether a field of such a table is a number, finite or not.</summary>
    public static bool IsNumber(string text, byte separator) =>
        new TableNumber(separator).TryRead(Encoding.UTF8.GetBytes(text), 1, out _);

    /// <summary>A field's number; NaN where it is missing.</summary>
    public bool TryRead(ReadOnlySpan<byte> field, long line, out float value)
    {
        if (Utf8Number.TryAny(field, out value))
        {
            if (separator != ',' && _pointLine == 0 && field.Contains((byte)'.')) _pointLine = line;
            return true;
        }
        if (separator == ',' || field.Length > 40 || field.Count((byte)',') != 1) return false;
        Span<byte> point = stackalloc byte[field.Length];
        field.CopyTo(point);
        var at = field.IndexOf((byte)',');
        point[at] = (byte)'.';
        if (!Utf8Number.TryFinite(point, out value)) return false;
        if (_commaLine == 0) (_commaLine, _comma) = (line, TextLines.Excerpt(field));
        // One to three digits, then three: it may be thousands.
        _commaCertain |= field.Length - at != 4 || at is 0 or > 4 || field[0] == '0';
        return true;
    }

    /// <summary>What to say of the decimal comma; null where there is none.</summary>
    /// <exception cref="DataFormatException">Numbers have commas and points, or commas that may be thousands'.
    /// </exception>
    public string? Remark(TextLines lines)
    {
        if (_commaLine == 0) return null;
        if (_pointLine > 0)
        {
            throw new DataFormatException(lines.Name, null, $"line {_commaLine}, number",
                $"{_comma}, and a decimal point in line {_pointLine}", "the same in every line", Remedy);
        }
        return _commaCertain ? $"Numbers have a decimal comma, such as {_comma} in line {_commaLine}."
            : throw new DataFormatException(lines.Name, null, $"line {_commaLine}, number",
                $"{_comma}, whose comma may be of decimals or thousands", "a decimal point", Remedy);
    }
}
