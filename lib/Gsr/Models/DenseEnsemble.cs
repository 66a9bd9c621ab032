using TorchSharp;
using static TorchSharp.torch.nn;

namespace Gsr.Models;

/// <summary>
/// Many independent dense models of one shape, run as one model: their weights lie in one tensor per layer, [members,
/// in, out], and a layer is one batched matrix product. Small networks cost what they call more than what they compute,
/// and one call here serves all.
/// </summary>
/// <remarks>
/// A member starts with the weights of a single model of its seed. As the loss is the sum of the members' losses, each
/// gets its own gradient, and Adam, which works number by number, trains each as if it were alone.
/// </remarks>
public abstract class DenseEnsemble<TMember> : Module<torch.Tensor, torch.Tensor>
    where TMember : Module<torch.Tensor, torch.Tensor>
{
    private readonly Func<int, TMember> _create;
    private readonly Func<TMember, IReadOnlyList<Module<torch.Tensor, torch.Tensor>>> _layersOf;
    private readonly EnsembleLinear[] _layers;

    /// <summary>
    /// Stacks copies of the weights of single models, one per seed; activations and <paramref name="layersOf"/> go from
    /// the outermost layer in. Sets libtorch's random state.
    /// </summary>
    private protected DenseEnsemble(
        string name, IReadOnlyList<int> seeds, IReadOnlyList<Activation> activations, Func<int, TMember> create,
        Func<TMember, IReadOnlyList<Module<torch.Tensor, torch.Tensor>>> layersOf)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(seeds);
        if (seeds.Count == 0)
            throw new ArgumentException("seeds is empty; an ensemble has at least one member.", nameof(seeds));
        Seeds = [.. seeds];
        (_create, _layersOf) = (create, layersOf);
        var members = Seeds.Select(create).ToArray();
        _layers = Stack(Array.ConvertAll(members, member => layersOf(member)), activations);
        foreach (var member in members) member.Dispose();
    }

    /// <summary>The seed of each member.</summary>
    public IReadOnlyList<int> Seeds { get; }

    /// <summary>Number of members.</summary>
    public int Count => Seeds.Count;

    /// <summary>The layers, outermost first; those who derive arrange them in modules of their own.</summary>
    private protected EnsembleLinear[] StackedLayers => _layers;

    /// <summary>
    /// One member, from 0, as a model of its own, a copy of its present weights in their precision; the caller owns it.
    /// </summary>
    public TMember Member(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        var member = _create(Seeds[index]);
        using var noGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        foreach (var (layer, own) in _layers.Zip(_layersOf(member)))
        {
            var weight = layer.WeightOf(index);
            own.to(weight.dtype);
            Named(own, "weight").copy_(weight);
            Named(own, "bias").copy_(layer.BiasOf(index));
        }

        return member;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var layer in _layers) layer.Dispose();
        }

        base.Dispose(disposing);
    }

    private static EnsembleLinear[] Stack(
        IReadOnlyList<IReadOnlyList<Module<torch.Tensor, torch.Tensor>>> members, IReadOnlyList<Activation> activations)
    {
        using var noGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        return [.. activations.Select((activation, layer) => new EnsembleLinear(
            torch.stack(members.Select(member => Named(member[layer], "weight").t())).DetachFromDisposeScope(),
            torch.stack(members.Select(member => Named(member[layer], "bias").unsqueeze(0))).DetachFromDisposeScope(),
            activation))];
    }

    private static torch.Tensor Named(Module layer, string name) =>
        layer.named_parameters().Single(p => p.name.EndsWith(name, StringComparison.Ordinal)).parameter;
}
