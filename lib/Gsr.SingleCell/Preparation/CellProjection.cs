using Gsr.Native;
using TorchSharp;

namespace Gsr.SingleCell.Preparation;

/// <summary>
/// Cells among a sample of them: for each its nearest ones of the sample, by which groups and pictures that were made of
/// the sample are carried over to all.
/// </summary>
/// <remarks>
/// Weights fall with the distance d as exp(-d² / 2σ²), σ half the distance to the k-th neighbour, and sum to 1. O(cells ·
/// sample · coordinates) time in matrix products, O(cells · k) memory. A cell of the sample has itself nearest.
/// </remarks>
/// <example><code>
/// CellProjection all = CellProjection.Onto(sample, inputs.Matrix);
/// int[] clusters = all.Labels(clustersOfSample);
/// float[,] picture = all.Means(pictureOfSample);
/// </code></example>
public sealed class CellProjection
{
    private const int Strip = 256;

    private CellProjection(int[,] neighbours, float[,] weights) => (Neighbours, Weights) = (neighbours, weights);

    /// <summary>Rows of the sample, [cells, k], nearest first; not a copy.</summary>
    public int[,] Neighbours { get; }

    /// <summary>Their weights, [cells, k], each row of sum 1; not a copy.</summary>
    public float[,] Weights { get; }

    /// <summary>Finds the neighbours.</summary>
    /// <param name="sample">[cells, dimensions] of the sample, at least one cell.</param>
    /// <param name="cells">[cells, dimensions] of all, or of the others.</param>
    /// <param name="neighbours">k, at least 1; default 15; lowered to the size of the sample.</param>
    /// <param name="progress">Takes a line up to four times a second where it takes longer than one.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="ArgumentException">Dimensions differ, there are none, or a value is not finite.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static CellProjection Onto(float[,] sample, float[,] cells, int neighbours = 15,
        Action<string>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sample);
        ArgumentNullException.ThrowIfNull(cells);
        Arguments.AtLeast(neighbours, 1, nameof(neighbours), "a cell needs at least 1 neighbour.");
        Arguments.NotEmpty(sample.Cast<float>().Take(1).ToArray(), nameof(sample), "coordinate");
        Arguments.Length(cells.GetLength(1), sample.GetLength(1), nameof(cells), "dimension of the sample");
        Finite(sample, nameof(sample));
        Finite(cells, nameof(cells));
        var (count, k) = (cells.GetLength(0), Math.Min(neighbours, sample.GetLength(0)));
        var (found, weights) = (new int[count, k], new float[count, k]);
        var watch = new Watch(progress, cancellationToken).Step("nearest cells of the sample");
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        var all = torch.from_array(cells);
        var own = torch.from_array(sample);
        var turned = own.t().contiguous();
        // ½ ‖s‖² - xᵀs, which orders as ‖x - s‖² does.
        var lengths = torch.einsum("ij,ij->i", own, own) * 0.5;
        for (var first = 0; first < count; first += Strip)
        {
            using var inner = torch.NewDisposeScope();
            var rows = Math.Min(Strip, count - first);
            var distances = lengths - torch.matmul(all.narrow(0, first, rows), turned);
            var nearest = distances.topk(k, dim: 1, largest: false, sorted: true).indexes.ToValues<long>();
            for (var row = 0; row < rows; row++)
            {
                for (var i = 0; i < k; i++) found[first + row, i] = (int)nearest[(row * k) + i];
                Weigh(sample, cells, first + row, found, weights);
            }
            watch.Report((first + rows) / (double)count);
        }
        return new CellProjection(found, weights);
    }

    /// <summary>The label that a cell's neighbours have with the largest weight, the lowest of equals.</summary>
    /// <param name="labels">One per cell of the sample.</param>
    public int[] Labels(IReadOnlyList<int> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var own = new int[Neighbours.GetLength(0)];
        for (var cell = 0; cell < own.Length; cell++)
        {
            own[cell] = Enumerable.Range(0, Neighbours.GetLength(1))
                .GroupBy(i => labels[Neighbours[cell, i]], i => Weights[cell, i])
                .OrderByDescending(group => group.Sum()).ThenBy(group => group.Key).First().Key;
        }
        return own;
    }

    /// <summary>Means of the neighbours' values by weight, [cells, values].</summary>
    /// <param name="values">[cells of the sample, values], such as coordinates of a picture.</param>
    public float[,] Means(float[,] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var means = new float[Neighbours.GetLength(0), values.GetLength(1)];
        for (var cell = 0; cell < means.GetLength(0); cell++)
        {
            for (var i = 0; i < Neighbours.GetLength(1); i++)
            {
                for (var j = 0; j < means.GetLength(1); j++)
                    means[cell, j] += Weights[cell, i] * values[Neighbours[cell, i], j];
            }
        }
        return means;
    }

    private static void Weigh(float[,] sample, float[,] cells, int cell, int[,] found, float[,] weights)
    {
        var squares = new double[found.GetLength(1)];
        for (var i = 0; i < squares.Length; i++)
        {
            for (var d = 0; d < cells.GetLength(1); d++)
            {
                double apart = cells[cell, d] - sample[found[cell, i], d];
                squares[i] += apart * apart;
            }
        }
        var farthest = squares.Max();
        var sum = 0.0;
        for (var i = 0; i < squares.Length; i++)
        {
            // 2σ² is half the square of the farthest distance.
            squares[i] = farthest > 0 ? Math.Exp(-2 * squares[i] / farthest) : 1;
            sum += squares[i];
        }
        for (var i = 0; i < squares.Length; i++) weights[cell, i] = (float)(squares[i] / sum);
    }

    private static void Finite(float[,] values, string argument)
    {
        foreach (var value in values)
        {
            if (!float.IsFinite(value))
                throw new ArgumentException($"{argument} holds {value}; every coordinate is finite.", argument);
        }
    }
}
