using System.Numerics;
using Gsr.Graphs;
using Gsr.Internals;
using Gsr.Native;
using TorchSharp;

namespace Gsr.Analysis.Pictures;

/// <summary>The stress of a layout, Σ over pairs of (|xᵢ - xⱼ| - Dᵢⱼ)² / Dᵢⱼ², D being graph distances.</summary>
internal sealed class LayoutStress
{
    private readonly float[,] _distances;
    private readonly int _count;

    public LayoutStress(FeatureGraph graph)
    {
        _count = graph.NodeCount;
        Arguments.DenseSize(_count, graph.Name);
        _distances = PathLengths(graph);
    }

    /// <summary>The stress, and that of the anchors: anchoring · Σⱼ D⁻²ᵢⱼ · |xᵢ - previousᵢ|² for each node.</summary>
    public double Of(NodePosition[] positions, IReadOnlyList<NodePosition>? previous, double anchoring)
    {
        double stress = 0;
        for (var i = 0; i < _count; i++)
        {
            double weights = 0;
            for (var j = 0; j < _count; j++)
            {
                if (j == i) continue;
                double wanted = _distances[i, j], weight = 1 / (wanted * wanted);
                var off = double.Hypot(positions[i].X - positions[j].X, positions[i].Y - positions[j].Y) - wanted;
                stress += weight * off * off / 2;
                weights += weight;
            }

            if (previous is null) continue;
            var (dx, dy) = (positions[i].X - previous[i].X, positions[i].Y - previous[i].Y);
            stress += anchoring * weights * ((dx * dx) + (dy * dy));
        }

        return stress;
    }

    /// <summary>
    /// Moves each node in turn to the minimum of a parabola that touches the stress from above where the node is, so
    /// that the stress never grows.
    /// </summary>
    public void Sweep(NodePosition[] positions, IReadOnlyList<NodePosition>? previous, double anchoring)
    {
        for (var i = 0; i < _count; i++)
        {
            var at = positions[i];
            double x = 0, y = 0, weights = 0;
            for (var j = 0; j < _count; j++)
            {
                if (j == i) continue;
                double wanted = _distances[i, j], weight = 1 / (wanted * wanted);
                var (dx, dy) = (at.X - positions[j].X, at.Y - positions[j].Y);
                var length = double.Hypot(dx, dy);
                var stretch = length > 0 ? wanted / length : 0;
                x += weight * (positions[j].X + (stretch * dx));
                y += weight * (positions[j].Y + (stretch * dy));
                weights += weight;
            }

            if (weights == 0) continue;
            if (previous is not null)
            {
                var anchor = anchoring * weights;
                x += anchor * previous[i].X;
                y += anchor * previous[i].Y;
                weights += anchor;
            }

            positions[i] = new NodePosition(x / weights, y / weights);
        }
    }

    /// <summary>
    /// Classical scaling (Torgerson 1952): the two largest eigenvectors of -½ J D² J, plus a small circle that
    /// separates nodes which it puts in one place.
    /// </summary>
    public NodePosition[] Start()
    {
        if (_count == 1) return [new NodePosition(0, 0)];
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        var squares = torch.from_array(_distances).to(torch.float64).Squared();
        var centred = (squares - squares.mean([0], true) - squares.mean([1], true))
            .Plus(squares.mean()).Times(-0.5);
        var (values, vectors) = SymmetricEigen.Of(centred);
        var eigenvalues = values.ToValues<double>();
        var axes = new[] { 1, 2 }.Select(k => Axis(
            vectors.select(1, _count - k).ToValues<double>(), eigenvalues[_count - k])).ToArray();
        return [.. Enumerable.Range(0, _count).Select(i =>
        {
            var (sin, cos) = Math.SinCos(2 * Math.PI * i / _count);
            return new NodePosition(axes[0][i] + (1e-3 * cos), axes[1][i] + (1e-3 * sin));
        })];

        static double[] Axis(double[] vector, double eigenvalue)
        {
            var peak = vector.MaxBy(Math.Abs);
            var scale = Math.Sign(peak) * Math.Sqrt(Math.Max(0, eigenvalue));
            return Array.ConvertAll(vector, v => v * scale);
        }
    }

    /// <summary>Shortest paths by Dijkstra from every node.</summary>
    private static float[,] PathLengths(FeatureGraph graph)
    {
        var n = graph.NodeCount;
        var apart = 1.5 * Math.Sqrt(n);
        var largest = graph.Edges.Count == 0 ? 1 : graph.Edges.Max(e => Math.Abs(e.Weight));
        var neighbours = new List<(int Node, double Length)>[n];
        for (var i = 0; i < n; i++) neighbours[i] = [];
        foreach (var (source, target, weight) in graph.Edges)
        {
            neighbours[source].Add((target, largest / Math.Abs(weight)));
            neighbours[target].Add((source, largest / Math.Abs(weight)));
        }

        // A path of n edges of the largest weight: weights may be so small that a path would leave the picture.
        var longest = Math.Max(apart, n);
        var lengths = new float[n, n];
        var components = graph.Components();
        Parallel.For(0, n, from =>
        {
            var distance = new double[n];
            Array.Fill(distance, double.PositiveInfinity);
            distance[from] = 0;
            var queue = new PriorityQueue<int, double>();
            queue.Enqueue(from, 0);
            while (queue.TryDequeue(out var node, out var length))
            {
                if (length > distance[node]) continue;
                foreach (var (next, step) in neighbours[node])
                {
                    if (length + step >= distance[next]) continue;
                    distance[next] = length + step;
                    queue.Enqueue(next, distance[next]);
                }
            }

            for (var to = 0; to < n; to++)
            {
                lengths[from, to] = (float)(
                    components[to] != components[from] ? apart : Math.Min(distance[to], longest));
            }
        });
        return lengths;
    }
}

/// <summary>Shifts, rotates and mirrors a layout onto another without scaling it.</summary>
internal static class Procrustes
{
    /// <summary>
    /// The rotation R, mirrored or not, that brings Σ |R xᵢ - yᵢ|² of the centred pictures to its minimum: in the plane
    /// its angle is that of Σ xᵢ* yᵢ, with x as complex numbers (and of Σ xᵢ yᵢ when mirrored).
    /// </summary>
    public static NodePosition[] Align(IReadOnlyList<NodePosition> positions, IReadOnlyList<NodePosition> reference)
    {
        Complex[] x = [.. Centred(positions).Select(Plane)], y = [.. Centred(reference).Select(Plane)];
        var (straight, mirrored) = (Complex.Zero, Complex.Zero);
        for (var i = 0; i < x.Length; i++)
        {
            straight += Complex.Conjugate(x[i]) * y[i];
            mirrored += x[i] * y[i];
        }

        // Mirrored only where that is clearly better, so that a picture on a line is not mirrored without need.
        var mirrors = Length(mirrored) > Length(straight) * (1 + 1e-9);
        var sum = mirrors ? mirrored : straight;
        var rotation = Length(sum) is > 0 and var length ? new(sum.Real / length, sum.Imaginary / length) : Complex.One;
        return Array.ConvertAll(x, p =>
        {
            var rotated = rotation * (mirrors ? Complex.Conjugate(p) : p);
            return new NodePosition(rotated.Real, rotated.Imaginary);
        });

        static Complex Plane(NodePosition p) => new(p.X, p.Y);

        static double Length(Complex z) => double.Hypot(z.Real, z.Imaginary);
    }

    /// <summary>The same picture with its mean at 0.</summary>
    public static NodePosition[] Centred(IReadOnlyList<NodePosition> positions)
    {
        var (x, y) = (positions.Average(p => p.X), positions.Average(p => p.Y));
        return [.. positions.Select(p => new NodePosition(p.X - x, p.Y - y))];
    }
}
