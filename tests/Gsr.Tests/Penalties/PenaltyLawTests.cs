using Gsr.Penalties;
using Gsr.Tests.Graphs;
using TorchSharp;

namespace Gsr.Tests.Penalties;

/// <summary>Laws of the penalty on hundreds of random graphs, of the product that the library chooses.</summary>
public sealed class PenaltyLawTests
{
    [Fact]
    public void Gradient_equals_central_differences() => GraphSample.Check(sample =>
    {
        foreach (var kind in PenaltyCases.Kinds)
        {
            foreach (var form in PenaltyCases.Forms)
            {
                var penalty = new GraphPenalty(sample.Graph.Laplacian(kind), form);
                double[] z = [.. sample.Signal, .. sample.OtherSignal];
                var gradient = Gradient(penalty, z, 2);
                for (var i = 0; i < z.Length; i++)
                {
                    const double H = 1e-5;
                    var kept = z[i];
                    z[i] = kept + H;
                    var above = Value(penalty, z, 2);
                    z[i] = kept - H;
                    var below = Value(penalty, z, 2);
                    z[i] = kept;
                    Near.Equal((above - below) / (2 * H), gradient[i], 1e-4);
                }
            }
        }
    });

    [Fact]
    public void Renumbering_nodes_and_activations_alike_changes_nothing() => GraphSample.Check(sample =>
    {
        foreach (var form in PenaltyCases.Forms)
        {
            var penalty = new GraphPenalty(sample.Graph.Laplacian(), form);
            var renumbered = new GraphPenalty(sample.Graph.Permuted(sample.Permutation).Laplacian(), form);
            var z = sample.Signal;
            Near.Equal(Value(penalty, z, 1), Value(renumbered, sample.Renumbered(z), 1), 1e-10);
            Near.Equal(
                sample.Renumbered(Gradient(penalty, z, 1)), Gradient(renumbered, sample.Renumbered(z), 1), 1e-10);
        }
    });

    [Fact]
    public void The_quotient_ignores_the_scale_and_the_form_squares_it() => GraphSample.Check(sample =>
    {
        double[] scaled = [.. sample.Signal.Select(v => -1e-6 * v)];
        var quotient = new GraphPenalty(sample.Graph.Laplacian(), PenaltyForm.RayleighQuotient);
        var form = new GraphPenalty(sample.Graph.Laplacian());
        Near.Equal(Value(quotient, sample.Signal, 1), Value(quotient, scaled, 1), 1e-10);
        Near.Equal(1e-12 * Value(form, sample.Signal, 1), Value(form, scaled, 1), 1e-20);
        // Euler: the gradient of a function that ignores scale is orthogonal to its argument.
        var along = Gradient(quotient, sample.Signal, 1).Zip(sample.Signal, (g, v) => g * v).Sum();
        Near.Equal(0, along, 1e-10);
    });

    [Fact]
    public void The_form_is_never_negative_and_zero_for_a_constant() => GraphSample.Check(sample =>
    {
        var penalty = new GraphPenalty(sample.Graph.Laplacian());
        Assert.True(Value(penalty, sample.Signal, 1) >= -1e-10);
        double[] constant = [.. sample.Signal.Select(_ => 3.0)];
        Near.Equal(0, Value(penalty, constant, 1), 1e-10);
        Near.Equal(constant.Select(_ => 0.0), Gradient(penalty, constant, 1), 1e-10);
    });

    [Fact]
    public void The_mean_is_over_the_examples() => GraphSample.Check(sample =>
    {
        var penalty = new GraphPenalty(sample.Graph.Laplacian());
        var (a, b) = (Value(penalty, sample.Signal, 1), Value(penalty, sample.OtherSignal, 1));
        Near.Equal((a + b) / 2, Value(penalty, [.. sample.Signal, .. sample.OtherSignal], 2), 1e-10);
    });

    private static double Value(GraphPenalty penalty, double[] z, int batch)
    {
        using var scope = torch.NewDisposeScope();
        return penalty.Evaluate(PenaltyCases.Tensor(z, torch.float64, batch, z.Length / batch)).Value;
    }

    private static double[] Gradient(GraphPenalty penalty, double[] z, int batch) =>
        PenaltyCases.Run(penalty, z, torch.float64, [batch, z.Length / batch], 1).Gradient;
}
