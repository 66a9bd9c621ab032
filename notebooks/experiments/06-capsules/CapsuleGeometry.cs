namespace Gsr.Experiments.Capsules;

/// <summary>How the capsules of one layer lie to each other, mean over examples.</summary>
/// <param name="OwnLength">Length of the true class's capsule.</param>
/// <param name="OtherLength">Mean length of the others.</param>
/// <param name="Cosine">
/// Mean cosine of the true class's capsule with the others: 1 if all point the same way, however short; scale-free, as
/// a quadratic penalty is not. A capsule of length 0 counts as 0.
/// </param>
public sealed record CapsuleGeometry(double OwnLength, double OtherLength, double Cosine)
{
    /// <summary>
    /// Measures capsules [examples, classes · dimensions], capsule by capsule, of examples of these classes.
    /// </summary>
    public static CapsuleGeometry Of(double[,] capsules, ReadOnlySpan<byte> labels, int classes)
    {
        var (examples, dimensions) = Arguments.Capsules(capsules, labels, classes);
        double own = 0, other = 0, cosine = 0;
        for (var i = 0; i < examples; i++)
        {
            var label = labels[i];
            var length = Math.Sqrt(Dot(i, label, label));
            own += length;
            for (var k = 0; k < classes; k++)
            {
                if (k == label) continue;
                var otherLength = Math.Sqrt(Dot(i, k, k));
                other += otherLength / (classes - 1);
                if (length > 0 && otherLength > 0)
                    cosine += Dot(i, k, label) / (length * otherLength) / (classes - 1);
            }
        }

        return new CapsuleGeometry(own / examples, other / examples, cosine / examples);

        double Dot(int example, int a, int b)
        {
            var sum = 0.0;
            for (var d = 0; d < dimensions; d++)
                sum += capsules[example, (a * dimensions) + d] * capsules[example, (b * dimensions) + d];
            return sum;
        }
    }
}
