namespace Gsr.Analysis.Pictures;

/// <summary>Values as they are drawn: four significant digits, finer than a pixel, keep figures small.</summary>
internal static class Rounding
{
    internal const int Digits = 4;

    internal static double Significant(double value)
    {
        if (value == 0 || !double.IsFinite(value)) return value;
        var decimals = Digits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(value)));
        // Powers of ten are exact only up to 10^22; beyond, and for what Math.Round cannot scale, the text form rounds.
        return decimals is >= 0 and <= 15
            ? Math.Round(value, decimals)
            : double.Parse(value.ToString("E3", Invariant), Invariant);
    }

    /// <summary>Rounded, with null, a gap, for NaN: JSON has no NaN.</summary>
    internal static double? OrGap(double value) => double.IsNaN(value) ? null : Significant(value);

    internal static double[] All(IEnumerable<double> values) => [.. values.Select(Significant)];

    /// <summary>Steps and node numbers: exact integers, or rounded if they are not whole.</summary>
    internal static object Counts(IReadOnlyList<double> values) =>
        values.All(value => Math.Abs(value) <= int.MaxValue && value == Math.Truncate(value))
            ? values.Select(value => (int)value).ToArray()
            : All(values);

    internal static double?[] AllOrGap(IEnumerable<double> values) => [.. values.Select(OrGap)];

    private static System.Globalization.CultureInfo Invariant => System.Globalization.CultureInfo.InvariantCulture;
}
