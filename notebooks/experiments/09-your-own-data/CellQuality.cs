using Gsr.SingleCell;
using Gsr.SingleCell.Preparation;

namespace Gsr.Experiments.OwnData;

/// <summary>Two numbers per cell whose scatter shows which cells are unusual.</summary>
public sealed class CellQuality
{
    private CellQuality(double[,] points, string xName, string yName) =>
        (Points, XName, YName) = (points, xName, yName);

    /// <summary>[cells, 2].</summary>
    public double[,] Points { get; }

    /// <summary>What the first number is.</summary>
    public string XName { get; }

    /// <summary>What the second number is.</summary>
    public string YName { get; }

    /// <summary>
    /// Of counts log10(1 + total) and the number of detected genes; of other values the cell's mean and standard
    /// deviation (n) over genes. <see cref="ValueKind.Auto"/> detects what the values are.
    /// </summary>
    /// <exception cref="ArgumentException">There are no genes, or a value is not finite.</exception>
    public static CellQuality Of(AnnotatedMatrix matrix, ValueKind kind = ValueKind.Auto)
    {
        var detectedKind = ValueKinds.Detect(matrix);
        if (matrix.GeneCount == 0) throw new ArgumentException("matrix has no genes.", nameof(matrix));
        if (kind == ValueKind.Auto) kind = detectedKind;
        var sums = matrix.Values.RowSums();
        var points = new double[matrix.CellCount, 2];
        if (kind == ValueKind.Counts)
        {
            var detected = matrix.Values.DetectedInRows();
            for (var cell = 0; cell < sums.Length; cell++)
                (points[cell, 0], points[cell, 1]) = (Math.Log10(1 + sums[cell]), detected[cell]);
            return new CellQuality(points, "log10(1 + total count)", "genes detected");
        }
        var means = Array.ConvertAll(sums, sum => sum / matrix.GeneCount);
        var squares = new double[sums.Length];
        matrix.Values.ForEachRow((cell, _, values) =>
        {
            foreach (var value in values) squares[cell] += (value - means[cell]) * (value - means[cell]);
            squares[cell] += (matrix.GeneCount - values.Length) * means[cell] * means[cell];
        });
        for (var cell = 0; cell < sums.Length; cell++)
            (points[cell, 0], points[cell, 1]) = (means[cell], Math.Sqrt(squares[cell] / matrix.GeneCount));
        return new CellQuality(points, "mean value", "standard deviation over channels");
    }
}
