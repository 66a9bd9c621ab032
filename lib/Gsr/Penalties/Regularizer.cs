using TorchSharp;
using static TorchSharp.torch.nn;

namespace Gsr.Penalties;

/// <summary>
/// Attaches penalties to layers of any TorchSharp model, several at once, and gathers their terms at each training
/// step.
/// </summary>
/// <remarks>
/// A layer's activations are seen through a forward hook, so the model itself is not changed; its code must run the
/// layer by <c>call</c> (as <c>Sequential</c> does), not by <c>forward</c>. Only training mode counts.
/// </remarks>
public sealed class Regularizer : IDisposable
{
    private readonly List<PenaltyAttachment> _attachments = [];
    private readonly List<PenaltyTerm> _terms = [];
    private long _step = -1;

    /// <summary>What is attached, in order.</summary>
    internal IReadOnlyList<string> Names => _attachments.ConvertAll(a => a.Name);

    /// <summary>The attachments themselves, for steps that do not run the layers.</summary>
    internal IReadOnlyList<PenaltyAttachment> Attachments => _attachments;

    /// <summary>
    /// Attaches a penalty to the output of a layer; a layer that runs twice in a step gives two terms. The weight α is
    /// a number, or a schedule over the steps; the name is the term's in progress and history, by default "penalty",
    /// "penalty 2", ….
    /// </summary>
    public Regularizer Add(
        Module<torch.Tensor, torch.Tensor> layer, IActivationPenalty penalty, WeightSchedule weight,
        string? name = null)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return Attach([layer], penalty, weight, name);
    }

    /// <summary>
    /// Attaches one penalty to several layers together, each once: its nodes are the neurons of the first layer, then
    /// those of the second, and so on, as of a graph with edges between layers. (For a graph per layer, call <see
    /// cref="Add"/> once for each.)
    /// </summary>
    /// <remarks>
    /// The term exists once each of the layers has run; then the next pass may begin, and a step has one term per pass.
    /// Until then a copy of each output is kept, so that a later function may change it in place, as an in-place ReLU
    /// does.
    /// </remarks>
    /// <example><code>
    /// int[] moduleOf = [.. Enumerable.Range(0, 120).Select(i => i % 40 / 4)];   // 3 layers of 40: 10 modules through
    /// all of them
    /// var penalty = new GraphPenalty(FeatureGraph.Modules(moduleOf).Laplacian());
    /// using var regularizer = new Regularizer().AddAcross(model.HiddenLayers, penalty, 1e-3);
    /// </code></example>
    public Regularizer AddAcross(
        IReadOnlyList<Module<torch.Tensor, torch.Tensor>> layers, IActivationPenalty penalty, WeightSchedule weight,
        string? name = null)
    {
        ArgumentNullException.ThrowIfNull(layers);
        if (layers.Count == 0) throw new ArgumentException("layers is empty; name at least one layer.", nameof(layers));
        foreach (var (i, layer) in layers.Index())
        {
            ArgumentNullException.ThrowIfNull(layer, $"{nameof(layers)}[{i}]");
            if (!layers.Take(i).Contains(layer)) continue;
            throw new ArgumentException(
                $"layers[{i}] is the same {layer.GetType().Name} as an earlier one; name each layer once.",
                nameof(layers));
        }

        return Attach(layers, penalty, weight, name);
    }

    /// <summary>Begins a training step, from 0: from now on the attached layers' outputs are penalised.</summary>
    public void BeginStep(long step)
    {
        ReleaseTerms();
        foreach (var attachment in _attachments) attachment.BeginStep();
        _step = step;
    }

    /// <summary>Ends a step that failed, and frees its terms.</summary>
    internal void AbandonStep()
    {
        ReleaseTerms();
        _step = -1;
    }

    /// <summary>
    /// Ends the step and hands its terms over, one per attachment and pass whose weight is not 0; the caller disposes
    /// of their tensors, which are in no dispose scope.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// An attached layer was not run in this step, or in a pass of it.
    /// </exception>
    public IReadOnlyList<PenaltyTerm> EndStep()
    {
        foreach (var attachment in _attachments)
        {
            if (_step < 0 || attachment.IsComplete || attachment.Weight.At(_step) == 0) continue;
            var (step, missing) = (_step, attachment.Missing());
            AbandonStep();
            throw new InvalidOperationException(
                $"{missing} was not run in step {step}: "
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
        foreach (var attachment in _attachments) attachment.Detach();
        _attachments.Clear();
    }

    /// <summary>One line per attachment: name, weight and penalty.</summary>
    public override string ToString() =>
        string.Join(Environment.NewLine, _attachments.Select(a => $"{a.Name}: {a.Weight} x ({a.Penalty})"));

    private Regularizer Attach(
        IReadOnlyList<Module<torch.Tensor, torch.Tensor>> layers, IActivationPenalty penalty, WeightSchedule weight,
        string? name)
    {
        ArgumentNullException.ThrowIfNull(penalty);
        ArgumentNullException.ThrowIfNull(weight);
        name ??= _attachments.Count == 0 ? "penalty" : $"penalty {_attachments.Count + 1}";
        if (_attachments.Exists(a => a.Name == name))
        {
            throw new ArgumentException(
                $"A penalty named '{name}' is attached already; give this one another name.", nameof(name));
        }
        _attachments.Add(new PenaltyAttachment(name, layers, penalty, weight, Observe));
        return this;
    }

    private void Observe(PenaltyAttachment attachment, int layer, torch.Tensor output)
    {
        if (_step < 0 || !torch.is_grad_enabled()) return;
        if (attachment.Observe(layer, output, _step) is { } term) _terms.Add(term);
    }

    private void ReleaseTerms()
    {
        foreach (var term in _terms) term.Term.Dispose();
        _terms.Clear();
        foreach (var attachment in _attachments) attachment.Release();
    }
}
