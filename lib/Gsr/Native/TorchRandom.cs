using TorchSharp;

namespace Gsr.Native;

/// <summary>
/// libtorch's one random state of the process, from which initial weights come: whoever sets it has it alone until all
/// of them are drawn, so that models may be made, and trainings begin, side by side.
/// </summary>
internal static class TorchRandom
{
    private static readonly Lock State = new();

    /// <summary>Sets the state, and keeps others from setting it until the result is disposed of.</summary>
    public static Lock.Scope Seeded(int seed)
    {
        var scope = State.EnterScope();
        torch.manual_seed(seed);
        return scope;
    }

    /// <summary>
    /// Standard normal numbers of a tensor's shape, type and device, drawn on the CPU; the caller owns them.
    /// </summary>
    public static torch.Tensor Noise(this torch.Tensor like, torch.Generator random)
    {
        var drawn = torch.randn(like.shape, like.dtype, generator: random);
        return like.device_type == DeviceType.CPU ? drawn : drawn.to(like.device, disposeAfter: true);
    }

    /// <summary>A state of its own, on the CPU; the caller owns it.</summary>
    public static torch.Generator Own(int seed) => new(unchecked((ulong)seed));
}
