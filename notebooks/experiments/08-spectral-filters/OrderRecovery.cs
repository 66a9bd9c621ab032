using Gsr.Analysis;
using Gsr.Analysis.Metrics;

namespace Gsr.Experiments.SpectralFilters;

/// <summary>
/// Does a layer on a ring or a path follow a manifold of one dimension in the data? Two things are measured, from
/// activations [examples, nodes] and the examples' places on the manifold: that each node is active at the place on the
/// manifold that its number says, and that for each example the nodes are active where its place says.
/// </summary>
/// <remarks>
/// Each alone can be high without structure. A code of two waves on a ring has its nodes in order for any angles of the
/// examples, even shuffled ones; a code that is a circle anywhere in space has its examples in order under any
/// numbering of the nodes. <see cref="OnRing"/> and <see cref="OnPath"/> are the smaller of the two: 0 .. 1, 1 where
/// the activity moves round the ring or along the path with the place, in either direction.
/// </remarks>
public static class OrderRecovery
{
    /// <summary>The smaller of <see cref="NodesOnRing"/> and <see cref="ExamplesOnRing"/>; at least 4 nodes.</summary>
    public static double OnRing(double[,] activations, IReadOnlyList<double> angles) =>
        Math.Min(NodesOnRing(activations, angles), ExamplesOnRing(activations, angles));

    /// <summary>The smaller of the order of the nodes and that of the examples on a path.</summary>
    public static double OnPath(double[,] activations, IReadOnlyList<double> positions) =>
        Math.Min(NodesOnPath(activations, positions), ExamplesOnPath(activations, positions));

    /// <summary>
    /// On a ring of N nodes, node i at 2πi/N: Mardia's r₀ of the nodes' places with their preferred angles, times (live
    /// / N)², so that a node without one agrees with nothing. Angles are spread evenly over the circle.
    /// </summary>
    public static double NodesOnRing(double[,] activations, IReadOnlyList<double> angles)
    {
        var preferred = PreferredAngles(activations, angles);
        var live = Live(preferred);
        if (live.Length < 4) return 0;
        double[] places = [.. live.Select(i => 2 * Math.PI * i / preferred.Length)];
        var agreement = CircularRankCorrelation(places, [.. live.Select(i => preferred[i])]);
        return double.IsNaN(agreement)
            ? 0
            : agreement * live.Length * live.Length / preferred.Length / preferred.Length;
    }

    /// <summary>
    /// Mardia's r₀ of the examples' angles with the places on the ring that they activate: the direction of Σᵢ dᵢ
    /// e^(2πi·i/N), with dᵢ the node's activation less its mean, in its standard deviations; 0 where no node varies.
    /// </summary>
    public static double ExamplesOnRing(double[,] activations, IReadOnlyList<double> angles)
    {
        var cosines = Moments(activations, (i, nodes) => Math.Cos(2 * Math.PI * i / nodes));
        var sines = Moments(activations, (i, nodes) => Math.Sin(2 * Math.PI * i / nodes));
        var agreement = CircularRankCorrelation([.. cosines.Zip(sines, (c, s) => Math.Atan2(s, c))], [.. angles]);
        return double.IsNaN(agreement) ? 0 : agreement;
    }

    /// <summary>
    /// |Spearman| of the nodes' numbers on a path with their preferred positions, times live / N: 1 for the same order,
    /// in either direction.
    /// </summary>
    internal static double NodesOnPath(double[,] activations, IReadOnlyList<double> positions)
    {
        var preferred = PreferredPositions(activations, positions);
        var live = Live(preferred);
        if (live.Length < 2) return 0;
        var agreement = Math.Abs(RankCorrelation.Spearman(
            [.. live.Select(i => (double)i)], [.. live.Select(i => preferred[i])]));
        return double.IsNaN(agreement) ? 0 : agreement * live.Length / preferred.Length;
    }

    /// <summary>
    /// |Spearman| of the examples' positions with the moment Σᵢ dᵢ (i - (N - 1)/2) of their activity along the path,
    /// with dᵢ the node's activation less its mean, in its standard deviations; 0 where no node varies.
    /// </summary>
    internal static double ExamplesOnPath(double[,] activations, IReadOnlyList<double> positions)
    {
        var moments = Moments(activations, (i, nodes) => i - ((nodes - 1) / 2.0));
        var agreement = Math.Abs(RankCorrelation.Spearman(moments, [.. positions]));
        return double.IsNaN(agreement) ? 0 : agreement;
    }

    /// <summary>
    /// How local an example's activity is on the ring: the resultant length |Σ dᵢ² e^(2πi·i/N)| / Σ dᵢ² of its energy
    /// about its own mean, d = z - mean z; mean over examples that vary, NaN where none does. Near 1 for a bump on few
    /// neighbouring nodes, 0 for a wave of one period or more.
    /// </summary>
    public static double LocalisationOnRing(double[,] activations)
    {
        var (examples, nodes) = Arguments.Matrix(activations, nameof(activations));
        double sum = 0;
        var counted = 0;
        for (var e = 0; e < examples; e++)
        {
            double mean = 0, energy = 0, cosines = 0, sines = 0;
            for (var i = 0; i < nodes; i++) mean += activations[e, i] / nodes;
            for (var i = 0; i < nodes; i++)
            {
                var square = (activations[e, i] - mean) * (activations[e, i] - mean);
                energy += square;
                cosines += square * Math.Cos(2 * Math.PI * i / nodes);
                sines += square * Math.Sin(2 * Math.PI * i / nodes);
            }

            if (energy <= 1e-24 * nodes * mean * mean) continue;
            sum += Math.Sqrt((cosines * cosines) + (sines * sines)) / energy;
            counted++;
        }

        return counted == 0 ? double.NaN : sum / counted;
    }

    /// <summary>
    /// The angle in (-π, π] at which each node is most active, the phase of the first harmonic of its activation: φᵢ =
    /// arg Σₑ (zₑᵢ - mean zᵢ) e^(iθₑ); NaN for a node that does not vary, or has no first harmonic.
    /// </summary>
    internal static double[] PreferredAngles(double[,] activations, IReadOnlyList<double> angles) =>
        Preferred(activations, angles, deviations =>
        {
            double cosines = 0, sines = 0, size = 0;
            for (var e = 0; e < angles.Count; e++)
            {
                cosines += deviations[e] * Math.Cos(angles[e]);
                sines += deviations[e] * Math.Sin(angles[e]);
                size += Math.Abs(deviations[e]);
            }

            // Below that, what is left is rounding of the sum.
            return Math.Sqrt((cosines * cosines) + (sines * sines)) > 1e-9 * size
                ? Math.Atan2(sines, cosines)
                : double.NaN;
        });

    /// <summary>
    /// The place on a line about which each node is active above its own mean: τᵢ = Σ aₑ tₑ / Σ aₑ with aₑ = max(0, zₑᵢ
    /// - mean zᵢ); NaN for a node that does not vary.
    /// </summary>
    internal static double[] PreferredPositions(double[,] activations, IReadOnlyList<double> positions) =>
        Preferred(activations, positions, deviations =>
        {
            double weight = 0, moment = 0;
            for (var e = 0; e < positions.Count; e++)
            {
                weight += Math.Max(0, deviations[e]);
                moment += Math.Max(0, deviations[e]) * positions[e];
            }

            return weight > 0 ? moment / weight : double.NaN;
        });

    private static double[] Preferred(double[,] activations, IReadOnlyList<double> places, Func<double[], double> place)
    {
        var (examples, nodes) = Arguments.Matrix(activations, nameof(activations));
        Arguments.Length(places.Count, examples, nameof(places), "example");
        var preferred = new double[nodes];
        for (var i = 0; i < nodes; i++)
        {
            double mean = 0;
            for (var e = 0; e < examples; e++) mean += activations[e, i] / examples;
            var deviations = Array.ConvertAll(activations.Column(i), value => value - mean);

            // The mean of equal numbers may differ from them in the last digits.
            preferred[i] = deviations.Max(Math.Abs) > 1e-12 * Math.Abs(mean) ? place(deviations) : double.NaN;
        }

        return preferred;
    }

    /// <summary>
    /// Mardia's circular rank correlation r₀ of at least four angles: are two angles in the same circular order (Mardia
    /// 1975, Journal of the Royal Statistical Society B 37:349; Mardia and Jupp 2000, Directional Statistics, 11.2)?
    /// With the ranks r and s of the n angles as uniform scores β = 2πr/n and γ = 2πs/n, R₋ = |Σ e^(i(β-γ))| / n and R₊
    /// = |Σ e^(i(β+γ))| / n, r₀ = max(R₋², R₊²): 1 for the same circular order, rotated or reversed, about 1.5/(n - 1)
    /// for independent angles. Equal angles share the mean of their ranks; NaN where all angles of one of the two are
    /// equal.
    /// </summary>
    internal static double CircularRankCorrelation(double[] x, double[] y)
    {
        double[] first = Scores(x), second = Scores(y);
        if (first.All(score => score == first[0]) || second.All(score => score == second[0])) return double.NaN;
        return Math.Max(SquaredResultant(first.Zip(second, (a, b) => a - b)),
            SquaredResultant(first.Zip(second, (a, b) => a + b)));
    }

    /// <summary>2π rank / n of the angles within one turn.</summary>
    private static double[] Scores(double[] angles)
    {
        var within = Array.ConvertAll(angles, angle => Math.IEEERemainder(angle, 2 * Math.PI));
        within = Array.ConvertAll(within, angle => angle < 0 ? angle + (2 * Math.PI) : angle);
        return [.. RankCorrelation.Ranks(within, nameof(angles)).Select(rank => 2 * Math.PI * rank / within.Length)];
    }

    private static double SquaredResultant(IEnumerable<double> angles)
    {
        double cosines = 0, sines = 0;
        var count = 0;
        foreach (var angle in angles)
        {
            cosines += Math.Cos(angle);
            sines += Math.Sin(angle);
            count++;
        }

        return ((cosines * cosines) + (sines * sines)) / ((double)count * count);
    }

    /// <summary>
    /// Σᵢ dᵢ w(i, N) of each example, with dᵢ the node's activation less its mean, in its standard deviations.
    /// </summary>
    private static double[] Moments(double[,] activations, Func<int, int, double> weight)
    {
        var (examples, nodes) = Arguments.Matrix(activations, nameof(activations));
        var moments = new double[examples];
        for (var i = 0; i < nodes; i++)
        {
            var own = activations.Column(i);
            var mean = own.Sum(value => value / examples);
            var sd = Math.Sqrt(own.Sum(value => (value - mean) * (value - mean)) / examples);
            if (sd <= 1e-12 * Math.Abs(mean)) continue;
            for (var e = 0; e < examples; e++) moments[e] += (own[e] - mean) / sd * weight(i, nodes);
        }

        return moments;
    }

    private static int[] Live(double[] preferred) =>
        [.. Enumerable.Range(0, preferred.Length).Where(i => !double.IsNaN(preferred[i]))];
}
