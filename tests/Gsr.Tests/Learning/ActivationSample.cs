using FsCheck;
using FsCheck.Fluent;
using Gsr.Learning;

namespace Gsr.Tests.Learning;

/// <summary>
/// Random activations of small whole numbers, so that distances are exact and often equal, with constant and duplicate
/// nodes among them; prints the recipe that makes it again.
/// </summary>
public sealed record ActivationSample(int Nodes, int Samples, int Values, int Seed)
{
    public double[,] Matrix { get; } = Make(Nodes, Samples, Values, Seed);

    public NodeActivations Activations => NodeActivations.From(Matrix);

    public static void Check(Action<ActivationSample> law)
    {
        var samples =
            from nodes in Gen.Choose(1, 40)
            from count in Gen.Elements(1, 2, 5, 17, 300)
            from values in Gen.Elements(1, 2, 4, 1000)
            from seed in Gen.Choose(0, 1_000_000)
            select new ActivationSample(nodes, count, values, seed);
        Prop.ForAll(samples.ToArbitrary(), law)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(150).WithQuietOnSuccess(true));
    }

    /// <summary>The column of a node.</summary>
    public double[] Node(int node) => [.. Enumerable.Range(0, Samples).Select(s => Matrix[s, node])];

    public bool IsConstant(int node) => Node(node).Distinct().Count() == 1;

    private static double[,] Make(int nodes, int samples, int values, int seed)
    {
        var random = new Random(seed);
        var matrix = new double[samples, nodes];
        for (var i = 0; i < nodes; i++)
        {
            var kind = random.Next(6);
            var twin = i > 0 ? random.Next(i) : 0;
            for (var s = 0; s < samples; s++)
            {
                matrix[s, i] = kind switch
                {
                    0 => 3,
                    1 => matrix[s, twin],
                    _ => random.Next(values),
                };
            }
        }

        return matrix;
    }
}
