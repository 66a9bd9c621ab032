namespace Gsr.Experiments.OwnData;

/// <summary>
/// K and α by a few networks whose seeds are not used again: the cheapest setting whose graphs part into modules, and ten
/// times its weight, so that those of other seeds part as well. What a weight is worth depends on the error that it
/// competes with, and so on the scale of the values: none suits all data.
/// </summary>
/// <param name="K">Of the builder, to be taken.</param>
/// <param name="Alpha">Weight of the penalty, to be taken.</param>
/// <param name="Cheapest">The setting that decided; null where none parts, or nothing was left to choose.</param>
/// <param name="Tried">All that were tried.</param>
public sealed record PilotNetworks(
    int K, double Alpha, PilotSetting? Cheapest, IReadOnlyList<PilotSetting> Tried)
{
    /// <summary>With two modules a network has one axis, as with one.</summary>
    internal const int LeastModules = 3;

    /// <summary>For data whose pilots never part: what suits most sets.</summary>
    private const double UsualAlpha = 1e-3;

    /// <summary>
    /// At the weight itself graphs of other seeds may not part: classes of a set of brain cells then agreed by .43 between
    /// seeds, and by .69 at ten times as much.
    /// </summary>
    private const double Margin = 10;
    private const int UsualK = 1, Networks = 3, Apart = 100_000, Last = 5;
    private static readonly double[] Alphas = [1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1];
    private static readonly int[] Neighbours = [1, 2, 3, 5];

    /// <summary>
    /// Of each K the smallest weight at which every network's graph has three modules; of these the one with the
    /// smallest error, with <see cref="Margin"/> times its weight. The usual values where no graph parts.
    /// </summary>
    /// <param name="training">As the notebook trains; its builder does not count.</param>
    /// <param name="inputs">[cells, inputs].</param>
    /// <param name="builder">The builder's name, as <see cref="GraphBuilders.Named"/> takes it.</param>
    /// <param name="k">Its k; 0 decides.</param>
    /// <param name="alpha">The weight; a negative one decides.</param>
    /// <exception cref="ArgumentException">k or the builder is none, or k is 0 for spectral modules.</exception>
    public static PilotNetworks Choose(
        ModuleTraining training, float[,] inputs, string builder, int k, double alpha)
    {
        Check(builder, k, training.Nodes);
        return k > 0 && alpha >= 0 ? new(k, alpha, null, []) : Choose(
            (own, weight) => Try(training, inputs, builder, own, weight),
            k > 0 ? [k] : [.. Neighbours.Where(own => own < training.Nodes)], alpha >= 0 ? [alpha] : Alphas);
    }

    internal static PilotNetworks Choose(
        Func<int, double, PilotSetting> attempt, IReadOnlyList<int> neighbours, IReadOnlyList<double> alphas)
    {
        var tried = new List<PilotSetting>();
        foreach (var k in neighbours)
        {
            foreach (var alpha in alphas)
            {
                tried.Add(attempt(k, alpha));
                if (tried[^1].Parts) break;
            }
        }

        var cheapest = tried.Where(setting => setting.Parts).MinBy(setting => setting.Error);
        return cheapest is null
            ? new(neighbours[0], alphas.Contains(UsualAlpha) ? UsualAlpha : alphas[0], null, tried)
            : new(cheapest.K, alphas.Count == 1 ? alphas[0] : Margin * cheapest.Alpha, cheapest, tried);
    }

    /// <summary>Refuses a builder, or its k, before anything is computed.</summary>
    /// <exception cref="ArgumentException">k or the builder is none, or k is 0 for spectral modules.</exception>
    public static void Check(string builder, int k, int nodes)
    {
        GraphBuilders.Named(builder, k == 0 ? UsualK : k, nodes);
        if (k == 0 && builder == "modules")
            throw new ArgumentException("K is 0, BUILDER \"modules\": say how many modules, as in K = 4.", nameof(k));
    }

    /// <summary>What was tried, a line for each setting.</summary>
    public IEnumerable<object> Lines() => Tried.Select(setting => new
    {
        setting.K,
        alpha = $"{setting.Alpha:g}",
        error = $"{setting.Error:g4}",
        modules = string.Join(", ", setting.Modules),
        cheapest = setting == Cheapest ? "✓" : "",
    });

    /// <summary>Such as "K 1, α 0.001: 12 settings were tried".</summary>
    public override string ToString() => $"K {K}, α {Alpha:g}" + (Tried.Count == 0 ? ", as given"
        : Cheapest is null ? $": none of {Tried.Count} settings parts into modules, so these are the usual values"
        : $": of {Tried.Count} settings α {Cheapest.Alpha:g} is the cheapest that parts into modules");

    private static PilotSetting Try(ModuleTraining training, float[,] inputs, string builder, int k, double alpha)
    {
        var pilots = training with
        {
            Seeds = [.. Enumerable.Range(training.Seeds[0] + Apart, Networks)],
            Builder = GraphBuilders.Named(builder, k, training.Nodes),
        };
        var trained = pilots.TrainToCompare($"pilot K {k}, α {alpha:g}", inputs, alpha);
        return new(k, alpha, trained.Error().Values.TakeLast(Last).Average(),
            [.. trained.Modules.Select(modules => modules.Count)]);
    }
}
