using Gsr.Learning;
using Gsr.Models;
using Gsr.Training;
using TorchSharp;

namespace Gsr.Benchmarks;

/// <summary>Graphs of a layer whose nodes form modules of 20, and a training that learns one.</summary>
internal sealed class GraphWorkload : IDisposable
{
    private readonly torch.Tensor _activations;

    public GraphWorkload(int nodes, int samples)
    {
        using var scope = torch.NewDisposeScope();
        var modules = torch.randn(samples, (nodes + 19) / 20, generator: new torch.Generator(1));
        var own = torch.randn(samples, nodes, generator: new torch.Generator(2));
        _activations = ((0.3 * own) + modules.repeat_interleave(20, 1).narrow(1, 0, nodes)).DetachFromDisposeScope();
        Read = NodeActivations.From(_activations);
    }

    public NodeActivations Read { get; }

    public static IEnumerable<(string Name, IFeatureGraphBuilder Builder)> Builders =>
    [
        ("5 nearest neighbours", new NearestNeighbourBuilder()),
        ("5 nearest by correlation", new NearestNeighbourBuilder(5, NodeDistance.Correlation)),
        ("adaptive Gaussian, k = 1", new AdaptiveGaussianBuilder()),
        ("adaptive Gaussian, k = 5, uncut", new AdaptiveGaussianBuilder(5, 0)),
        ("10 spectral modules", new SpectralModulesBuilder(10)),
    ];

    /// <summary>From the layer's tensor to the graph.</summary>
    public void Build(IFeatureGraphBuilder builder) => builder.Build(NodeActivations.From(_activations));

    /// <summary>
    /// From |x|² + |y|² - 2xy by one matrix product, as one writes it, to the k nearest by libtorch's topk.
    /// </summary>
    public void ByProduct()
    {
        using var scope = torch.NewDisposeScope();
        var x = _activations.t().contiguous();
        var squares = x.square().sum([1L]);
        var distances = squares.unsqueeze(0) + squares.unsqueeze(1) - (2 * torch.matmul(x, x.t()));
        distances.topk(6, 1, largest: false);
    }

    public void Dispose() => _activations.Dispose();

    /// <summary>
    /// A training of the MNIST autoencoder with a penalty on its code, batch 32, that builds a graph every 100 steps
    /// or, with a period longer than the training, only the first.
    /// </summary>
    public sealed class Learning(int code, int samples) : IDisposable
    {
        private readonly torch.Tensor _data = torch.rand(20_000, 784);
        private readonly Autoencoder _model = new(
            new AutoencoderOptions { Inputs = 784, Hidden = [128, 128, 128], Code = code });

        public void Run(int steps, long period)
        {
            using var learner = new GraphLearner(
                _model, _model.Objective, _model.CodeLayer, new NearestNeighbourBuilder(), _model.Encode);
            learner.Fit(
                [_data],
                new GraphLearningOptions { PreTrainingSteps = 0, StepsPerGraph = period, Samples = samples },
                new TrainingOptions { Steps = steps });
        }

        public void Dispose()
        {
            _data.Dispose();
            _model.Dispose();
        }
    }
}
