using Gsr.Native;
using TorchSharp;

namespace Gsr.Experiments.Capsules;

/// <summary>
/// The capsules' non-linearity: v = |s|²/(1 + |s|²) · s/|s|, which keeps the direction and brings the length into [0, 1)
/// (Sabour, Frosst and Hinton 2017, equation 1).
/// </summary>
public static class Squash
{
    // The length's gradient at 0 would be 0/0; a ten-thousandth is far below any length that counts.
    private static readonly Scalar Smallest = 1e-8;

    /// <summary>Squashes vectors; the caller owns the result.</summary>
    /// <param name="vectors">[…, dimensions].</param>
    /// <returns>The same shape.</returns>
    public static torch.Tensor Of(torch.Tensor vectors)
    {
        using var scope = torch.NewDisposeScope();
        var squares = vectors.Squared().sum(-1, keepdim: true);
        var length = squares.add(Smallest).sqrt();
        return vectors.mul(length.div(squares.add(Scalars.One))).MoveToOuterDisposeScope();
    }

    /// <summary>The length of vectors, a capsule's probability that its entity is present; the caller owns the result.</summary>
    /// <param name="vectors">[…, dimensions].</param>
    /// <returns>[…].</returns>
    public static torch.Tensor Length(torch.Tensor vectors)
    {
        using var scope = torch.NewDisposeScope();
        return vectors.Squared().sum(-1).add(Smallest).sqrt().MoveToOuterDisposeScope();
    }
}
