using Gsr.Graphs;
using Gsr.Models;
using Gsr.Penalties;
using Gsr.Training;
using TorchSharp;
using static TorchSharp.torch.nn;
using static TorchSharp.torch.nn.functional;

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
    private readonly Module<torch.Tensor, torch.Tensor> _grid = Sequential(
        Conv2d(1, 32, 5, padding: 2), MaxPool2d(2), LeakyReLU(0.2), Conv2d(32, 64, 5, padding: 2), MaxPool2d(2),
        LeakyReLU(0.2), Flatten(), Linear(3136, 64));
    private readonly Module<torch.Tensor, torch.Tensor> _head = Sequential(Dropout(0.4), Linear(64, 10));
    private readonly torch.Tensor _laplacian =
        torch.tensor(FeatureGraph.Grid(8, 8).Laplacian().ToDense(), torch.float32);

    public void Ours(int steps) => Train(steps, isFused: true);

    public void Unfused(int steps) => Train(steps, isFused: false);

    public void Naive(int steps)
    {
        using var adam = torch.optim.Adam([.. _grid.parameters(), .. _head.parameters()], 1e-3);
        using var order = torch.randperm(_images.shape[0]);
        for (var i = 0; i < steps; i++)
        {
            using var scope = torch.NewDisposeScope();
            var taken = order.narrow(0, i * Batch, Batch);
            var z = _grid.call(_images.index_select(0, taken));
            var loss = cross_entropy(_head.call(z), _labels.index_select(0, taken))
                + ((torch.matmul(z, _laplacian) * z).sum() / Batch * 1e-3);
            adam.zero_grad();
            loss.backward();
            adam.step();
        }
    }

    public void Dispose()
    {
        foreach (var owned in new IDisposable[] { _images, _labels, _model, _grid, _head, _laplacian }) owned.Dispose();
    }

    private void Train(int steps, bool isFused)
    {
        using var regularizer = new Regularizer()
            .Add(_model.GridLayer, new GraphPenalty(FeatureGraph.Grid(8, 8).Laplacian()), 1e-3);
        new Trainer(_model, _model.Objective, regularizer)
            .Fit([_images, _labels], new TrainingOptions { Steps = steps, BatchSize = Batch, Fused = isFused });
    }
}
