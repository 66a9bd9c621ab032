using Gsr.SingleCell.Preparation;

namespace Gsr.Experiments.OwnData;

/// <summary>Two numbers per cell whose scatter shows which cells are unusual.</summary>
public sealed class CellQuality
{
    private CellQuality(double[,] points, int[] isLeftOut, string xName, string yName) =>
        (Points, IsLeftOut, XName, YName) = (points, isLeftOut, xName, yName);

    /// <summary>[cells, 2], of a random sample where there are many.</summary>
    public double[,] Points { get; }

    /// <summary>For each of them 0 if the cell was kept, 1 if it was left out.</summary>
    public int[] IsLeftOut { get; }

    /// <summary>What the first number is.</summary>
    public string XName { get; }

    /// <summary>What the second number is.</summary>
    public string YName { get; }

    /// <summary>
    /// Of counts log10(1 + total) and the number of detected genes; of other values the cell's mean and standard
    /// deviation (n) over genes.
    /// </summary>
    public static CellQuality Of(NetworkInputs inputs)
    {
        var counts = inputs.Kind == ValueKind.Counts;
        double[] x = inputs.Quality.Numbers(counts ? "total_counts" : "mean_value"),
            y = inputs.Quality.Numbers(counts ? "n_genes_by_counts" : "standard_deviation");
        int[] cells = [.. CellSample.Of(x.Length, CellSample.ForPictures).Where(cell => !double.IsNaN(x[cell]))];
        var points = new double[cells.Length, 2];
        for (var i = 0; i < cells.Length; i++)
            (points[i, 0], points[i, 1]) = (counts ? Math.Log10(1 + x[cells[i]]) : x[cells[i]], y[cells[i]]);
        return new CellQuality(points, Array.ConvertAll(cells, cell => inputs.Kept[cell] ? 0 : 1),
            counts ? "log10(1 + total count)" : "mean value",
            counts ? "genes detected" : "standard deviation over channels");
    }
}
