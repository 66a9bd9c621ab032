using TorchSharp;
using static TorchSharp.torch.nn;

namespace Gsr.Penalties;

/// <summary>
/// Attaches penalties to layers of any TorchSharp model, several at once, and gathers their terms at each training step.
/// </summary>
/// <remarks>
/// A layer's activations are seen through a forward hook, so the model itself is not changed; its code must run the layer
/// by <c>call</c> (as <c>Sequential</c> does), not by <c>forward</c>. Only training mode counts.
/// </remarks>
public sealed class Regularizer : IDisposable
{
    private readonly List<Attachment> _attachments = [];
    private readonly List<PenaltyTerm> _terms = [];
    private long _step = -1;

    /// <summary>What is attached, in order.</summary>
    public IReadOnlyList<string> Names => _attachments.ConvertAll(a => a.Name);

    /// <summary>Attaches a penalty to the output of a layer.</summary>
    /// <param name="layer">Any module of the model.</param>
    /// <param name="penalty">For example a <see cref="GraphPenalty"/> whose graph has as many nodes as the layer.</param>
    /// <param name="weight">α: a number, or a schedule over the steps.</param>
    /// <param name="name">How the term is named in progress and history; by default "penalty", "penalty 2", ….</param>
    /// <returns>This object, so that calls chain.</returns>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public Regularizer Add(Module<torch.Tensor, torch.Tensor> layer, IActivationPenalty penalty, WeightSchedule weight, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(penalty);
        ArgumentNullException.ThrowIfNull(weight);
        name ??= _attachments.Count == 0 ? "penalty" : $"penalty {_attachments.Count + 1}";
        if (_attachments.Exists(a => a.Name == name))
            throw new ArgumentException($"A penalty named '{name}' is attached already; give this one another name.", nameof(name));
        var attachment = new Attachment(name, layer, penalty, weight);
        attachment.Hook = layer.register_forward_hook((module, _, output) =>
        {
            Observe(attachment, module, output);
            return output;
        });
        _attachments.Add(attachment);
        return this;
    }

    /// <summary>Begins a training step: from now on the attached layers' outputs are penalised.</summary>
    /// <param name="step">From 0; schedules read it.</param>
    public void BeginStep(long step)
    {
        ReleaseTerms();
        foreach (var attachment in _attachments) attachment.Seen = false;
        _step = step;
    }

    /// <summary>Ends a step that failed, and frees its terms.</summary>
    internal void AbandonStep()
    {
        ReleaseTerms();
        _step = -1;
    }

    /// <summary>Ends the step and hands its terms over, one per attachment whose weight is not 0.</summary>
    /// <returns>The terms; the caller disposes of their tensors, which are in no dispose scope.</returns>
    /// <exception cref="InvalidOperationException">An attached layer was not run in this step.</exception>
    public IReadOnlyList<PenaltyTerm> EndStep()
    {
        foreach (var attachment in _attachments)
        {
            if (_step < 0 || attachment.Seen || attachment.Weight.At(_step) == 0) continue;
            var step = _step;
            AbandonStep();
            throw new InvalidOperationException(
                $"The layer of '{attachment.Name}' ({attachment.Layer.GetName()}) was not run in step {step}: "
                + "the model must run it in training mode, by layer.call(x) and not by layer.forward(x).");
        }

        PenaltyTerm[] terms = [.. _terms];
        _terms.Clear();
        _step = -1;
        return terms;
    }

    /// <summary>Detaches every penalty; the layers themselves are not disposed.</summary>
    public void Dispose()
    {
        ReleaseTerms();
        foreach (var attachment in _attachments) attachment.Hook?.remove();
        _attachments.Clear();
    }

    /// <summary>One line per attachment: name, weight and penalty.</summary>
    public override string ToString() => string.Join(Environment.NewLine, _attachments.Select(a => $"{a.Name}: {a.Weight} x ({a.Penalty})"));

    private void Observe(Attachment attachment, Module<torch.Tensor, torch.Tensor> module, torch.Tensor output)
    {
        if (_step < 0 || !module.training || !torch.is_grad_enabled()) return;
        var weight = attachment.Weight.At(_step);
        attachment.Seen = true;
        if (weight == 0) return;
        try
        {
            var (term, value) = attachment.Penalty.Evaluate(output, weight);
            // The model may have a dispose scope of its own around the layer; the term must outlive it.
            _terms.Add(new PenaltyTerm(attachment.Name, term.DetachFromDisposeScope(), value, weight));
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException($"'{attachment.Name}' does not fit its layer: {e.Message}", e);
        }
    }

    private void ReleaseTerms()
    {
        foreach (var term in _terms) term.Term.Dispose();
        _terms.Clear();
    }

    private sealed class Attachment(string name, Module<torch.Tensor, torch.Tensor> layer, IActivationPenalty penalty, WeightSchedule weight)
    {
        public string Name => name;

        public Module<torch.Tensor, torch.Tensor> Layer => layer;

        public IActivationPenalty Penalty => penalty;

        public WeightSchedule Weight => weight;

        public bool Seen { get; set; }

        public HookableModule<Func<Module<torch.Tensor, torch.Tensor>, torch.Tensor, torch.Tensor>, Func<Module<torch.Tensor, torch.Tensor>, torch.Tensor, torch.Tensor, torch.Tensor>>.HookRemover? Hook { get; set; }
    }
}

/// <summary>One penalty of one step.</summary>
/// <param name="Name">The attachment's name.</param>
/// <param name="Term">Weight times penalty, a scalar with a gradient; owned by whoever received it.</param>
/// <param name="Value">The penalty without its weight.</param>
/// <param name="Weight">α at this step.</param>
public sealed record PenaltyTerm(string Name, torch.Tensor Term, double Value, double Weight);
