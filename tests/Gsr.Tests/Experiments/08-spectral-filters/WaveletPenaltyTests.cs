using Gsr.Experiments.SpectralFilters;
using Gsr.Graphs;
using Gsr.Graphs.Filters;
using Gsr.Tests.Graphs;
using Gsr.Tests.Penalties;
using TorchSharp;

namespace Gsr.Tests.Experiments.SpectralFilters;

[Collection(Alone.Name)]
public sealed class WaveletPenaltyTests
{
    [Fact]
    public void The_value_is_the_sum_of_the_coefficients_and_the_gradient_a_sum_of_atoms() =>
        GraphSample.Check(sample =>
    {
        var laplacian = sample.Graph.Laplacian();
        var upper = Math.Max(1, SpectralBound.Of(laplacian).Upper);
        var wavelets = new MeyerWavelets(laplacian.Spectrum(), upper, 2);
        double[][] first = wavelets.Analyse(sample.Signal), second = wavelets.Analyse(sample.OtherSignal);
        var sum = first.Concat(second).Sum(row => row.Sum(Math.Abs));
        var (value, term, gradient) = PenaltyCases.Run(
            new WaveletPenalty(wavelets), [.. sample.Signal, .. sample.OtherSignal],
            torch.float64, [2, sample.Nodes], 0.3);
        Near.Equal(sum / 2, value, 1e-9);
        Near.Equal(0.3 * sum / 2, term, 1e-9);
        if (first.Concat(second).Any(row => row.Any(v => Math.Abs(v) < 1e-6))) return;

        var expected = new[] { first, second }.SelectMany(c => wavelets
            .Adjoint([.. c.Select(row => row.Select(v => (double)Math.Sign(v)).ToArray())])
            .Select(v => 0.3 / 2 * v));
        Near.Equal(expected, gradient, 1e-8);
    }, graphs: 60);

    [Fact]
    public void Gradient_equals_central_differences()
    {
        var penalty = new WaveletPenalty(new MeyerWavelets(FeatureGraph.Wishbone(7).Laplacian().Spectrum(), 6, 4));
        var z = PenaltyCases.Values(3 * 14, 11);
        var gradient = PenaltyCases.Run(penalty, z, torch.float64, [3, 14], 1).Gradient;
        for (var i = 0; i < z.Length; i++)
        {
            // So small that no coefficient changes its sign.
            const double H = 1e-7;
            double[] above = [.. z], below = [.. z];
            above[i] += H;
            below[i] -= H;
            Near.Equal((Value(above) - Value(below)) / (2 * H), gradient[i], 1e-6);
        }

        double Value(double[] values)
        {
            using var scope = torch.NewDisposeScope();
            return penalty.Evaluate(PenaltyCases.Tensor(values, torch.float64, 3, 14)).Value;
        }
    }

    [Fact]
    public void Zeros_have_no_gradient_and_evaluations_leave_no_tensor()
    {
        var penalty = new WaveletPenalty(new MeyerWavelets(FeatureGraph.Ring(20).Laplacian().Spectrum(), 4, 4));
        var (value, _, gradient) = PenaltyCases.Run(penalty, new double[40], torch.float32, [2, 20], 1);
        Assert.Equal(0, value);
        Assert.All(gradient, g => Assert.Equal(0, g));
        Assert.StartsWith(
            "Σ|Wz|, Meyer wavelets, 4 scales on [0, 4], of combinatorial Laplacian of ring 20", penalty.ToString());

        using var z = torch.randn(32, 20).requires_grad_();
        Assert.Equal(0, Alone.Growth(200, () =>
        {
            using var scope = torch.NewDisposeScope();
            penalty.Evaluate(z, 0.1).Term.backward();
        }));
    }
}
