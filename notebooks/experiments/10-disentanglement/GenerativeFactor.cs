using Gsr.Analysis;

namespace Gsr.Experiments.Disentanglement;

/// <summary>A factor of variation whose true value is known for every example: a class or a number.</summary>
public sealed class GenerativeFactor
{
    private GenerativeFactor(string name, double[] values, int classes) =>
        (Name, Values, Classes) = (name, values, classes);

    /// <summary>Such as "slant".</summary>
    public string Name { get; }

    /// <summary>Number of classes; 0 for a number.</summary>
    public int Classes { get; }

    /// <summary>Whether it is a class and not a number.</summary>
    public bool IsClass => Classes > 0;

    /// <summary>Number of examples.</summary>
    public int Count => Values.Length;

    /// <summary>The value of each example, of a class its number; not a copy.</summary>
    public double[] Values { get; }

    /// <summary>A factor that is a number, finite and not the same for all examples.</summary>
    internal static GenerativeFactor Number(string name, IEnumerable<double> values) => new(name, [.. values], 0);

    /// <summary>A factor that is a class, numbered from 0 and not the same for all examples.</summary>
    internal static GenerativeFactor Class(string name, IEnumerable<int> classes)
    {
        double[] values = [.. classes.Select(c => (double)c)];
        return new GenerativeFactor(name, values, (int)values.Max() + 1);
    }

    /// <summary>
    /// The factors of generated digits that an image shows, as far as they vary among these: digit, rotation, slant,
    /// thickness, scale, and the two shifts. Left out are the style, whose number means something else for each digit,
    /// and the noise of the pixels.
    /// </summary>
    /// <exception cref="ArgumentException">The images are not generated.</exception>
    public static IReadOnlyList<GenerativeFactor> OfDigits(ImageDataSet digits)
    {
        var factors = digits.Factors
            ?? throw new ArgumentException(
                "The digits have no known factors; take those of DigitGenerator.", nameof(digits));
        List<GenerativeFactor> varying = [];
        if (digits.Labels.Distinct().Skip(1).Any())
            varying.Add(Class("digit", digits.Labels.Select(label => (int)label)));
        AddNumber("rotation", f => f.RotationDegrees);
        AddNumber("slant", f => f.Slant);
        AddNumber("thickness", f => f.Thickness);
        AddNumber("scale", f => f.Scale);
        AddNumber("shift x", f => f.ShiftX);
        AddNumber("shift y", f => f.ShiftY);
        return varying;

        void AddNumber(string name, Func<DigitFactors, double> value)
        {
            if (factors.Select(value).Distinct().Skip(1).Any()) varying.Add(Number(name, factors.Select(value)));
        }
    }

    /// <summary>Factors of the same examples as a code [examples, factors], a class as its number.</summary>
    public static double[,] AsCode(IReadOnlyList<GenerativeFactor> factors) =>
        Matrices.Of(factors[0].Count, factors.Count, (e, j) => factors[j].Values[e]);

    internal int[] ClassNumbers() => Array.ConvertAll(Values, v => (int)v);
}
