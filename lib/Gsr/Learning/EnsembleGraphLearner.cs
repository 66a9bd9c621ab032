using Gsr.Models;
using Gsr.Training;
using TorchSharp;

namespace Gsr.Learning;

/// <summary>
/// Algorithm 1 for many small autoencoders at once: trials of one experiment, each with its own weights, batches and
/// learned graph of its code, trained as one model. A member learns what <see cref="GraphLearner"/> would teach it
/// alone, but for rounding and for other noise on its codes.
/// </summary>
/// <example><code>
/// using var ensemble = new AutoencoderEnsemble(new AutoencoderOptions { Inputs = 150, Code = 20 }, seeds);
/// var learner = new EnsembleGraphLearner(ensemble, new NearestNeighbourBuilder());
/// var trials = learner.Fit(samples, new GraphLearningOptions { Weight = 1e-2 }, new TrainingOptions { Steps = 4000 });
/// double share = trials.Average(trial => trial.Graph!.ComponentCount == 3 ? 1.0 : 0);
/// </code></example>
/// <param name="ensemble">The members; stays the caller's.</param>
/// <param name="builder">Makes a graph of a member's activations.</param>
public sealed class EnsembleGraphLearner(AutoencoderEnsemble ensemble, IFeatureGraphBuilder builder)
{
    /// <summary>
    /// Trains all members on the same examples [n, inputs], and leaves the ensemble in evaluation mode. Batches, graph
    /// samples and noise of a member come from its own seed. The learned graphs share one history, of sums over the
    /// members. The rule by which a single training stops early does not apply.
    /// </summary>
    public IReadOnlyList<LearnedGraph> Fit(
        torch.Tensor examples, GraphLearningOptions options, TrainingOptions training,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(examples);
        options.Check();
        if (options.StepsAfterDisconnection is not null)
        {
            throw new ArgumentException(
                "GraphLearningOptions.StepsAfterDisconnection stops a training early, and the members of an ensemble "
                + "train together: leave it out.", nameof(options));
        }

        var loop = new GraphLearningLoop(builder, [examples], options, training, ensemble.Seeds);
        using var penalty = new LearnedGraphPenalty();
        return loop.Run(Activations, penalty, observed => new Trainer(ensemble, Objective)
        {
            MemberPenalty = (member, chunk) => new AttachedPenalty(
                "graph", ensemble.Options.Hidden.Count, penalty.OfMember(member), _ => loop.WeightAt(loop.Done), chunk),
        }.FitEnsemble([examples], ensemble.Seeds, observed, cancellationToken));

        IReadOnlyList<LossTerm> Objective(IReadOnlyList<torch.Tensor> batch)
        {
            var code = ensemble.Encode(batch[0]);
            var error = AutoencoderEnsemble.Error(ensemble.Decode(code), batch[0]);
            var weight = loop.WeightAt(loop.Done);
            return weight == 0 ? [error] : [error, new LossTerm("graph", penalty.EvaluateMembers(code, weight))];
        }

        NodeActivations[] Activations(long[][] chosen)
        {
            using var scope = torch.NewDisposeScope();
            using var noGradient = torch.no_grad();
            var indices = torch.tensor(chosen.SelectMany(own => own).ToArray(), device: examples.device);
            var codes = ensemble.Encode(BatchSampler.Gather(examples, indices, chosen.Length));
            return [.. chosen.Select((_, member) => NodeActivations.From(codes[member]))];
        }
    }
}
