using Gsr.Models;
using Gsr.Training;
using TorchSharp;
using static TorchSharp.torch.nn.functional;

namespace Gsr.Benchmarks;

/// <summary>
/// Replicates of the sub-clusters' autoencoder 15-[50, 50]-6 at the paper's batch of 32: as one batched model, or one
/// of them alone, by this library or as one writes it with TorchSharp alone.
/// </summary>
internal sealed class EnsembleWorkload : IDisposable
{
    public const int Members = 50;
    private const int Batch = 32;
    private static readonly AutoencoderOptions Shape = new() { Inputs = 15, Hidden = [50, 50], Code = 6 };
    private readonly torch.Tensor _data = torch.rand(20_000, Shape.Inputs);
    private readonly AutoencoderEnsemble _together = new(Shape, [.. Enumerable.Range(0, Members)]);
    private readonly Autoencoder _ours = new(Shape);
    private readonly Autoencoder _naive = new(Shape);
    private torch.optim.Optimizer? _adam;

    public void Together(int steps) =>
        new Trainer(_together, _together.Objective)
            .FitEnsemble([_data], _together.Seeds, new TrainingOptions { Steps = steps, BatchSize = Batch });

    public void Alone(int steps) =>
        new Trainer(_ours, _ours.Objective).Fit([_data], new TrainingOptions { Steps = steps, BatchSize = Batch });

    public void Naive(int steps)
    {
        _adam ??= torch.optim.Adam(_naive.parameters(), 1e-3);
        using var order = torch.randperm(_data.shape[0]);
        for (var i = 0; i < steps; i++)
        {
            using var scope = torch.NewDisposeScope();
            var x = _data.index_select(0, order.narrow(0, i * Batch, Batch));
            _adam.zero_grad();
            mse_loss(_naive.call(x), x).backward();
            _adam.step();
        }
    }

    public void Dispose()
    {
        foreach (var owned in new IDisposable?[] { _adam, _data, _together, _ours, _naive }) owned?.Dispose();
    }
}
