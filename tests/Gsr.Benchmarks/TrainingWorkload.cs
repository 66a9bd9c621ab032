using Gsr.Graphs;
using Gsr.Models;
using Gsr.Penalties;
using Gsr.Training;
using TorchSharp;
using static TorchSharp.torch.nn.functional;

namespace Gsr.Benchmarks;

/// <summary>
/// The MNIST autoencoder 784-[128, 128, 128]-32 and mirrored, with a 4x8 torus on its code or without, trained by this
/// library or as one writes it with TorchSharp alone: torch.optim.Adam and ((Z L) ⊙ Z).sum() / B.
/// </summary>
internal sealed class TrainingWorkload(int batch, bool penalty, int examples = 20_000) : IDisposable
{
    private const double Weight = 1e-3;
    private static readonly FeatureGraph Torus = FeatureGraph.Torus(4, 8);
    private readonly torch.Tensor _data = torch.rand(examples, 784);
    private readonly Autoencoder _ours = New();
    private readonly Autoencoder _naive = New();
    private readonly torch.Tensor _laplacian = torch.from_array(Torus.Laplacian().ToDense()).to(torch.float32);
    private torch.optim.Optimizer? _adam;
    private torch.Tensor? _order;
    private int _next;

    public void Ours(int steps) => Ours(steps, null);

    /// <summary>By libtorch's operations, as any other model.</summary>
    public void Unfused(int steps) => Ours(steps, null, fused: false);

    public void Ours(int steps, IProgress<TrainingStatus>? progress, bool fused = true)
    {
        using var regularizer = penalty
            ? new Regularizer().Add(_ours.CodeLayer, new GraphPenalty(Torus.Laplacian()), Weight) : null;
        new Trainer(_ours, _ours.Objective, regularizer)
            .Fit([_data], new TrainingOptions
            {
                Steps = steps,
                BatchSize = batch,
                Progress = progress,
                Fused = fused
            });
    }

    public void OursEpoch()
    {
        using var regularizer = penalty
            ? new Regularizer().Add(_ours.CodeLayer, new GraphPenalty(Torus.Laplacian()), Weight) : null;
        new Trainer(_ours, _ours.Objective, regularizer)
            .Fit([_data], new TrainingOptions { Epochs = 1, BatchSize = batch });
    }

    public void NaiveEpoch() => Naive((examples + batch - 1) / batch);

    public void Naive(int steps)
    {
        _adam ??= torch.optim.Adam(_naive.parameters(), 1e-3);
        for (var i = 0; i < steps; i++)
        {
            using var scope = torch.NewDisposeScope();
            var x = _data.index_select(0, Indices());
            var code = _naive.Encode(x);
            var loss = mse_loss(_naive.Decode(code), x);
            if (penalty) loss += (torch.matmul(code, _laplacian) * code).sum() / batch * Weight;
            _adam.zero_grad();
            loss.backward();
            _adam.step();
        }
    }

    public void Dispose()
    {
        foreach (var owned in new IDisposable?[] { _adam, _order, _data, _laplacian, _ours, _naive }) owned?.Dispose();
    }

    private static Autoencoder New() =>
        new(new AutoencoderOptions { Inputs = 784, Hidden = [128, 128, 128], Code = 32 });

    private torch.Tensor Indices()
    {
        if (_order is null || _next + batch > examples)
        {
            _order?.Dispose();
            _order = torch.randperm(examples).DetachFromDisposeScope();
            _next = 0;
        }

        _next += batch;
        return _order.narrow(0, _next - batch, batch);
    }
}
