using Gsr.Graphs;
using Gsr.Models;
using Gsr.Penalties;
using Gsr.Training;
using TorchSharp;

namespace Gsr.Benchmarks;

/// <summary>
/// The MNIST classifier of notebook 02 with a penalty on its grid of 8 x 8, at the paper's batch of 32.
/// </summary>
internal sealed class GridWorkload : IDisposable
{
    public const int Batch = 32;
    private readonly torch.Tensor _images = torch.rand(2_000, 1, 28, 28);
    private readonly torch.Tensor _labels = torch.randint(10, 2_000, dtype: torch.int64);
    private readonly GridClassifier _model = new(new GridClassifierOptions());

    public void Ours(int steps)
    {
        using var regularizer = new Regularizer()
            .Add(_model.GridLayer, new GraphPenalty(FeatureGraph.Grid(8, 8).Laplacian()), 1e-3);
        new Trainer(_model, _model.Objective, regularizer)
            .Fit([_images, _labels], new TrainingOptions { Steps = steps, BatchSize = Batch });
    }

    public void Dispose()
    {
        foreach (var owned in new IDisposable[] { _images, _labels, _model }) owned.Dispose();
    }
}
