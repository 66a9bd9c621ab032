using System.Globalization;
using MathNet.Numerics.LinearAlgebra;

namespace Gsr.SingleCell.Reading;

/// <summary>
/// The spillover matrix of an FCS file ($SPILLOVER of FCS 3.1, SPILL of earlier writers): row i says which share of
/// fluorochrome i each detector sees, so that observed = true · S and true = observed · S⁻¹.
/// </summary>
internal sealed class FcsSpillover
{
    private readonly int[] _channels;
    private readonly Matrix<double> _inverse;

    private FcsSpillover(int[] channels, Matrix<double> inverse) => (_channels, _inverse) = (channels, inverse);

    /// <summary>The keyword's text, or null.</summary>
    public static string? Keyword(FcsText text) =>
        text.Find("$SPILLOVER") ?? text.Find("SPILLOVER") ?? text.Find("SPILL") ?? text.Find("$SPILL");

    /// <summary>The file's matrix; null where there is none, it is none, or spills nothing.</summary>
    public static FcsSpillover? Read(FcsText text, string?[] channels)
    {
        if (Keyword(text) is not { } keyword) return null;
        var parts = keyword.Split(',', StringSplitOptions.TrimEntries);
        if (!int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count < 1
            || count > channels.Length || parts.Length != 1 + count + (count * count)) return null;
        var places = Array.ConvertAll(parts[1..(count + 1)], name => Array.IndexOf(channels, name));
        var values = Array.ConvertAll(parts[(count + 1)..], part => double.TryParse(
            part, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.NaN);
        if (places.Contains(-1) || !values.All(double.IsFinite)) return null;
        var matrix = Matrix<double>.Build.DenseOfRowMajor(count, count, values);
        if (matrix.Equals(Matrix<double>.Build.DenseIdentity(count))) return null;
        var inverse = matrix.Inverse();
        return inverse.Enumerate().All(double.IsFinite) ? new FcsSpillover(places, inverse) : null;
    }

    /// <summary>The events with the spillover taken out.</summary>
    public DenseMatrix Applied(DenseMatrix events)
    {
        var values = events.Values.ToArray();
        var observed = new double[_channels.Length];
        for (var row = 0; row < events.Rows; row++)
        {
            var own = values.AsSpan(row * events.Columns, events.Columns);
            for (var i = 0; i < observed.Length; i++) observed[i] = own[_channels[i]];
            for (var j = 0; j < observed.Length; j++)
            {
                double sum = 0;
                for (var i = 0; i < observed.Length; i++) sum += observed[i] * _inverse[i, j];
                own[_channels[j]] = (float)sum;
            }
        }
        return new DenseMatrix(events.Rows, events.Columns, values);
    }

    public override string ToString() => $"The spillover of {_channels.Length} channels";
}
