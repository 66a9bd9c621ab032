using Gsr.Analysis;

namespace Gsr.Experiments.GridMaps;

/// <summary>A test image with its activations.</summary>
/// <param name="Kind">"normal", "transitional" or "wrong".</param>
/// <param name="Index">Its number among the test images.</param>
/// <param name="Truth">The digit.</param>
/// <param name="Answer">What it is read as.</param>
/// <param name="Activation">One value per node.</param>
public sealed record ExampleDigit(string Kind, int Index, int Truth, int Answer, double[] Activation)
{
    /// <summary>
    /// Three images of a digit by rule: the one read correctly with the largest lead over the second class, the one
    /// with the smallest, and the misread one with the largest lead, among those read as a given digit if there are
    /// any. From activations [images, nodes] and scores [images, classes].
    /// </summary>
    public static IEnumerable<ExampleDigit> Choose(
        double[,] activations, double[,] scores, int[] truths, int digit, int misreadAs)
    {
        var answers = scores.ArgMaxOfRows();
        var own = Enumerable.Range(0, truths.Length).Where(i => truths[i] == digit).ToArray();
        var right = own.Where(i => answers[i] == digit).ToArray();
        var wrong = own.Except(right).OrderByDescending(i => answers[i] == misreadAs).ThenByDescending(Lead);
        return
        [
            .. right.OrderByDescending(Lead).Take(1).Select(i => Example("normal", i)),
            .. right.OrderBy(Lead).Take(1).Select(i => Example("transitional", i)),
            .. wrong.Take(1).Select(i => Example("wrong", i)),
        ];

        ExampleDigit Example(string kind, int i) => new(kind, i, truths[i], answers[i], activations.Row(i));

        double Lead(int i) => scores.Row(i).OrderDescending().Take(2).Aggregate((first, second) => first - second);
    }
}
