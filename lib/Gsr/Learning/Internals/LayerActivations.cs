using TorchSharp;
using static TorchSharp.torch.nn;

namespace Gsr.Learning;

/// <summary>
/// What layers put out for given examples, side by side, in evaluation mode and without gradients: without dropout and
/// noise, and without a draw from libtorch's random state that a training would notice.
/// </summary>
internal sealed class LayerActivations : IDisposable
{
    private readonly Module _model;
    private readonly Action<torch.Tensor[]> _run;
    private readonly Action[] _detach;
    private readonly torch.Tensor?[] _seen;
    private bool _watches;

    /// <summary>
    /// Watches layers of a model, in the order of the nodes; one that runs twice counts as it ran last. <paramref
    /// name="run"/> runs the model, or its part up to the last of the layers, on a batch.
    /// </summary>
    public LayerActivations(
        Module model, IReadOnlyList<Module<torch.Tensor, torch.Tensor>> layers, Action<torch.Tensor[]> run)
    {
        (_model, _run) = (model, run);
        _seen = new torch.Tensor?[layers.Count];
        _detach = [.. layers.Select((layer, i) => (Action)layer.register_forward_hook((_, _, output) =>
        {
            if (_watches) See(i, output);
            return output;
        }).remove)];
    }

    /// <summary>The layers' activations on chosen examples; the model is back in the mode in which it was.</summary>
    public NodeActivations On(IReadOnlyList<torch.Tensor> examples, long[] chosen)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        var wasTraining = _model.training;
        using var indices = torch.tensor(chosen, device: examples[0].device);
        _model.eval();
        _watches = true;
        try
        {
            _run([.. examples.Select(tensor => tensor.index_select(0, indices))]);
            var missing = Array.IndexOf(_seen, null);
            if (missing >= 0)
            {
                var which = _seen.Length == 1 ? "The layer" : $"Layer {missing + 1} of {_seen.Length}";
                throw new InvalidOperationException(
                    $"{which} was not run: the model must run it by layer.call(x) and not by layer.forward(x).");
            }

            return NodeActivations.From(
                _seen.Length == 1 ? _seen[0]! : torch.cat([.. _seen.Select(output => output!)], 1));
        }
        finally
        {
            _watches = false;
            if (wasTraining) _model.train();
            Forget();
        }
    }

    public void Dispose()
    {
        foreach (var detach in _detach) detach();
    }

    /// <summary>A copy: the model's own scopes may free the output, and a later function change it in place.</summary>
    private void See(int layer, torch.Tensor output)
    {
        using var scope = torch.NewDisposeScope();
        _seen[layer]?.Dispose();
        _seen[layer] = (_seen.Length == 1 ? output : output.flatten(1)).clone().DetachFromDisposeScope();
    }

    private void Forget()
    {
        for (var i = 0; i < _seen.Length; i++)
        {
            _seen[i]?.Dispose();
            _seen[i] = null;
        }
    }
}
