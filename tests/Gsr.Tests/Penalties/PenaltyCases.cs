using Gsr.Graphs;
using Gsr.Native;
using Gsr.Penalties;
using TorchSharp;

namespace Gsr.Tests.Penalties;

/// <summary>Graphs, products and batches that the penalty's tests run over.</summary>
internal static class PenaltyCases
{
    public static readonly PenaltyForm[] Forms = Enum.GetValues<PenaltyForm>();

    public static readonly LaplacianKind[] Kinds = Enum.GetValues<LaplacianKind>();

    private static readonly Dictionary<string, Func<FeatureGraph>> Graphs = new()
    {
        ["path 1"] = () => FeatureGraph.Path(1),
        ["path 7"] = () => FeatureGraph.Path(7),
        ["ring 20"] = () => FeatureGraph.Ring(20),
        ["grid 8x8"] = () => FeatureGraph.Grid(8, 8),
        ["grid 5x7"] = () => FeatureGraph.Grid(5, 7),
        ["grid 1x40"] = () => FeatureGraph.Grid(1, 40),
        ["torus 4x8"] = () => FeatureGraph.Torus(4, 8),
        ["torus 9x17"] = () => FeatureGraph.Torus(9, 17),
        ["star 40"] = () => FeatureGraph.Star(40),
        ["complete 12"] = () => FeatureGraph.Complete(12),
        ["binary tree 6"] = () => FeatureGraph.BinaryTree(6),
        ["kite"] = FeatureGraph.KrackhardtKite,
        ["wishbone 9"] = () => FeatureGraph.Wishbone(9),
        ["pairs"] = () => FeatureGraph.Path(2).Copies(3),
        ["copies of complete 10"] = () => FeatureGraph.Complete(10).Copies(6),
        ["isolated nodes"] = () => FeatureGraph.FromEdges(19, [new(0, 1, 0.5), new(1, 9, 2), new(4, 18, 1e-3)]),
        ["no edges"] = () => FeatureGraph.FromEdges(5, []),
        ["weighted random"] = () => Random(70, 300),
        ["permuted grid"] = () => FeatureGraph.Grid(10, 10).RewiredWithSameDegrees(3),
    };

    public static TheoryData<string> GraphNames => [.. Graphs.Keys];

    public static FeatureGraph Graph(string name) => Graphs[name]();

    /// <summary>Every product that takes the matrix.</summary>
    public static IEnumerable<QuadraticProduct> Products(CsrMatrix matrix)
    {
        yield return new TorchProduct(matrix);
        yield return new RowProduct(matrix);
        if (DiagonalProduct.Suits(matrix)) yield return new DiagonalProduct(matrix);
    }

    /// <summary>Values in [-2, 2) that are the same numbers in both precisions.</summary>
    public static double[] Values(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (double)(float)((4 * random.NextDouble()) - 2))];
    }

    public static torch.Tensor Tensor(double[] values, torch.ScalarType type, params long[] shape)
    {
        using var flat = torch.tensor(values, dtype: type);
        return flat.reshape(shape);
    }

    public static double[] ToArray(torch.Tensor tensor)
    {
        using var scope = torch.NewDisposeScope();
        return tensor.detach().to(torch.float64).contiguous().data<double>().ToArray();
    }

    /// <summary>Value, and the gradient that backward of factor · term leaves.</summary>
    public static (double Value, double Term, double[] Gradient) Run(
        IActivationPenalty penalty, double[] z, torch.ScalarType type, long[] shape, double weight, double factor = 1)
    {
        using var scope = torch.NewDisposeScope();
        var leaf = Tensor(z, type, shape).requires_grad_();
        var (term, value) = penalty.Evaluate(leaf, weight);
        term.Times(factor).backward();
        Assert.Equal(shape, leaf.grad!.shape);
        return (value, term.ToDouble(), ToArray(leaf.grad!));
    }

    /// <summary>Equality of arrays relative to the largest value that goes into them.</summary>
    public static void Near(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        var scale = Math.Max(1e-3, expected.Select(Math.Abs).DefaultIfEmpty().Max());
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(
                Math.Abs(expected[i] - actual[i]) <= tolerance * scale,
                $"[{i}]: expected {expected[i]:R}, got {actual[i]:R}");
        }
    }

    private static FeatureGraph Random(int nodes, int edges)
    {
        var random = new Random(5);
        return FeatureGraph.FromEdges(nodes, Enumerable.Range(0, edges)
            .Select(_ => (random.Next(nodes), random.Next(nodes)))
            .Where(e => e.Item1 < e.Item2)
            .Distinct()
            .Select(e => new Edge(e.Item1, e.Item2, random.NextDouble() + 0.01)));
    }
}
