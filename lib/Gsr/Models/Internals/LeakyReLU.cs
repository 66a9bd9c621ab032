using Gsr.Native;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace Gsr.Models;

/// <summary>max(x, 0.2 x), the paper's activation.</summary>
/// <remarks>
/// TorchSharp's own module makes a new native scalar of its slope at each call and does not keep it alive through the
/// call: a garbage collection at that moment frees it, and the process ends (seen with 0.107, about once in a million
/// calls). Here one scalar lives as long as the process. The same holds for every operation between a tensor and a
/// number in code that runs millions of times: see <see cref="Scalars"/>.
/// </remarks>
internal sealed class LeakyReLU : Module<torch.Tensor, torch.Tensor>
{
    public const float Slope = 0.2f;
    private static readonly Scalar NativeSlope = 0.2;

    public LeakyReLU()
        : base(nameof(LeakyReLU))
    {
    }

    public static torch.Tensor Of(torch.Tensor input) => input.leaky_relu(NativeSlope);

    public override torch.Tensor forward(torch.Tensor input) => Of(input);
}
