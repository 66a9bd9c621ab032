namespace Gsr.SingleCell.Preparation;

/// <summary>
/// Cells among the barcodes of a raw matrix, most of which are empty droplets: the totals in their descending order,
/// both on a logarithmic scale, fall slowly over the cells and then steeply (Macosko et al. 2015).
/// </summary>
internal static class BarcodeRanks
{
    // Of a droplet without a cell, as is usual (Lun et al. 2019).
    private const double MostOfEmpty = 100;
    private const int FewestBarcodes = 500;
    private const int FewestCells = 20;

    // A fall by half an order of magnitude and more over a quarter of one of ranks is steeper than cells of one sample
    // are apart.
    private const double Fall = 0.5;
    private static readonly double Span = Math.Pow(10, 0.25);

    /// <summary>
    /// The least total of a cell; null where the matrix does not look raw: where most barcodes have more than a hundred
    /// counts, or the totals fall nowhere steeply.
    /// </summary>
    /// <param name="totals">One per barcode, none negative.</param>
    public static double? Knee(IEnumerable<double> totals)
    {
        double[] sorted = [.. totals.OrderDescending()];
        if (sorted.Length < FewestBarcodes || sorted[sorted.Length / 2] > MostOfEmpty) return null;
        // The first rank from which totals fall steeply, and from there the steepest.
        int? steepest = null;
        var most = Fall;
        for (var rank = FewestCells; rank * Span < sorted.Length / 2.0; rank++)
        {
            var fall = Height(rank) - Height((int)(rank * Span));
            if (fall > most) (steepest, most) = (rank, fall);
            else if (steepest is { } found && rank > found * Span) break;
        }
        // Half way down, on the scale of orders of magnitude.
        return steepest is { } from && sorted[from - 1] > MostOfEmpty
            ? Math.Pow(10, Height(from) - (most / 2)) : null;

        double Height(int rank) => Math.Log10(1 + sorted[rank - 1]);
    }
}
