using System.Runtime.Intrinsics;
using Gsr.Graphs;
using Gsr.Learning;
using Gsr.Models;
using Gsr.Penalties;
using Gsr.Training;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace Gsr.Tests.Training;

[Collection(Alone.Name)]
public class DenseStepTests
{
    public static TheoryData<int> Cases => [.. Enumerable.Range(0, 24)];

    // The slow, obvious way to the same gradients: libtorch's, from the objective and the regularizer.
    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradients_are_libtorchs_for_random_shapes(int seed)
    {
        var random = new Random(seed);
        var isClassifier = seed % 3 == 2;
        int inputs = random.Next(1, 80), count = random.Next(1, 90);
        int[] hidden = [.. Enumerable.Range(0, random.Next(0, 3)).Select(_ => random.Next(1, 70))];
        var width = random.Next(2, 40);
        using var examples = torch.randn(count, inputs);
        using var labels = torch.randint(width, [count], torch.ScalarType.Int64);
        var shape = new AutoencoderOptions
        {
            Inputs = inputs,
            Hidden = hidden,
            Code = width,
            Seed = seed,
            HiddenActivation = (Activation)random.Next(5),
            CodeActivation = (Activation)random.Next(5),
            OutputActivation = (Activation)random.Next(5),
            CodeNoise = seed % 2 == 0 ? 0.3 : 0,
        };
        using Module<torch.Tensor, torch.Tensor> model = isClassifier
            ? new DenseClassifier(new()
            {
                Inputs = inputs,
                Hidden = [.. hidden, random.Next(2, 30)],
                Classes = width,
                Seed = seed,
                HiddenActivation = (Activation)random.Next(5),
                Dropout = seed % 2 == 0 ? 0.4 : 0,
            })
            : seed % 3 == 1 ? new BetaVae(shape with { Hidden = [.. hidden, 11] }, 3) : new Autoencoder(shape);
        var (objective, layer) = model switch
        {
            Autoencoder own => ((Objective)own.Objective, own.CodeLayer),
            BetaVae own => (own.Objective, own.CodeLayer),
            _ => (((DenseClassifier)model).Objective, ((DenseClassifier)model).HiddenLayers[^1]),
        };
        var nodes = model is DenseClassifier classifier ? classifier.Options.Hidden[^1] : width;
        using var regularizer = new Regularizer();
        if (seed % 4 != 3)
        {
            regularizer.Add(layer, new GraphPenalty(FeatureGraph.Path(nodes).Laplacian()), 0.7);
            regularizer.Add(layer, new GraphPenalty(FeatureGraph.Complete(nodes).Laplacian(),
                PenaltyForm.RayleighQuotient, centre: 0.5), 0.2);
        }

        model.train();
        using var adam = new FlatAdam(model.parameters());
        torch.Tensor[] tensors = isClassifier ? [examples, labels] : [examples];
        using var step = DenseStep.For(model, objective, regularizer, adam, tensors, random.Next(1, 150));
        Assert.NotNull(step);
        using var sampler = new BatchSampler(tensors, count, seed);
        var (loss, penalties) = step.Run(0, sampler);
        using var again = new BatchSampler(tensors, count, seed);
        var batch = again.Indices(0, again.Advance()).ToArray();
        var fused = adam.Gradients().ToArray();
        adam.Gradients().Clear();

        ((IRandomModule)model).Random.manual_seed(seed);
        using var scope = torch.NewDisposeScope();
        var indices = torch.tensor(batch);
        regularizer.BeginStep(0);
        var terms = objective([.. tensors.Select(t => t.index_select(0, indices))]);
        var penaltyTerms = regularizer.EndStep();
        var total = terms.Select(t => t.Value).Concat(penaltyTerms.Select(t => t.Term)).Aggregate((x, y) => x + y);
        total.backward();
        Assert.Equal(terms[0].Value.ToDouble(), loss, 1e-5 * Math.Max(1, Math.Abs(loss)));
        (string Name, double Value)[] others = [.. terms.Skip(1).Select(t => (t.Name, t.Value.ToDouble())),
            .. penaltyTerms.Select(t => (t.Name, t.Value))];
        Assert.Equal(others.Select(p => p.Name), penalties.Select(p => p.Name));
        foreach (var (theirs, ours) in others.Zip(penalties))
            Assert.Equal(theirs.Value, ours.Value, 1e-5 * Math.Max(1, Math.Abs(theirs.Value)));
        var expected = adam.Gradients().ToArray();
        var size = Math.Max(1e-3, expected.Max(Math.Abs));
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], fused[i], (2e-6 * size) + (1e-5 * Math.Abs(expected[i])));
        foreach (var penalty in penaltyTerms) penalty.Term.Dispose();
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(0.4, null)]
    [InlineData(0, 0.5)]
    public void A_thousand_steps_end_where_libtorchs_end(double noise, double? beta)
    {
        using var examples = torch.randn(150, 12);
        double[] Train(bool fused)
        {
            var shape = new AutoencoderOptions
            {
                Inputs = 12,
                Hidden = [20],
                Code = 6,
                Seed = 1,
                CodeNoise = noise,
                HiddenActivation = Activation.Tanh,
            };
            using Module<torch.Tensor, torch.Tensor> model =
                beta is { } weight ? new BetaVae(shape, weight) : new Autoencoder(shape);
            var (objective, code) = model is BetaVae vae ? (vae.Objective, vae.CodeLayer)
                : ((Objective)((Autoencoder)model).Objective, ((Autoencoder)model).CodeLayer);
            using var regularizer = new Regularizer()
                .Add(code, new GraphPenalty(FeatureGraph.Ring(6).Laplacian()), 1e-2);
            var trainer = new Trainer(model, objective, regularizer);
            Assert.Contains("fused", trainer.ToString());
            var history = trainer.Fit(
                [examples], new TrainingOptions { Steps = 1000, Seed = 3, Fused = fused, StepsPerRecord = 100 });
            Assert.False(model.training);
            using var output = model.call(examples);
            return [.. history.Losses, .. history.TermNames.SelectMany(history.Term),
                .. output.data<float>().Select(value => (double)value)];
        }

        var (with, without) = (Train(true), Train(false));
        Assert.Equal(with.Length, without.Length);
        for (var i = 0; i < with.Length; i++) Assert.Equal(without[i], with[i], 2e-3);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 0.4)]
    [InlineData(2, 0.4)]
    public void The_members_of_an_ensemble_learn_what_libtorch_teaches_them(int threads, double noise)
    {
        using var examples = torch.randn(100, 9);
        int[] seeds = [4, 5, 6];
        (double[] Numbers, int Graphs) Train(bool fused) => Alone.WithThreads(threads, () =>
        {
            using var ensemble = new AutoencoderEnsemble(
                new() { Inputs = 9, Hidden = [13], Code = 5, CodeNoise = noise, OutputActivation = Activation.Sigmoid },
                seeds);
            Assert.Contains("fused", new Trainer(ensemble, ensemble.Objective).ToString());
            var learned = new EnsembleGraphLearner(ensemble, new NearestNeighbourBuilder(2)).Fit(
                examples,
                new GraphLearningOptions { Weight = 1e-2, PreTrainingSteps = 60, StepsPerGraph = 40, Samples = 50 },
                new TrainingOptions { Steps = 200, Seed = 3, Fused = fused, StepsPerRecord = 20 });
            var plain = new Trainer(ensemble, ensemble.Objective).FitEnsemble(
                [examples], seeds, new TrainingOptions { Steps = 50, Fused = fused, StepsPerRecord = 10 });
            var numbers = seeds.SelectMany((_, member) =>
            {
                using var own = ensemble.Member(member);
                using var output = own.call(examples);
                return output.data<float>().Select(value => (double)value).ToArray();
            });
            return (
                (double[])[.. numbers, .. learned[0].History.Losses, .. learned[0].History.Term("graph"),
                    .. plain.Term("reconstruction")],
                learned.Sum(graph => graph.Graph!.Edges.Count));
        });

        var (with, without) = (Train(true), Train(false));
        Assert.Equal(without.Graphs, with.Graphs);
        Assert.Equal(without.Numbers.Length, with.Numbers.Length);
        for (var i = 0; i < with.Numbers.Length; i++) Assert.Equal(without.Numbers[i], with.Numbers[i], 2e-3);
    }

    [Fact]
    public void Whatever_is_not_of_this_form_runs_by_libtorch()
    {
        using var model = new Autoencoder(new() { Inputs = 4, Hidden = [3], Code = 2 });
        using var other = Linear(4, 4);
        using var attached = new Regularizer().Add(other, new GraphPenalty(FeatureGraph.Path(4).Laplacian()), 1);
        using var own = new Regularizer().Add(model.CodeLayer, new OwnPenalty(), 1);
        using var across = new Regularizer().AddAcross(
            [model.CodeLayer, other], new GraphPenalty(FeatureGraph.Path(6).Laplacian()), 1);
        Assert.Contains("fused", new Trainer(model, model.Objective).ToString());
        Assert.Contains("libtorch", new Trainer(model, batch => model.Objective(batch)).ToString());
        foreach (var regularizer in (Regularizer[])[attached, own, across])
            Assert.Contains("libtorch", new Trainer(model, model.Objective, regularizer).ToString());
        Assert.Contains("libtorch", new Trainer(other, batch => [new("x", other.call(batch[0]).sum())]).ToString());

        // Someone looks at a layer, which the fused step would not run.
        foreach (var watched in (Module<torch.Tensor, torch.Tensor>[])[model, model.CodeLayer])
        {
            var hook = watched.register_forward_hook((_, _, output) => output);
            Assert.Contains("libtorch", new Trainer(model, model.Objective).ToString());
            hook.remove();
        }

        Assert.Contains("fused", new Trainer(model, model.Objective).ToString());
        using var adam = new FlatAdam(model.parameters());
        using var examples = torch.randn(10, 4);
        using var wide = torch.randn(10, 4, dtype: torch.ScalarType.Float64);
        using var turned = torch.randn(4, 10).t();
        Assert.NotNull(DenseStep.For(model, model.Objective, null, adam, [examples], 32));
        Assert.Null(DenseStep.For(model, model.Objective, null, adam, [wide], 32));
        Assert.Null(DenseStep.For(model, model.Objective, null, adam, [turned], 32));
        Assert.Null(DenseStep.For(model, model.Objective, null, null, [examples], 32));
        // A frozen layer is not in the optimiser.
        using var frozen = new Autoencoder(new() { Inputs = 4, Hidden = [3], Code = 2 });
        foreach (var parameter in frozen.CodeLayer.parameters()) parameter.requires_grad = false;
        using var partly = new FlatAdam(frozen.parameters());
        Assert.Null(DenseStep.For(frozen, frozen.Objective, null, partly, [examples], 32));
    }

    // Of the two ways only the fused one names a wrong label by its example.
    [Theory]
    [InlineData(1, 200, true)]
    [InlineData(2, 200, false)]
    [InlineData(2, 128, true)]
    public void A_large_batch_is_fused_where_libtorch_has_one_thread(int threads, int batch, bool isFused)
    {
        using var model = new DenseClassifier(new() { Inputs = 4, Hidden = [3], Classes = 2 });
        using var examples = torch.randn(batch, 4);
        using var labels = torch.full([batch], 2, torch.ScalarType.Int64);
        var error = Alone.WithThreads(threads, () => Record.Exception(() => new Trainer(model, model.Objective).Fit(
            [examples, labels], new TrainingOptions { Steps = 1, BatchSize = batch })));
        Assert.NotNull(error);
        Assert.Equal(isFused, error is ArgumentException && error.Message.Contains("label 2"));
    }

    [Fact]
    public void Wrong_labels_and_divergence_are_named()
    {
        using var model = new DenseClassifier(new() { Inputs = 4, Hidden = [3], Classes = 2 });
        using var examples = torch.randn(10, 4);
        using var labels = torch.full([10], 2, torch.ScalarType.Int64);
        var token = TestContext.Current.CancellationToken;
        var wrong = Assert.Throws<ArgumentException>(() => new Trainer(model, model.Objective)
            .Fit([examples, labels], new TrainingOptions { Steps = 1 }, token));
        Assert.Contains("label 2", wrong.Message);

        using var autoencoder = new Autoencoder(new() { Inputs = 4, Hidden = [3], Code = 2 });
        using var bad = torch.full([10, 4], float.NaN);
        var error = Assert.Throws<DivergenceException>(() => new Trainer(autoencoder, autoencoder.Objective)
            .Fit([bad], new TrainingOptions { Steps = 1 }, token));
        Assert.Equal("reconstruction", error.Term);
        using var heavy = new Regularizer()
            .Add(autoencoder.CodeLayer, new GraphPenalty(FeatureGraph.Path(2).Laplacian()), 1e38);
        using var large = torch.full([10, 4], 1e6f);
        Assert.Equal("penalty", Assert.Throws<DivergenceException>(() =>
            new Trainer(autoencoder, autoencoder.Objective, heavy)
                .Fit([large], new TrainingOptions { Steps = 1 }, token)).Term);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public unsafe void Products_are_sums_for_vectors_of_any_width(int seed)
    {
        var random = new Random(seed);
        int rows = seed + 1, columns = random.Next(1, 70), depth = random.Next(1, 20);
        var stride = (columns + 31) / 32 * 32;
        float[] a = Numbers(rows * depth), b = Numbers(depth * stride);
        float[] start = Numbers(rows), c = Numbers(rows * columns);
        var (accumulate, turned) = (seed % 2 == 0, seed % 3 == 0);
        var expected = new double[rows * columns];
        for (var r = 0; r < rows; r++)
        {
            for (var i = 0; i < columns; i++)
            {
                double sum = accumulate ? c[(r * columns) + i] : start[r];
                for (var k = 0; k < depth; k++)
                    sum += (double)a[turned ? (k * rows) + r : (r * depth) + k] * b[(k * stride) + i];
                expected[(r * columns) + i] = sum;
            }
        }

        Check<Vector128<float>, Lanes128>();
        Check<Vector256<float>, Lanes256>();
        Check<Vector512<float>, Lanes512>();

        void Check<TVector, TLanes>()
            where TLanes : struct, ILanes<TVector>
        {
            var result = (float[])c.Clone();
            fixed (float* pa = a, pb = b, pc = result, ps = start)
            {
                MatrixProduct.Block<TVector, TLanes>(
                    pa, turned ? 1 : depth, turned ? rows : 1, pb, stride, pc, columns, rows, columns, depth,
                    accumulate ? null : ps, accumulate);
            }

            for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], result[i], 1e-4);
        }

        float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public unsafe void What_is_zero_may_be_left_out_of_a_product(int seed)
    {
        var random = new Random(seed);
        int rows = seed + 1, columns = random.Next(1, 150), depth = random.Next(1, 400);
        var stride = (columns + 31) / 32 * 32;
        float[] a = Numbers(rows * depth, 1), b = new float[depth * stride], start = Numbers(rows, 1);
        // From nothing to everything, most of it in pieces as in images.
        for (var k = 0; k < depth; k++)
        {
            for (var i = 0; i < stride; i += 8)
                if (random.Next(10) < seed % 11) Numbers(8, random.NextSingle()).CopyTo(b, (k * stride) + i);
        }

        float[] whole = Product(skipsZeros: false), skipped = Product(skipsZeros: true);
        Assert.Equal(whole, skipped);

        float[] Product(bool skipsZeros)
        {
            var c = new float[rows * columns];
            fixed (float* pa = a, pb = b, pc = c, ps = start)
            {
                MatrixProduct.Multiply(
                    pa, depth, 1, pb, stride, pc, columns, rows, columns, depth, ps, accumulate: false, skipsZeros);
                MatrixProduct.Multiply(
                    pa, depth, 1, pb, stride, pc, columns, rows, columns, depth, null, accumulate: true, skipsZeros);
            }

            return c;
        }

        float[] Numbers(int count, float filled) => [.. Enumerable.Range(0, count)
            .Select(_ => random.NextSingle() < filled ? random.NextSingle() - 0.5f : 0)];
    }

    private sealed class OwnPenalty : IActivationPenalty
    {
        public PenaltyValue Evaluate(torch.Tensor activations, double weight) => new(activations.sum(), 1);
    }
}
