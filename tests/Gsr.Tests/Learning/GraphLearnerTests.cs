using Gsr.Analysis;
using Gsr.Graphs;
using Gsr.Learning;
using Gsr.Models;
using Gsr.Penalties;
using Gsr.Tests.Penalties;
using Gsr.Training;
using TorchSharp;

namespace Gsr.Tests.Learning;

[Collection(Alone.Name)]
public sealed class GraphLearnerTests
{
    private static readonly AutoencoderOptions Small = new()
    {
        Inputs = 12,
        Hidden = [16],
        Code = 8,
        CodeNoise = 0.3,
        Seed = 3
    };
    private static readonly GraphLearningOptions Short = new()
    {
        PreTrainingSteps = 20,
        StepsPerGraph = 10,
        Samples = 64,
        Weight = 0.05
    };
    private static readonly TrainingOptions Training = new() { Steps = 60, Seed = 1, Threads = 1 };

    [Fact]
    public void Graphs_are_built_after_the_first_part_and_every_few_steps()
    {
        var learned = Learn(Short, Training);
        Assert.Equal([20, 30, 40, 50], learned.Snapshots.Select(s => s.Step));
        Assert.Equal(60, learned.History.StepCount);
        Assert.Equal(StopReason.StepsDone, learned.Stopped);
        Assert.Same(learned.Graph, learned.Snapshots[^1].Graph);
        Assert.Null(learned.Snapshots[0].Change);
        for (var i = 1; i < 4; i++)
        {
            Assert.Equal(
                GraphChange.Between(learned.Snapshots[i - 1].Graph!, learned.Snapshots[i].Graph!), learned.Snapshots[i]
                    .Change);
        }
        Assert.All(
            learned.Snapshots, s =>
                Assert.Equal((s.Graph!.Edges.Count, s.Graph.ComponentCount), (s.Edges, s.Components)));
        Assert.Equal(
            ["edges", "components", "dead nodes", "Jaccard", "relative change", "distinct share"], learned.ToFrame()
                .ColumnKeys);
        Assert.StartsWith("4 graphs, all steps done; step 50: ", $"{learned}");
        Assert.Equal([0, 10, 20], Learn(Short with { PreTrainingSteps = 0 }, Training with { Steps = 30 })
            .Snapshots.Select(s => s.Step));
    }

    [Fact]
    public void The_first_part_is_training_without_the_penalty_and_the_second_has_it()
    {
        var terms = Learn(Short, Training with { StepsPerRecord = 1 }).History.Term("graph");
        Assert.All(terms.Take(20), value => Assert.True(double.IsNaN(value)));
        Assert.All(terms.Skip(20), value => Assert.True(value >= 0));

        // With weight 0 throughout, building graphs leaves no trace: not even in the random state.
        Assert.Equal(Weights(null), Weights(Short with { Weight = 0 }));
        Assert.NotEqual(Weights(null), Weights(Short));
    }

    [Fact]
    public void A_step_s_penalty_is_that_of_the_last_graph() => Once(model =>
    {
        var builder = new Listed(FeatureGraph.Path(8), FeatureGraph.Complete(8), FeatureGraph.Ring(8));
        using var learner = new GraphLearner(model, model.Objective, model.CodeLayer, builder, model.Encode);
        var expected = new List<double>();
        var values = new List<double>();
        var options = Short with { Laplacian = LaplacianKind.SymmetricNormalized, Form = PenaltyForm.RayleighQuotient };
        var hook = model.CodeLayer.register_forward_hook((_, _, output) =>
        {
            if (model.training && builder.Last is { } graph)
            {
                using var detached = output.detach();
                var (term, value) = new GraphPenalty(graph.Laplacian(options.Laplacian), options.Form)
                    .Evaluate(detached);
                term.Dispose();
                expected.Add(value);
            }

            return output;
        });
        using var data = Data();
        var learned = learner.Learn([data], options, Training with { Steps = 50, StepsPerRecord = 1 });
        hook.remove();
        Assert.Equal(30, expected.Count);
        Assert.Equal(expected, learned.History.Term("graph").Skip(20));
        Assert.Equal("ring 8", learned.Graph!.Name);
        return values;
    });

    [Fact]
    public void Across_layers_the_graph_is_that_of_their_activations_side_by_side() => Once(model =>
    {
        var layers = model.EncoderLayers;
        using var learner = new GraphLearner(
            model, model.Objective, layers, new NearestNeighbourBuilder(3), model.Encode);
        using var data = Data();
        // One graph, of all samples, and no step after it that would change the model.
        var options = Short with { Samples = (int)data.shape[0], StepsPerGraph = 1000, Weight = 0 };
        var learned = learner.Learn([data], options, Training with { Steps = 21, LearningRate = 1e-12 });
        using var first = layers[0].call(data);
        using var second = layers[1].call(first);
        using var joined = torch.cat([first, second], 1);
        var expected = new NearestNeighbourBuilder(3).Build(NodeActivations.From(joined));
        Assert.Equal(16 + 8, learned.Graph!.NodeCount);
        Assert.Equal(expected.Edges, learned.Graph.Edges);
        Assert.Contains(learned.Graph.Edges, edge => edge.Source < 16 && edge.Target >= 16);
        Assert.StartsWith("graph of Sequential and Linear", $"{learner}");
        Assert.Throws<ArgumentException>(
            "layers", () => new GraphLearner(model, model.Objective, [], new NearestNeighbourBuilder(3)));
        return new List<double>();
    });

    [Fact]
    public void The_weight_s_schedule_begins_with_the_first_graph()
    {
        var asked = new List<long>();
        Learn(Short with
        {
            Weight = new WeightSchedule(step =>
            {
                asked.Add(step);
                return 0.1;
            }),
        }, Training with { Steps = 25 });
        Assert.Equal([0, 1, 2, 3, 4], asked.Distinct());
    }

    [Fact]
    public void The_same_seed_gives_the_same_graphs()
    {
        var first = Learn(Short, Training);
        var again = Learn(Short, Training);
        Assert.Equal(first.Snapshots.Select(s => s.Step), again.Snapshots.Select(s => s.Step));
        foreach (var (a, b) in first.Snapshots.Zip(again.Snapshots)) Assert.Equal(a.Graph!.Edges, b.Graph!.Edges);
        var other = Learn(Short, Training with { Seed = 2 });
        Assert.NotEqual(first.Graph!.Edges, other.Graph!.Edges);
    }

    [Fact]
    public void Running_the_whole_objective_gives_the_same_graphs() => Once(model =>
    {
        using var data = Data();
        using var whole = new GraphLearner(model, model.Objective, model.CodeLayer, new NearestNeighbourBuilder(2));
        var edges = whole.Learn([data], Short, Training).Graph!.Edges;
        Assert.Equal(Learn(Short, Training).Graph!.Edges, edges);
        return 0;
    });

    [Fact]
    public void Samples_are_drawn_anew_without_replacement()
    {
        var anew = new SampleDraw(100, 10, 1);
        var (first, second) = (anew.Next(), anew.Next());
        Assert.NotEqual(first, second);
        Assert.Equal(10, first.Distinct().Count());
        Assert.All(first.Concat(second), i => Assert.InRange(i, 0, 99));
        Assert.Equal(Enumerable.Range(0, 5).Select(i => (long)i), new SampleDraw(5, 10, 1).Next());
        var drawn = new int[20];
        var often = new SampleDraw(20, 5, 3);
        for (var i = 0; i < 4000; i++)
            foreach (var sample in often.Next()) drawn[sample]++;
        Assert.All(drawn, count => Assert.InRange(count, 850, 1150));
    }

    [Fact]
    public void It_stops_some_steps_after_the_graph_fell_apart_and_keeps_that_graph()
    {
        FeatureGraph[] graphs = [FeatureGraph.Path(8), FeatureGraph.Path(4).Copies(2), FeatureGraph.Ring(8)];
        Assert.Equal((55, StopReason.Disconnected), End(Short with { StepsAfterDisconnection = 25 }, graphs));
        Assert.Equal((30, StopReason.Disconnected), End(Short with { StepsAfterDisconnection = 0 }, graphs));
        var builder = new Listed(graphs);
        Once(model =>
        {
            using var data = Data();
            using var learner = new GraphLearner(model, model.Objective, model.CodeLayer, builder, model.Encode);
            var learned = learner.Learn(
                [data], Short with { StepsAfterDisconnection = 25 }, Training with { Steps = 200 });
            Assert.Equal("2 x path 4", learned.Graph!.Name);
            return 0;
        });
    }

    [Fact]
    public void Collapse_is_recorded()
    {
        Once(model =>
        {
            // A ReLU code of negative bias is dead from the start.
            using var data = Data();
            using var dead = new Autoencoder(
                Small with { CodeActivation = Activation.ReLU, CodeBias = -100, CodeNoise = 0 });
            using var learner = new GraphLearner(
                dead, dead.Objective, dead.CodeLayer, new NearestNeighbourBuilder(2), dead.Encode);
            var learned = learner.Learn([data], Short, Training);
            Assert.Equal(StopReason.StepsDone, learned.Stopped);
            Assert.Equal(Collapse.AllNodesDead, learned.Snapshots[0].Collapse);
            Assert.Equal((8, 0), (learned.Snapshots[0].DeadNodes.Count, learned.Snapshots[0].Components));
            Assert.Contains("collapsed: all nodes are dead", $"{learned}");

            // A heavy weight on the complete graph, and no task to speak of, makes all nodes one.
            using var single = new GraphLearner(
                model, batch => [.. model.Objective(batch).Select(t => t with { Value = t.Value * 1e-6 })],
                model.CodeLayer, new Listed(Enumerable.Repeat(FeatureGraph.Complete(8), 100).ToArray()), model.Encode);
            var one = single.Learn(
                [data], Short with { Weight = 1, Form = PenaltyForm.RayleighQuotient },
                Training with { Steps = 900, LearningRate = 1e-2 });
            Assert.Contains(one.Snapshots, snapshot => snapshot.Collapse == Collapse.AllNodesEqual);
            return 0;
        });
    }

    [Fact]
    public void The_caller_may_stop_it_and_add_penalties()
    {
        Once(model =>
        {
            using var data = Data();
            using var learner = new GraphLearner(
                model, model.Objective, model.CodeLayer, new NearestNeighbourBuilder(2), model.Encode);
            learner.Regularizer.Add(model.CodeLayer, new SparsityPenalty(), 1e-4, "sparsity");
            var learned = learner.Learn([data], Short, Training with { AfterStep = done => done < 33 });
            Assert.Equal((33, StopReason.StoppedByCaller), (learned.History.StepCount, learned.Stopped));
            Assert.Contains("sparsity", learned.History.TermNames);
            var none = learner.Learn([data], Short, Training with { AfterStep = _ => false });
            Assert.Null(none.Graph);
            Assert.StartsWith("no graph", $"{none}");
            return 0;
        });
    }

    [Fact]
    public void Graphs_are_dropped_where_asked()
    {
        var learned = Learn(Short with { KeepsGraphs = false }, Training);
        Assert.Equal([true, false, false, true], learned.Snapshots.Select(s => s.Graph is not null));
        Assert.Equal(Learn(Short, Training).Graph!.Edges, learned.Graph!.Edges);
    }

    [Fact]
    public void Learning_leaves_no_tensor_nor_hook()
    {
        using var data = Data();
        using var model = new Autoencoder(Small with { Code = 64 });
        Assert.Equal(0, Alone.Growth(3, () =>
        {
            // 64 nodes of a dense graph: the penalty that keeps its Laplacian in libtorch.
            using var learner = new GraphLearner(
                model, model.Objective, model.CodeLayer, new AdaptiveGaussianBuilder(9, 0), model.Encode);
            learner.Learn([data], Short, Training);
        }));
        using var scope = torch.NewDisposeScope();
        model.train();
        model.call(data);
    }

    [Fact]
    public void Wrong_options_and_layers_are_named()
    {
        Refuses("GraphLearningOptions.PreTrainingSteps", Short with { PreTrainingSteps = -1 });
        Refuses("GraphLearningOptions.StepsPerGraph", Short with { StepsPerGraph = 0 });
        Refuses("GraphLearningOptions.Samples", Short with { Samples = 1 });
        Refuses("GraphLearningOptions.StepsAfterDisconnection", Short with { StepsAfterDisconnection = -5 });
        Refuses("GraphLearningOptions.Laplacian", Short with { Laplacian = (LaplacianKind)9 });
        Refuses("training", Short with { PreTrainingSteps = 60 });
        Once(model =>
        {
            using var data = Data();
            using var wide = new GraphLearner(
                model, model.Objective, model.CodeLayer, new Listed(FeatureGraph.Path(9)), model.Encode);
            Assert.Throws<InvalidOperationException>(() => wide.Learn([data], Short, Training));
            using var other = new Autoencoder(Small);
            using var never = new GraphLearner(
                model, model.Objective, other.CodeLayer, new NearestNeighbourBuilder(), model.Encode);
            Assert.Throws<InvalidOperationException>(() => never.Learn([data], Short, Training));
            return 0;
        });

        static void Refuses(string option, GraphLearningOptions options) =>
            Assert.Throws<ArgumentException>(option, () => Learn(options, Training));
    }

    private static (long, StopReason) End(GraphLearningOptions options, FeatureGraph[] graphs) => Once(model =>
    {
        using var data = Data();
        using var learner = new GraphLearner(model, model.Objective, model.CodeLayer, new Listed(graphs), model.Encode);
        var learned = learner.Learn([data], options, Training with { Steps = 200 });
        return (learned.History.StepCount, learned.Stopped);
    });

    private static LearnedGraph Learn(GraphLearningOptions options, TrainingOptions training) => Once(model =>
    {
        using var data = Data();
        using var learner = new GraphLearner(
            model, model.Objective, model.CodeLayer, new NearestNeighbourBuilder(2), model.Encode);
        return learner.Learn([data], options, training);
    });

    private static double[] Weights(GraphLearningOptions? options) => Once(model =>
    {
        using var data = Data();
        if (options is null)
        {
            new Trainer(model, model.Objective).Fit([data], Training, TestContext.Current.CancellationToken);
        }
        else
        {
            using var learner = new GraphLearner(
                model, model.Objective, model.CodeLayer, new NearestNeighbourBuilder(2), model.Encode);
            learner.Learn([data], options, Training);
        }

        return model.parameters().SelectMany(PenaltyCases.ToArray).ToArray();
    });

    private static T Once<T>(Func<Autoencoder, T> run) => Alone.WithThreads(1, () =>
    {
        using var model = new Autoencoder(Small);
        return run(model);
    });

    /// <summary>Four groups of three columns that vary together.</summary>
    private static torch.Tensor Data()
    {
        var random = new Random(4);
        var values = new float[500 * 12];
        for (var s = 0; s < 500; s++)
        {
            for (var group = 0; group < 4; group++)
            {
                var common = random.NextSingle();
                for (var i = 0; i < 3; i++) values[(s * 12) + (group * 3) + i] = common + (0.1f * random.NextSingle());
            }
        }

        return Tensors.Matrix(values, 12);
    }

    /// <summary>Given graphs in turn, then the last again and again.</summary>
    private sealed class Listed(params FeatureGraph[] graphs) : IFeatureGraphBuilder
    {
        private int _next;

        public FeatureGraph? Last { get; private set; }

        public FeatureGraph Build(NodeActivations activations) => Last = graphs[Math.Min(_next++, graphs.Length - 1)];
    }
}

internal static class LearnerOfTests
{
    /// <summary>Learns until the test is cancelled.</summary>
    public static LearnedGraph Learn(
        this GraphLearner learner, IReadOnlyList<torch.Tensor> examples, GraphLearningOptions options,
        TrainingOptions training) =>
        learner.Fit(examples, options, training, TestContext.Current.CancellationToken);
}
