using Gsr.Experiments.Capsules;
using Gsr.Training;
using TorchSharp;

namespace Gsr.Benchmarks;

/// <summary>The small capsule network of notebook 06, at its batch of 64.</summary>
internal sealed class CapsuleWorkload : IDisposable
{
    public const int Batch = 64;
    private readonly torch.Tensor _images = torch.rand(2_000, 1, 28, 28);
    private readonly torch.Tensor _labels = torch.randint(10, 2_000, dtype: torch.int64);
    private readonly CapsuleNetwork _model = new(CapsuleNetworkOptions.Small);

    public void Ours(int steps) => Train(steps, isFused: true);

    public void Unfused(int steps) => Train(steps, isFused: false);

    public void Dispose()
    {
        foreach (var owned in new IDisposable[] { _images, _labels, _model }) owned.Dispose();
    }

    private void Train(int steps, bool isFused) => new Trainer(_model, _model.Objective)
        .Fit([_images, _labels], new TrainingOptions { Steps = steps, BatchSize = Batch, Fused = isFused });
}
