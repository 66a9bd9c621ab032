using TorchSharp;
using static TorchSharp.torch.nn;

namespace Gsr.Learning;

/// <summary>
/// What a layer puts out for given examples, in evaluation mode and without gradients: without dropout and noise, and without
/// a draw from libtorch's random state that a training would notice.
/// </summary>
internal sealed class LayerActivations : IDisposable
{
    private readonly Module _model;
    private readonly Action<torch.Tensor[]> _run;
    private readonly IDisposable _hook;
    private bool _watches;
    private NodeActivations? _seen;

    /// <summary>Watches a layer; model and layer stay the caller's.</summary>
    /// <param name="model">The model.</param>
    /// <param name="layer">One of its layers.</param>
    /// <param name="run">Runs the model, or its part up to the layer, on a batch.</param>
    public LayerActivations(Module model, Module<torch.Tensor, torch.Tensor> layer, Action<torch.Tensor[]> run)
    {
        (_model, _run) = (model, run);
        var hook = layer.register_forward_hook((_, _, output) =>
        {
            if (_watches) _seen = NodeActivations.From(output);
            return output;
        });
        _hook = new Removal(hook.remove);
    }

    /// <summary>The layer's activations on some of the examples; the model is back in the mode in which it was.</summary>
    /// <param name="examples">All examples.</param>
    /// <param name="chosen">Which of them.</param>
    public NodeActivations On(IReadOnlyList<torch.Tensor> examples, long[] chosen)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        var wasTraining = _model.training;
        using var indices = torch.tensor(chosen, device: examples[0].device);
        _model.eval();
        (_watches, _seen) = (true, null);
        try
        {
            _run([.. examples.Select(tensor => tensor.index_select(0, indices))]);
        }
        finally
        {
            _watches = false;
            if (wasTraining) _model.train();
        }

        return _seen ?? throw new InvalidOperationException(
            "The layer was not run: the model must run it by layer.call(x) and not by layer.forward(x).");
    }

    public void Dispose() => _hook.Dispose();

    private sealed class Removal(Action remove) : IDisposable
    {
        public void Dispose() => remove();
    }
}
