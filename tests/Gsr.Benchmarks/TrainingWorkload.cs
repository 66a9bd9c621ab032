using Gsr.Graphs;
using Gsr.Models;
using Gsr.Penalties;
using Gsr.Training;
using TorchSharp;
using static TorchSharp.torch.nn.functional;

namespace Gsr.Benchmarks;

/// <summary>
/// The MNIST autoencoder 784-[128, 128, 128]-32 and mirrored, with a 4x8 torus on its code or without, trained by this library
/// or as one writes it with TorchSharp alone: torch.optim.Adam and ((Z L) ⊙ Z).sum() / B.
/// </summary>
internal sealed class TrainingWorkload(int batch, bool penalty, int examples = 20_000) : IDisposable
{
    private const double Weight = 1e-3;
    private static readonly FeatureGraph Torus = FeatureGraph.Torus(4, 8);
    private readonly torch.Tensor data = torch.rand(examples, 784);
    private readonly Autoencoder ours = New();
    private readonly Autoencoder naive = New();
    private readonly torch.Tensor laplacian = torch.from_array(Torus.Laplacian().ToDense()).to(torch.float32);
    private torch.optim.Optimizer? adam;
    private torch.Tensor? order;
    private int next;

    public void Ours(int steps) => Ours(steps, null);

    public void Ours(int steps, IProgress<TrainingStatus>? progress)
    {
        using var regularizer = penalty ? new Regularizer().Add(ours.CodeLayer, new GraphPenalty(Torus.Laplacian()), Weight) : null;
        new Trainer(ours, ours.Objective, regularizer).Fit([data], new TrainingOptions { Steps = steps, BatchSize = batch, Progress = progress });
    }

    public void OursEpoch()
    {
        using var regularizer = penalty ? new Regularizer().Add(ours.CodeLayer, new GraphPenalty(Torus.Laplacian()), Weight) : null;
        new Trainer(ours, ours.Objective, regularizer).Fit([data], new TrainingOptions { Epochs = 1, BatchSize = batch });
    }

    public void NaiveEpoch() => Naive((examples + batch - 1) / batch);

    public void Naive(int steps)
    {
        adam ??= torch.optim.Adam(naive.parameters(), 1e-3);
        for (var i = 0; i < steps; i++)
        {
            using var scope = torch.NewDisposeScope();
            var x = data.index_select(0, Indices());
            var code = naive.Encode(x);
            var loss = mse_loss(naive.Decode(code), x);
            if (penalty) loss += (torch.matmul(code, laplacian) * code).sum() / batch * Weight;
            adam.zero_grad();
            loss.backward();
            adam.step();
        }
    }

    public void Dispose()
    {
        foreach (var owned in new IDisposable?[] { adam, order, data, laplacian, ours, naive }) owned?.Dispose();
    }

    private static Autoencoder New() => new(new AutoencoderOptions { Inputs = 784, Hidden = [128, 128, 128], Code = 32 });

    private torch.Tensor Indices()
    {
        if (order is null || next + batch > examples)
        {
            order?.Dispose();
            order = torch.randperm(examples).DetachFromDisposeScope();
            next = 0;
        }

        next += batch;
        return order.narrow(0, next - batch, batch);
    }
}
