using Gsr.Native;
using TorchSharp;
using static TorchSharp.torch.nn.functional;

namespace Gsr.Experiments.Capsules;

/// <summary>
/// The margin loss: L = Σ_k T_k max(0, m⁺ - |v_k|)² + λ (1 - T_k) max(0, |v_k| - m⁻)², with T_k = 1 for the true class
/// (Sabour, Frosst and Hinton 2017, equation 4), mean over examples.
/// </summary>
public static class MarginLoss
{
    /// <summary>m⁺: the true class's capsule costs nothing from this length on.</summary>
    public const double Present = 0.9;

    /// <summary>m⁻: another class's capsule costs nothing up to this length.</summary>
    public const double Absent = 0.1;

    /// <summary>λ: what other classes count, so that the first steps do not shrink all capsules.</summary>
    public const double DownWeight = 0.5;

    private static readonly Scalar PresentMargin = Present;
    private static readonly Scalar AbsentMargin = -Absent;
    private static readonly Scalar Down = DownWeight;

    /// <summary>The loss, a scalar with a gradient; the caller owns it.</summary>
    /// <param name="lengths">|v|, [n, classes].</param>
    /// <param name="labels">The true class of each example, [n], Int64.</param>
    public static torch.Tensor Of(torch.Tensor lengths, torch.Tensor labels)
    {
        using var scope = torch.NewDisposeScope();
        var truth = one_hot(labels, lengths.shape[1]).to(lengths.dtype);
        var missing = relu(lengths.neg().add(PresentMargin)).Squared();
        var extra = relu(lengths.add(AbsentMargin)).Squared().mul(Down);
        // T · missing + (1 - T) · extra
        var perClass = extra.Plus(truth.mul(missing.Minus(extra)));
        return perClass.sum(1).mean().MoveToOuterDisposeScope();
    }
}
