using Gsr.Experiments.Variants;
using Gsr.Graphs;
using TorchSharp;

namespace Gsr.Tests.Experiments.Variants;

public sealed class VariantTests
{
    [Fact]
    public void A_swiss_roll_turns_outwards_and_an_s_curve_has_the_length_of_three_half_circles()
    {
        var roll = RolledSheet.SwissRoll(500, seed: 1);
        for (var i = 0; i < 500; i++)
        {
            var radius = Math.Sqrt(Math.Pow(roll.Points[i, 0], 2) + Math.Pow(roll.Points[i, 2], 2));
            Assert.Equal(0.15 * Math.PI * (1 + (2 * roll.Along[i])), radius, 1e-9);
            Assert.InRange(roll.Points[i, 1], -1, 1);
        }

        // Both halves of the S are arcs of circles of radius 1 around (0, ±1).
        var curve = RolledSheet.SCurve(500, seed: 1);
        for (var i = 0; i < 500; i++)
        {
            var (x, z) = (curve.Points[i, 0], curve.Points[i, 2]);
            Assert.Equal(1, Math.Sqrt((x * x) + Math.Pow(Math.Abs(z) - 1, 2)), 1e-9);
        }

        Assert.Equal(roll.Points, RolledSheet.SwissRoll(500, seed: 1).Points);
        Assert.NotEqual(roll.Points, RolledSheet.SwissRoll(500, seed: 2).Points);
        Assert.Throws<ArgumentOutOfRangeException>(() => RolledSheet.SwissRoll(1, 0));
    }

    [Fact]
    public void The_lowest_frequency_reads_a_wave_along_the_path_and_not_on_permuted_nodes()
    {
        var path = FeatureGraph.Path(10);
        var along = Enumerable.Range(0, 200).Select(i => i / 200.0).ToArray();
        var codes = new double[200, 10];
        for (var i = 0; i < 200; i++)
            for (var n = 0; n < 10; n++) codes[i, n] = Math.Exp(-Math.Pow((n / 9.0) - along[i], 2) / 0.05);
        Assert.InRange(FrequencyReading.Of(codes, path, along), 0.95, 1);
        Assert.InRange(FrequencyReading.Of(codes, path, along, permuted: 3), 0, 0.9);
        Assert.Equal(1, FrequencyReading.BestColumn(new[,] { { 1.0, 3 }, { 2.0, 1 }, { 3.0, 2 } }, [3, 2, 1]), 1e-12);
    }

    [Fact]
    public void Groups_are_read_by_their_number_or_by_the_best_naming()
    {
        // Group 0 answers to class 1, group 1 to class 0, group 2 to class 2.
        int[] labels = [.. Enumerable.Range(0, 90).Select(i => i % 3)], answers = [1, 0, 2];
        var hidden = new double[90, 6];
        for (var i = 0; i < 90; i++)
            for (var n = 0; n < 6; n++) hidden[i, n] = answers[n / 2] == labels[i] ? 5 : 0;
        int[] groupOf = [0, 0, 1, 1, 2, 2];
        Assert.Equal(1 / 3.0, NamedGroups.ByNumber(hidden, groupOf, labels), 1e-12);
        Assert.Equal(1, NamedGroups.ByBestNaming(hidden, groupOf, labels), 1e-12);
    }

    [Fact]
    public void The_batch_mean_penalty_and_its_gradient_are_those_of_the_formula()
    {
        using var z = torch.tensor(new double[] { 1, -2, 3, 4 }, [2, 2], dtype: torch.float64, requires_grad: true);
        var value = new BatchMeanPenalty().Evaluate(z, weight: 3);
        Assert.Equal(4 + 1, value.Value, 1e-12);
        Assert.Equal(15, value.Term.ToDouble(), 1e-12);
        value.Term.backward();
        // d/dz of 3 Σ m² is 3 · 2 m / n.
        Assert.Equal([6.0, 3, 6, 3], z.grad!.data<double>().ToArray());
        value.Term.Dispose();
    }
}
