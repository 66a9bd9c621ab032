namespace Gsr.Experiments.SeveralLayers;

/// <summary>Tables of <see cref="ConditionRuns"/>, each a row per weight α.</summary>
public static class LayerTables
{
    /// <summary>Points of test accuracy against the network without modules.</summary>
    public static object[] Changes(this ConditionRuns runs, IEnumerable<double> alphas) => [.. alphas.Select(a => new
    {
        α = a,
        layer_1 = runs.Change(new("layer 1", a)).Interval(1), layer_2 = runs.Change(new("layer 2", a)).Interval(1),
        layer_3 = runs.Change(new("layer 3", a)).Interval(1),
        each_layer = runs.Change(new("each layer", a)).Interval(1),
        across_layers = runs.Change(new("across layers", a)).Interval(1),
    })];

    /// <summary>Accuracy at equal total weight: one layer at α, three layers at α/3.</summary>
    public static object[] EqualWeight(this ConditionRuns runs, IEnumerable<double> alphas) =>
    [
        .. alphas.Select(a => new
        {
            total_weight = a, one_layer = runs.OneLayer(a).Interval(1),
            three_layers = runs.Accuracy(new("each layer", a / 3)).Interval(1),
            difference = runs.Accuracy(new("each layer", a / 3)).Minus(runs.OneLayer(a)).Interval(1),
        }),
    ];

    /// <summary>Size and Rayleigh quotient of the last hidden layer, without modules and at each weight.</summary>
    public static object[] Shrinking(this ConditionRuns runs, IEnumerable<double> alphas)
    {
        string Mean(string place, double a, Func<LayerOutcome, double> number) => runs.Of(
            a == 0 ? Condition.Plain : new(place, a), network => number(network.Layers[^1])).Interval(3);
        return [.. alphas.Prepend(0).Select(a => new
        {
            α = a, size_layer_3 = Mean("layer 3", a, l => l.Size), size_each = Mean("each layer", a, l => l.Size),
            size_across = Mean("across layers", a, l => l.Size),
            quotient_layer_3 = Mean("layer 3", a, l => l.Quotient),
            quotient_each = Mean("each layer", a, l => l.Quotient),
            quotient_across = Mean("across layers", a, l => l.Quotient),
        })];
    }

    /// <summary>Accuracy and reading under the Rayleigh form, whose conditions are given.</summary>
    public static object[] ScaleFree(this ConditionRuns runs, IEnumerable<Condition> conditions) =>
    [
        .. conditions.Select(c => new
        {
            place = c.Place, α = c.Alpha, accuracy = runs.Accuracy(c).Interval(1), change = runs.Change(c).Interval(1),
            reading_percent = runs.Reading(c).Interval(0),
        }),
    ];

    /// <summary>Reading accuracy in percent by place; of layer 2 modularity and own-module share as well.</summary>
    public static object[] Readings(this ConditionRuns runs, IEnumerable<double> alphas)
    {
        string Layer2(string place, double a, Func<ModuleReading, double> number) =>
            runs.Of(new(place, a), network => number(network.Layers[1].Reading)).ToString();
        return [.. alphas.Select(a => new
        {
            α = a, one_layer = runs.Reading(new("one layer", a)).Interval(0),
            each_layer = runs.Reading(new("each layer", a)).Interval(0),
            across_layers = runs.Reading(new("across layers", a)).Interval(0),
            each_minus_one = runs.Reading(new("each layer", a)).Minus(runs.Reading(new("one layer", a))).Interval(0),
            modularity_one = Layer2("layer 2", a, r => r.Modularity),
            modularity_each = Layer2("each layer", a, r => r.Modularity),
            own_share_one = Layer2("layer 2", a, r => r.OwnShare),
            own_share_each = Layer2("each layer", a, r => r.OwnShare),
        })];
    }

    /// <summary>Everything at these weights, as numbers for other programs.</summary>
    public static Dictionary<string, object> Numbers(
        this ConditionRuns runs, IEnumerable<string> places, IReadOnlyList<double> alphas)
    {
        var numbers = new Dictionary<string, object>
        { ["accuracy without modules, %"] = runs.Accuracy(Condition.Plain) };
        foreach (var place in places)
        {
            foreach (var a in alphas)
            {
                numbers[$"{place}, α = {a}: change of accuracy, points"] = runs.Change(new(place, a));
                var read = place.StartsWith("layer ", StringComparison.Ordinal) ? "one layer" : place;
                numbers[$"{read}, α = {a}: reading accuracy, %"] = runs.Reading(new(read, a));
            }
        }
        return numbers;
    }
}
