using TorchSharp;

namespace Gsr.Models;

/// <summary>The order of an image's values in memory that libtorch's convolutions are fastest in.</summary>
internal static class ChannelsLast
{
    /// <summary>
    /// Images of one channel, [n, 1, height, width], with the channel last in memory; the caller owns the result. Every
    /// convolution, pooling and activation after it keeps that order. Another shape stays, for the convolution to refuse.
    /// </summary>
    /// <remarks>
    /// With one channel both orders are the same values in a row, so nothing is copied: only the strides tell libtorch
    /// which one is meant. Else it changes the order of every convolution's input and output, forward and backward,
    /// which takes a quarter of a step.
    /// </remarks>
    public static torch.Tensor Of(torch.Tensor images)
    {
        if (images.dim() != 4 || images.shape[1] != 1) return images.alias();
        using var lastInShape = images.reshape(images.shape[0], images.shape[2], images.shape[3], 1);
        return lastInShape.permute(0, 3, 1, 2);
    }
}
