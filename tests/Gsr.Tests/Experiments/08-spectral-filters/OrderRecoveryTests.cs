using Gsr.Experiments.SpectralFilters;
using Gsr.Tests.Graphs;

namespace Gsr.Tests.Experiments.SpectralFilters;

public sealed class OrderRecoveryTests
{
    private static readonly double[] Turn = [.. Enumerable.Range(0, 72).Select(i => 2 * Math.PI * i / 72)];

    [Fact]
    public void The_same_circular_order_is_one_wherever_it_starts_and_whichever_way_it_turns()
    {
        double[] x = [.. Enumerable.Range(0, 12).Select(i => (0.3 * i) + (0.01 * i * i))];
        foreach (double shift in new[] { 0, 1.7, -40, 1000 })
        {
            Near.Equal(1, OrderRecovery.CircularRankCorrelation(x, [.. x.Select(v => v + shift)]));
            Near.Equal(1, OrderRecovery.CircularRankCorrelation(x, [.. x.Select(v => shift - v)]));
        }
        // Order counts, and not distance.
        Near.Equal(1, OrderRecovery.CircularRankCorrelation(x, [.. x.Select(v => 0.05 * Math.Exp(v))]));
    }

    [Fact]
    public void Random_orders_have_the_distribution_of_the_book()
    {
        var random = new Random(1);
        const int N = 20, Draws = 4000;
        var x = Enumerable.Range(0, N).Select(i => 2 * Math.PI * i / N).ToArray();
        double[] values = [.. Enumerable.Range(0, Draws).Select(_ => (N - 1) * OrderRecovery.CircularRankCorrelation(x, [.. x.Select(_ => 2 * Math.PI * random.NextDouble())]))];
        // The larger of two independent exponential variables: mean 3/2, and 1 - (1 - e^-t)² above t.
        Assert.Equal(1.5, values.Average(), 0.06);
        Assert.Equal(1 - Math.Pow(1 - Math.Exp(-2), 2), values.Count(v => v > 2) / (double)Draws, 0.03);
    }

    [Fact]
    public void It_equals_a_plain_double_loop_with_ties_and_without()
    {
        var random = new Random(2);
        for (int trial = 0; trial < 300; trial++)
        {
            int n = random.Next(4, 15);
            double[] x = Draw(), y = Draw();
            double expected = Math.Max(Resultant(1), Resultant(-1));
            Near.Equal(x.Distinct().Count() == 1 || y.Distinct().Count() == 1 ? double.NaN : expected, OrderRecovery.CircularRankCorrelation(x, y), 1e-9);

            double[] Draw() => [.. Enumerable.Range(0, n).Select(_ => random.Next(7) * 0.8)];

            double Resultant(int sign)
            {
                double cosines = 0, sines = 0;
                for (int i = 0; i < n; i++)
                {
                    double angle = (Score(x, i) - (sign * Score(y, i)));
                    cosines += Math.Cos(angle) / n;
                    sines += Math.Sin(angle) / n;
                }
                return (cosines * cosines) + (sines * sines);
            }

            double Score(double[] v, int i) => 2 * Math.PI * (v.Count(other => other < v[i]) + ((v.Count(other => other == v[i]) + 1) / 2.0)) / n;
        }
    }

    [Fact]
    public void Constant_angles_have_no_order_and_hostile_input_is_refused()
    {
        Assert.True(double.IsNaN(OrderRecovery.CircularRankCorrelation([1, 1, 1, 1], [1, 2, 3, 4])));
        Assert.True(double.IsNaN(OrderRecovery.CircularRankCorrelation([1, 2, 3, 4], [2, 2, 2, 2])));
        Assert.Throws<ArgumentException>(() => OrderRecovery.CircularRankCorrelation([1, 2, 3, 4], [1, 2, 3, double.NaN]));
    }

    [Fact]
    public void Nodes_that_peak_in_their_order_score_one_and_in_another_order_less()
    {
        double[,] bumps = Tuned(20, i => 2 * Math.PI * i / 20);
        Near.Equal(1, OrderRecovery.OnRing(bumps, Turn));
        Near.Equal(1, OrderRecovery.OnRing(Tuned(20, i => 1 - (2 * Math.PI * i / 20)), Turn));
        Near.Equal(Enumerable.Range(0, 20).Select(i => Math.IEEERemainder(2 * Math.PI * i / 20, 2 * Math.PI)).Select(a => a <= -Math.PI + 1e-9 ? a + (2 * Math.PI) : a),
            OrderRecovery.PreferredAngles(bumps, Turn).Select(a => a <= -Math.PI + 1e-9 ? a + (2 * Math.PI) : a), 1e-9);
        // There and back again is not round.
        Assert.InRange(OrderRecovery.OnRing(Tuned(20, i => Math.PI * Math.Abs(10 - i) / 11), Turn), 0, 0.3);
        int[] shuffled = [.. Enumerable.Range(0, 20)];
        new Random(5).Shuffle(shuffled);
        Assert.InRange(OrderRecovery.OnRing(Tuned(20, i => 2 * Math.PI * shuffled[i] / 20), Turn), 0, 0.4);
    }

    [Fact]
    public void A_node_that_does_not_vary_agrees_with_nothing()
    {
        double[,] bumps = Tuned(20, i => 2 * Math.PI * i / 20);
        for (int node = 0; node < 20; node += 2)
            for (int e = 0; e < 72; e++) bumps[e, node] = 0.1;
        Near.Equal(0.25, OrderRecovery.NodesOnRing(bumps, Turn));
        Assert.True(OrderRecovery.ExamplesOnRing(bumps, Turn) > 0.9);
        Assert.Equal(10, OrderRecovery.PreferredAngles(bumps, Turn).Count(double.IsNaN));
        Assert.Equal(0, OrderRecovery.OnRing(new double[72, 20], Turn));
        Assert.Equal(0, OrderRecovery.OnPath(new double[72, 20], Turn));
    }

    [Fact]
    public void On_a_path_the_order_counts_either_way()
    {
        double[] t = [.. Enumerable.Range(0, 50).Select(i => i / 49.0)];
        double[,] Along(Func<int, double> centre)
        {
            var z = new double[50, 10];
            for (int e = 0; e < 50; e++)
                for (int i = 0; i < 10; i++) z[e, i] = 3 + (2 * Math.Exp(-30 * Math.Pow(t[e] - centre(i), 2)));
            return z;
        }
        foreach (double[,] bumps in new[] { Along(i => i / 9.0), Along(i => 1 - (i / 9.0)) })
        {
            Near.Equal(1, OrderRecovery.NodesOnPath(bumps, t));
            Assert.True(OrderRecovery.OnPath(bumps, t) > 0.97);
        }
        Assert.InRange(OrderRecovery.OnPath(Along(i => (i * 7 % 10) / 9.0), t), 0, 0.7);
        Near.Equal([0.75], OrderRecovery.PreferredPositions(new double[,] { { 0 }, { 0 }, { 4 }, { 4 } }, [0, 0.25, 0.5, 1]));
    }

    [Fact]
    public void Neither_shuffled_angles_nor_renumbered_nodes_keep_the_order()
    {
        // Two waves of the ring, on an ellipse: the nodes' order alone is blind to the angles, the examples' alone to the nodes.
        var waves = new double[72, 20];
        for (int e = 0; e < 72; e++)
            for (int i = 0; i < 20; i++) waves[e, i] = (3 * Math.Cos(Turn[e]) * Math.Cos(2 * Math.PI * i / 20)) + (Math.Sin(Turn[e]) * Math.Sin(2 * Math.PI * i / 20));
        Assert.True(OrderRecovery.OnRing(waves, Turn) > 0.99);
        var random = new Random(4);
        double nodes = 0, examples = 0, both = 0;
        for (int trial = 0; trial < 20; trial++)
        {
            double[] shuffled = [.. Turn];
            random.Shuffle(shuffled);
            nodes += OrderRecovery.NodesOnRing(waves, shuffled) / 20;
            both = Math.Max(both, OrderRecovery.OnRing(waves, shuffled));
            int[] order = [.. Enumerable.Range(0, 20)];
            random.Shuffle(order);
            var renumbered = new double[72, 20];
            for (int e = 0; e < 72; e++)
                for (int i = 0; i < 20; i++) renumbered[e, i] = waves[e, order[i]];
            examples += OrderRecovery.ExamplesOnRing(renumbered, Turn) / 20;
            both = Math.Max(both, OrderRecovery.OnRing(renumbered, Turn));
        }
        Assert.True(nodes > 0.9, $"nodes {nodes}");
        Assert.True(examples > 0.5, $"examples {examples}");
        Assert.True(both < 0.5, $"both {both}");
    }

    [Fact]
    public void Along_a_path_the_examples_move_with_their_position_or_not()
    {
        double[] t = [.. Enumerable.Range(0, 40).Select(i => i / 39.0)];
        var rising = new double[40, 6];
        for (int e = 0; e < 40; e++)
            for (int i = 0; i < 6; i++) rising[e, i] = (t[e] - 0.5) * (i - 2.5);
        Near.Equal(1, OrderRecovery.ExamplesOnPath(rising, t));
        double[] shuffled = [.. t];
        new Random(1).Shuffle(shuffled);
        Assert.True(OrderRecovery.OnPath(rising, shuffled) < 0.5);
        Assert.Throws<ArgumentException>(() => OrderRecovery.OnPath(rising, [1, 2]));
    }

    [Fact]
    public void Localisation_is_one_for_a_single_node_and_nothing_for_a_wave()
    {
        var z = new double[2, 200];
        z[0, 7] = 1;
        for (int i = 0; i < 200; i++) z[1, i] = 5 + Math.Cos(2 * Math.PI * i / 200);
        Assert.True(double.IsNaN(OrderRecovery.LocalisationOnRing(new double[1, 200])));
        Assert.InRange(OrderRecovery.LocalisationOnRing(z), 0.49, 0.5);
    }

    /// <summary>Bumps on the circle about an angle for each node.</summary>
    private static double[,] Tuned(int nodes, Func<int, double> centre)
    {
        var z = new double[72, nodes];
        for (int e = 0; e < 72; e++)
            for (int i = 0; i < nodes; i++) z[e, i] = 0.5 + ((1 + (i % 3)) * Math.Exp(2 * Math.Cos(Turn[e] - centre(i))));
        return z;
    }
}
