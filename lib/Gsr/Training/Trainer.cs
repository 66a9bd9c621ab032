using System.Diagnostics;
using Gsr.Native;
using Gsr.Penalties;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace Gsr.Training;

/// <summary>
/// Trains any TorchSharp model on any objective, with penalties attached to its layers, by Adam on batches drawn by
/// index.
/// </summary>
/// <example><code>
/// using var model = new Autoencoder(new AutoencoderOptions { Inputs = 15, Hidden = [50, 50], Code = 6 });
/// using var regularizer = new Regularizer().Add(model.CodeLayer, new GraphPenalty(graph.Laplacian()), 1e-2);
/// var history = new Trainer(model, model.Objective, regularizer)
///     .Fit([samples], new TrainingOptions { Steps = 5000, Seed = 1, Progress = ProgressLine.ToConsole() });
/// </code></example>
public sealed class Trainer
{
    private const string LowerRate = "Lower the learning rate, or look for NaN in the examples.";
    private const string LowerWeights = "Each term is finite, but not their sum: lower the weights.";
    private static readonly TimeSpan StatusInterval = TimeSpan.FromMilliseconds(250);
    private readonly Module _model;
    private readonly Objective _objective;
    private readonly Regularizer? _regularizer;

    /// <summary>
    /// Makes a trainer; its parameters that require a gradient are trained. Model and regularizer stay the caller's.
    /// </summary>
    public Trainer(Module model, Objective objective, Regularizer? regularizer = null) =>
        (_model, _objective, _regularizer) = (model, objective, regularizer);

    /// <summary>
    /// From a member of an ensemble and the examples at once the penalty that the objective adds to it; the objective is
    /// then the ensemble's own but for these. Null where it is not known.
    /// </summary>
    internal Func<int, int, AttachedPenalty>? MemberPenalty { get; init; }

    /// <summary>Where networks of earlier runs are kept; null for none.</summary>
    internal TrainingCache? Cache { get; init; } = TrainingCache.Current;

    /// <summary>
    /// Trains on tensors of equal first dimension on the model's device, which stay the caller's, and leaves the model
    /// in evaluation mode; cancelled, the model keeps what it has learned.
    /// </summary>
    /// <exception cref="ArgumentException">Examples or options are wrong; the message says which.</exception>
    /// <exception cref="DivergenceException">A term became NaN or infinite.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public TrainingHistory Fit(
        IReadOnlyList<torch.Tensor> examples, TrainingOptions options, CancellationToken cancellationToken = default)
    {
        using var sampler = new BatchSampler(examples, options.BatchSize, options.Seed);
        return Run(sampler, options, cancellationToken);
    }

    /// <summary>
    /// The same on batches of a source, which stays the caller's; the options' batch size does not apply.
    /// </summary>
    /// <inheritdoc cref="Fit(IReadOnlyList{torch.Tensor}, TrainingOptions, CancellationToken)"/>
    public TrainingHistory Fit(
        IBatchSource batches, TrainingOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batches);
        return Run(batches, options, cancellationToken);
    }

    /// <summary>
    /// Trains the members of an ensemble as one model, each on the batches that <c>Fit</c> would give it for its
    /// own seed; the objective receives them as [members, batch, …] and sums over members what each would have alone.
    /// The options' seed is that of libtorch's random state alone: each member's noise has its own.
    /// </summary>
    public TrainingHistory FitEnsemble(
        IReadOnlyList<torch.Tensor> examples, IReadOnlyList<int> seeds, TrainingOptions options,
        CancellationToken cancellationToken = default)
    {
        using var sampler = new BatchSampler(examples, options.BatchSize, seeds);
        return Run(sampler, options, cancellationToken);
    }

    /// <summary>
    /// How its steps are computed: fused, where the model is dense and the penalties' gradients are known, else by
    /// libtorch, but for the convolutions of some of the library's models.
    /// </summary>
    public override string ToString() =>
        $"Adam on {_model.GetName()}, " + (DenseStep.Model(_model, _objective, _regularizer) is { } dense
            ? $"{dense.AllLayers.Count()} dense layers in a fused step (single precision on a CPU)"
            : "by libtorch"
                + (_model is IFusedConvolutions ? ", its convolutions fused (single precision on a CPU)" : ""));

    private TrainingHistory Run(IBatchSource batches, TrainingOptions options, CancellationToken cancellationToken)
    {
        var steps = options.StepsFor(batches.BatchesPerEpoch);
        var perRecord = options.StepsPerRecord ?? Math.Max(1, steps / 200);
        // Set once: what the library's models draw while training comes from states of their own.
        // Indices into tensors that hold all examples: those of another source are nowhere at once.
        var sampler = batches as BatchSampler;
        var kept = Cache?.Find(_model, _regularizer, sampler, options);
        using (TorchRandom.Seeded(options.Seed)) (_model as IRandomModule)?.Random.manual_seed(options.Seed);
        using var optimizer = StepOptimizer.For(_model, options);
        using var plain = options.Fused ? null : FusedConvolution.Off();
        var threadsBefore = torch.get_num_threads();
        if (options.Threads is { } threads) torch.set_num_threads(threads);
        using var dense = options.Fused && sampler is not null
            && (options.BatchSize <= DenseStep.LargestBatch || torch.get_num_threads() == 1)
            ? Fused(sampler, optimizer.Adam) : null;
        var history = new TrainingHistory();
        var (record, sinceStatus) = (new RunningMeans(), new RunningMeans());
        var clock = Stopwatch.StartNew();
        var lastStatus = TimeSpan.Zero;
        var goesOn = true;
        _model.train();
        try
        {
            for (long step = 0; step < steps && goesOn; step++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var rate = options.RateAt(step, steps);
                if (dense is not null) Step(step, rate, dense, sampler!, optimizer, record, sinceStatus);
                else Step(step, rate, batches, optimizer, record, sinceStatus);
                if (step == 0 && kept?.Take(sinceStatus) is { } earlier)
                {
                    history = earlier;
                    sinceStatus.Clear();
                    history.AddLast(sinceStatus);
                    break;
                }

                history.StepCount = step + 1;
                goesOn = options.AfterStep?.Invoke(step + 1) ?? true;
                var isLast = step == steps - 1 || !goesOn;
                if ((step + 1) % perRecord == 0 || isLast) Record(history, record, step + 1);
                if (options.Progress is null || clock.Elapsed - lastStatus < StatusInterval || isLast) continue;
                lastStatus = clock.Elapsed;
                Report(options.Progress, step + 1, isFinal: false);
            }
        }
        finally
        {
            _model.eval();
            if (options.Threads is not null) torch.set_num_threads(threadsBefore);
            if (!history.IsReused) history.Elapsed = clock.Elapsed;
        }

        if (!history.IsReused) kept?.Keep(history);
        if (options.Progress is not null) Report(options.Progress, history.StepCount, isFinal: true);
        return history;

        void Report(IProgress<TrainingStatus> progress, long done, bool isFinal)
        {
            var epoch = done / (double)batches.BatchesPerEpoch;
            var elapsed = history.IsReused ? history.Elapsed : clock.Elapsed;
            progress.Report(new TrainingStatus(
                done, steps, epoch, sinceStatus.Loss, sinceStatus.Terms, elapsed, isFinal)
            {
                History = history,
            });
            sinceStatus.Clear();
        }
    }

    private FusedStep? Fused(BatchSampler sampler, FlatAdam? adam) =>
        MemberPenalty is not null || !sampler.IsOne
            ? _regularizer is null && _model is IDenseModel { Dense: { } dense } own
                && (MemberPenalty is not null || own.Objective == _objective) && !ForwardHooks.AreOn(_model)
                    ? DenseStep.For(
                        dense, adam, sampler.Examples, sampler.BatchSize, [.. Enumerable.Range(0, sampler.Members)],
                        (member, chunk) => MemberPenalty?.Invoke(member, chunk) is { } penalty ? [penalty] : [])
                    : null
            : DenseStep.For(_model, _objective, _regularizer, adam, sampler.Examples, sampler.BatchSize);

    private static void Record(TrainingHistory history, RunningMeans record, long step)
    {
        history.Add(step, record.Loss, record.Terms);
        record.Clear();
    }

    private void Step(
        long step, double rate, FusedStep dense, BatchSampler sampler, StepOptimizer optimizer, RunningMeans record,
        RunningMeans sinceStatus)
    {
        var (value, penalties) = dense.Run(step, sampler);
        var loss = value + penalties.Sum(penalty => penalty.Weight * penalty.Value);
        if (!float.IsFinite((float)loss)) throw Diverged(step, dense.LossName, value, penalties);
        foreach (var means in (RunningMeans[])[record, sinceStatus])
        {
            means.Add(dense.LossName, value);
            // Of an ensemble it is a term of the objective, which has its weight.
            foreach (var penalty in penalties)
                means.Add(penalty.Name, penalty.Value * (MemberPenalty is null ? 1 : penalty.Weight));
            means.Add(loss);
        }

        optimizer.Step(rate);
    }

    private void Step(
        long step, double rate, IBatchSource batches, StepOptimizer optimizer, RunningMeans record,
        RunningMeans sinceStatus)
    {
        using var scope = torch.NewDisposeScope();
        var (terms, penalties) = Terms(step, batches.Next());
        foreach (var penalty in penalties) scope.Attach(penalty.Term);
        if (terms.Count == 0) throw new InvalidOperationException("The objective gave no term.");

        var loss = terms[0].Value;
        for (var i = 1; i < terms.Count; i++) loss = loss.Plus(terms[i].Value);
        foreach (var penalty in penalties) loss = loss.Plus(penalty.Term);

        var value = loss.Value();
        if (!double.IsFinite(value)) throw Diverged(step, terms, penalties, value);
        foreach (var term in terms)
            Note(term.Name, terms.Count == 1 && penalties.Count == 0 ? value : term.Value.Value());
        foreach (var penalty in penalties) Note(penalty.Name, penalty.Value);
        record.Add(value);
        sinceStatus.Add(value);

        loss.backward();
        optimizer.Step(rate);

        void Note(string name, double termValue)
        {
            record.Add(name, termValue);
            sinceStatus.Add(name, termValue);
        }
    }

    private (IReadOnlyList<LossTerm> Terms, IReadOnlyList<PenaltyTerm> Penalties) Terms(long step, torch.Tensor[] batch)
    {
        if (_regularizer is null) return (_objective(batch), []);
        _regularizer.BeginStep(step);
        try
        {
            return (_objective(batch), _regularizer.EndStep());
        }
        catch
        {
            _regularizer.AbandonStep();
            throw;
        }
    }

    private static DivergenceException Diverged(
        long step, string name, double value, IReadOnlyList<FusedTerm> penalties)
    {
        if (!float.IsFinite((float)value)) return new DivergenceException(step, name, value, LowerRate);
        foreach (var penalty in penalties)
        {
            var term = penalty.Weight * penalty.Value;
            if (!float.IsFinite((float)term))
                return new DivergenceException(step, penalty.Name, (float)term, LowerWeight(penalty.Weight));
        }

        return new DivergenceException(step, "loss", double.PositiveInfinity, LowerWeights);
    }

    private static string LowerWeight(double weight) => $"Lower its weight (now {weight:g4}) or the learning rate.";

    private static DivergenceException Diverged(
        long step, IReadOnlyList<LossTerm> terms, IReadOnlyList<PenaltyTerm> penalties, double loss)
    {
        foreach (var term in terms)
        {
            var value = term.Value.Value();
            if (!double.IsFinite(value))
            {
                return new DivergenceException(step, term.Name, value, LowerRate);
            }
        }

        foreach (var penalty in penalties)
        {
            // The term, not value times weight: it overflows in the tensor's precision before they do.
            var value = penalty.Term.Value();
            if (!double.IsFinite(value))
            {
                return new DivergenceException(step, penalty.Name, value, LowerWeight(penalty.Weight));
            }
        }

        return new DivergenceException(step, "loss", loss, LowerWeights);
    }
}
