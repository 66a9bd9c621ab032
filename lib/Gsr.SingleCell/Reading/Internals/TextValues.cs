using System.Globalization;

namespace Gsr.SingleCell.Reading;

/// <summary>Fields of text as values: what is missing, and the type of a column.</summary>
internal static class TextValues
{
    /// <summary>Whether a field stands for no value.</summary>
    public static bool IsMissing(string text) => text is "" or "NA" or "NaN" or "nan" or "N/A" or "null";

    /// <summary>The field, or null where it stands for no value.</summary>
    public static string? OrNull(string text) => IsMissing(text) ? null : text;

    /// <summary>A column as whole numbers, numbers, truth values or text, whichever fits all its values.</summary>
    /// <param name="texts">The fields, null where one is missing.</param>
    /// <param name="decimalComma">Whether numbers may have a comma in the place of a point.</param>
    public static Array Typed(string?[] texts, bool decimalComma)
    {
        string[] present = [.. texts.OfType<string>()];
        var complete = present.Length == texts.Length;
        if (present.Length == 0) return texts;
        if (complete && present.All(text => bool.TryParse(text, out _)))
            return Array.ConvertAll(texts, text => bool.Parse(text!));
        // 007 is a code and no number.
        if (present.Any(text => text.Length > 1 && text[0] == '0' && char.IsAsciiDigit(text[1]))) return texts;
        if (complete && present.All(IsWhole))
            return Array.ConvertAll(texts, text => long.Parse(text!, CultureInfo.InvariantCulture));
        return present.All(text => TryNumber(text, out _))
            ? Array.ConvertAll(texts, text => text is not null && TryNumber(text, out var v) ? v : double.NaN)
            : texts;

        bool TryNumber(string text, out double value) => double.TryParse(
            decimalComma ? text.Replace(',', '.') : text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    private static bool IsWhole(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);
}
