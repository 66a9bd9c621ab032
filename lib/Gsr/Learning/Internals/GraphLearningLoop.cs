using Gsr.Graphs;
using Gsr.Training;
using TorchSharp;

namespace Gsr.Learning;

/// <summary>
/// The loop of Algorithm 1, for one network or for the members of an ensemble, which train together: steps without a
/// graph, then a new graph of each network's activations every few steps.
/// </summary>
internal sealed class GraphLearningLoop
{
    private readonly GraphLearningOptions _options;
    private readonly TrainingOptions _training;
    private readonly IFeatureGraphBuilder _builder;
    private readonly GraphCourse[] _courses;
    private readonly SampleDraw[] _draws;
    private readonly long _steps;

    /// <summary>Checks what is asked for; there is one seed of the graphs' samples per network.</summary>
    public GraphLearningLoop(
        IFeatureGraphBuilder builder, IReadOnlyList<torch.Tensor> examples, GraphLearningOptions options,
        TrainingOptions training, IReadOnlyList<int> seeds)
    {
        options.Check();
        (_builder, _options, _training) = (builder, options, training);
        using (var sampler = new BatchSampler(examples, training.BatchSize, seeds))
            _steps = training.StepsFor(sampler.BatchesPerEpoch);
        if (_steps <= options.PreTrainingSteps)
        {
            throw new ArgumentException(
                $"The training has {_steps} steps and GraphLearningOptions.PreTrainingSteps is "
                + $"{options.PreTrainingSteps}: no step is left for the graph.", nameof(training));
        }

        var count = examples[0].shape[0];
        _courses = [.. seeds.Select(_ => new GraphCourse(options))];
        _draws = [.. seeds.Select(seed => new SampleDraw(count, options.Samples, seed))];
    }

    /// <summary>Steps done.</summary>
    public long Done { get; private set; }

    /// <summary>The penalty's weight α at a step: 0 before the first graph, by its schedule from there on.</summary>
    public double WeightAt(long step) =>
        step < _options.PreTrainingSteps ? 0 : _options.Weight.At(step - _options.PreTrainingSteps);

    /// <summary>
    /// Trains, builds graphs on the way, and gives what each network has learned; from the numbers of chosen examples,
    /// for each network, <paramref name="activationsOn"/> gives the activations of its layer.
    /// </summary>
    public LearnedGraph[] Run(
        Func<long[][], NodeActivations[]> activationsOn, LearnedGraphPenalty penalty,
        Func<TrainingOptions, TrainingHistory> train)
    {
        if (_options.PreTrainingSteps == 0) Rebuild();
        var history = train(_training with { AfterStep = AfterStep });
        return [.. _courses.Select(course => course.Finish(history, _steps))];

        bool AfterStep(long done)
        {
            Done = done;
            // Members of an ensemble have no rule to stop by, so that a graph is due for all of them at once.
            if (done >= _options.PreTrainingSteps && done < _steps && _courses[0].NeedsGraphAt(done)) Rebuild();
            return !_courses[0].StopsAt(done) && (_training.AfterStep?.Invoke(done) ?? true);
        }

        void Rebuild()
        {
            var activations = activationsOn([.. _draws.Select(draw => draw.Next())]);
            var laplacians = activations.Select((own, network) => Graph(own, _courses[network]));
            penalty.Replace([.. laplacians], _options.Form, _options.Centre);
        }
    }

    private Laplacian Graph(NodeActivations activations, GraphCourse course)
    {
        var graph = _builder.Build(activations);
        if (graph.NodeCount != activations.Nodes)
        {
            throw new InvalidOperationException(
                $"The builder ({_builder}) gave a graph of {graph.NodeCount} nodes for a layer of "
                + $"{activations.Nodes}.");
        }

        course.Add(Done, graph, activations);
        return graph.Laplacian(_options.Laplacian);
    }
}
