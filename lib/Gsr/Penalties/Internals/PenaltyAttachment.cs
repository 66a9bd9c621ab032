using TorchSharp;
using static TorchSharp.torch.nn;

namespace Gsr.Penalties;

/// <summary>
/// A penalty on the outputs of one layer, or of several together: what of a pass has been seen, and its term.
/// </summary>
internal sealed class PenaltyAttachment
{
    private readonly Module<torch.Tensor, torch.Tensor>[] _layers;
    private readonly Action[] _detach;
    private readonly torch.Tensor?[] _outputs;
    private readonly bool[] _seen;
    private int _passes;

    /// <summary>
    /// Hooks onto the layers, each once; <paramref name="observe"/> is called with a layer's number and output when it
    /// has run in training mode.
    /// </summary>
    public PenaltyAttachment(
        string name, IReadOnlyList<Module<torch.Tensor, torch.Tensor>> layers, IActivationPenalty penalty,
        WeightSchedule weight,
        Action<PenaltyAttachment, int, torch.Tensor> observe)
    {
        (Name, Penalty, Weight, _layers) = (name, penalty, weight, [.. layers]);
        _outputs = new torch.Tensor?[_layers.Length];
        _seen = new bool[_layers.Length];
        _detach = [.. _layers.Select((layer, i) => (Action)layer.register_forward_hook((module, _, output) =>
        {
            if (module.training) observe(this, i, output);
            return output;
        }).remove)];
    }

    public string Name { get; }

    public IActivationPenalty Penalty { get; }

    public WeightSchedule Weight { get; }

    /// <summary>The layers, in the order in which they were named.</summary>
    public IReadOnlyList<Module<torch.Tensor, torch.Tensor>> Layers => _layers;

    /// <summary>At least one pass through all layers, and none begun.</summary>
    public bool IsComplete => _passes > 0 && !_seen.Contains(true);

    public void BeginStep()
    {
        Release();
        _passes = 0;
    }

    /// <summary>Takes note of an output; the last of a pass gives the term.</summary>
    public PenaltyTerm? Observe(int layer, torch.Tensor output, long step)
    {
        var weight = Weight.At(step);
        if (_seen[layer])
        {
            throw new InvalidOperationException(
                $"{Which(layer)} was run twice in step {step}, before {Which(Array.IndexOf(_seen, false))} was run: "
                + "a penalty across layers takes one output of each in turn; "
                + "attach it to layers that run equally often.");
        }

        _seen[layer] = true;
        if (_layers.Length > 1 && weight > 0) _outputs[layer] = Flattened(output, layer);
        if (_seen.Contains(false)) return null;
        try
        {
            _passes++;
            return weight > 0 ? Term(output, weight) : null;
        }
        finally
        {
            Release();
        }
    }

    /// <summary>The first layer that the step, or its unfinished pass, lacks.</summary>
    public string Missing() =>
        Which(Array.IndexOf(_seen, false)) + (_passes > 0 ? $", in pass {_passes + 1} through its layers," : "");

    /// <summary>Forgets an unfinished pass.</summary>
    public void Release()
    {
        for (var i = 0; i < _outputs.Length; i++)
        {
            _outputs[i]?.Dispose();
            (_outputs[i], _seen[i]) = (null, false);
        }
    }

    public void Detach()
    {
        foreach (var detach in _detach) detach();
    }

    /// <summary>
    /// [batch, neurons], a copy that is the attachment's own: the model's scopes may free the output, and a function
    /// behind the layer may change it in place, before the last layer has run.
    /// </summary>
    private torch.Tensor Flattened(torch.Tensor output, int layer)
    {
        if (output.dim() < 2)
        {
            throw new ArgumentException(
                $"'{Name}' does not fit its layers: the output of layer {layer + 1} "
                + $"({_layers[layer].GetType().Name}) has shape "
                + $"[{string.Join(", ", output.shape)}]; across layers it needs [batch, …].");
        }

        using var scope = torch.NewDisposeScope();
        return output.flatten(1).clone().DetachFromDisposeScope();
    }

    private PenaltyTerm Term(torch.Tensor output, double weight)
    {
        using var joined = _layers.Length > 1 ? Joined() : null;
        try
        {
            var (term, value) = Penalty.Evaluate(joined ?? output, weight);
            // The model may have a dispose scope of its own around the layer; the term must outlive it.
            return new PenaltyTerm(Name, term.DetachFromDisposeScope(), value, weight);
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException(_layers.Length == 1
                ? $"'{Name}' does not fit its layer: {e.Message}"
                : $"'{Name}' does not fit its layers of {string.Join(" + ", _outputs.Select(o => o!.shape[1]))} "
                    + $"neurons: {e.Message}", e);
        }
    }

    private torch.Tensor Joined()
    {
        var first = _outputs[0]!;
        for (var i = 1; i < _outputs.Length; i++)
        {
            var other = _outputs[i]!;
            if (other.shape[0] == first.shape[0] && other.dtype == first.dtype
                && other.device.ToString() == first.device.ToString()) continue;
            throw new ArgumentException(
                $"'{Name}' does not fit its layers: layer 1 gave {Printed(first)} and layer {i + 1} {Printed(other)}; "
                + "across layers the examples are the same, of one type and on one device.");
        }

        using var scope = torch.NewDisposeScope();
        return torch.cat([.. _outputs.Select(o => o!)], 1).DetachFromDisposeScope();

        static string Printed(torch.Tensor output) =>
            $"{output.shape[0]} examples of {output.dtype} on {output.device}";
    }

    private string Which(int layer) => _layers.Length == 1
        ? $"The layer of '{Name}' ({_layers[0].GetType().Name})"
        : $"Layer {layer + 1} of '{Name}' ({_layers[layer].GetType().Name})";
}
