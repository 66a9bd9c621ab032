using Gsr.Native;
using TorchSharp;

namespace Gsr.Experiments.Capsules;

/// <summary>How the capsules of one layer lie to each other, mean over examples.</summary>
/// <param name="OwnLength">Length of the true class's capsule.</param>
/// <param name="OtherLength">Mean length of the others.</param>
/// <param name="Cosine">
/// Mean cosine of the true class's capsule with the others: 1 if all point the same way, however short; scale-free, as
/// a quadratic penalty is not.
/// </param>
public sealed record CapsuleGeometry(double OwnLength, double OtherLength, double Cosine)
{
    /// <summary>Measures capsules [n, classes, dimensions] of examples of these classes, [n], Int64.</summary>
    public static CapsuleGeometry Of(torch.Tensor capsules, torch.Tensor labels)
    {
        using var scope = torch.NewDisposeScope();
        var own = torch.nn.functional.one_hot(labels, capsules.shape[1]).to(torch.ScalarType.Bool);
        var lengths = Squash.Length(capsules);
        var directions = capsules / lengths.unsqueeze(-1);
        var cosines = (directions * directions[own].unsqueeze(1)).sum(2);
        double Mean(torch.Tensor values) => values.mean().Value();
        return new(Mean(lengths[own]), Mean(lengths[own.logical_not()]), Mean(cosines[own.logical_not()]));
    }
}
