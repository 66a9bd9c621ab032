namespace Gsr.Experiments.Disentanglement;

/// <summary>A factor of variation whose true value is known for every example: a class or a number.</summary>
public sealed class GenerativeFactor
{
    private readonly double[] _values;

    private GenerativeFactor(string name, double[] values, int classes) => (Name, _values, Classes) = (name, values, classes);

    /// <summary>Such as "slant".</summary>
    public string Name { get; }

    /// <summary>Number of classes; 0 for a number.</summary>
    public int Classes { get; }

    /// <summary>Whether it is a class and not a number.</summary>
    public bool IsClass => Classes > 0;

    /// <summary>Number of examples.</summary>
    public int Count => _values.Length;

    /// <summary>The value of each example; of a class its number.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>A factor that is a number.</summary>
    /// <param name="name">Names it in pictures and messages.</param>
    /// <param name="values">One finite value per example, not all equal.</param>
    /// <exception cref="ArgumentException">A value is not finite, or it does not vary.</exception>
    public static GenerativeFactor Number(string name, IEnumerable<double> values)
    {
        ArgumentNullException.ThrowIfNull(name);
        double[] all = [.. values];
        for (var i = 0; i < all.Length; i++)
            if (!double.IsFinite(all[i])) throw new ArgumentException($"{name}[{i}] is {all[i]}; drop the examples without a value first.", nameof(values));
        return Varying(name, all, 0, nameof(values));
    }

    /// <summary>A factor that is a class.</summary>
    /// <param name="name">Names it in pictures and messages.</param>
    /// <param name="classes">The class of each example, from 0 to one less than the number of examples, not all equal.</param>
    /// <exception cref="ArgumentException">A class is out of these bounds, or it does not vary.</exception>
    public static GenerativeFactor Class(string name, IEnumerable<int> classes)
    {
        ArgumentNullException.ThrowIfNull(name);
        int[] all = [.. classes];
        for (var i = 0; i < all.Length; i++)
        {
            if (all[i] < 0 || all[i] >= all.Length)
                throw new ArgumentException($"{name}[{i}] is {all[i]}; number the classes that occur from 0.", nameof(classes));
        }

        return Varying(name, Array.ConvertAll(all, c => (double)c), all.Length == 0 ? 0 : all.Max() + 1, nameof(classes));
    }

    /// <summary>
    /// The factors of generated digits that an image shows, as far as they vary among these: digit, rotation, slant, thickness, scale,
    /// and the two shifts. Left out are the style, whose number means something else for each digit, and the noise of the pixels.
    /// </summary>
    /// <param name="digits">Of <see cref="DigitGenerator"/>.</param>
    /// <exception cref="ArgumentException">They are real images, whose factors nobody knows, or none varies.</exception>
    public static IReadOnlyList<GenerativeFactor> OfDigits(ImageDataSet digits)
    {
        ArgumentNullException.ThrowIfNull(digits);
        var factors = digits.Factors ?? throw new ArgumentException("The digits have no known factors; take those of DigitGenerator.", nameof(digits));
        List<GenerativeFactor> varying = [];
        if (digits.Labels.Distinct().Skip(1).Any()) varying.Add(Class("digit", digits.Labels.Select(label => (int)label)));
        AddNumber("rotation", f => f.RotationDegrees);
        AddNumber("slant", f => f.Slant);
        AddNumber("thickness", f => f.Thickness);
        AddNumber("scale", f => f.Scale);
        AddNumber("shift x", f => f.ShiftX);
        AddNumber("shift y", f => f.ShiftY);
        return varying.Count > 0 ? varying : throw new ArgumentException($"No factor varies among the {digits.Count} digits; take more, or others.", nameof(digits));

        void AddNumber(string name, Func<DigitFactors, double> value)
        {
            if (factors.Select(value).Distinct().Skip(1).Any()) varying.Add(Number(name, factors.Select(value)));
        }
    }

    /// <summary>The factor with its values dealt to other examples: a null that keeps what they are and loses what they belong to.</summary>
    /// <param name="seed">Of the order.</param>
    public GenerativeFactor Shuffled(int seed)
    {
        var values = (double[])_values.Clone();
        new Random(seed).Shuffle(values);
        return new GenerativeFactor(Name, values, Classes);
    }

    /// <summary>The factors as a code: one column each, the class as its number. No code can say more about them.</summary>
    /// <param name="factors">At least one, of the same examples.</param>
    /// <returns>[examples, factors].</returns>
    public static double[,] AsCode(IReadOnlyList<GenerativeFactor> factors)
    {
        Check(factors, factors is { Count: > 0 } ? factors[0].Count : 0, nameof(factors));
        var code = new double[factors[0].Count, factors.Count];
        for (var e = 0; e < factors[0].Count; e++)
            for (var j = 0; j < factors.Count; j++) code[e, j] = factors[j]._values[e];
        return code;
    }

    /// <summary>Such as "slant, a number, 1000 examples".</summary>
    public override string ToString() => $"{Name}, {(IsClass ? $"one of {Classes} classes" : "a number")}, {Count} examples";

    internal int[] ClassNumbers() => Array.ConvertAll(_values, v => (int)v);

    internal static void Check(IReadOnlyList<GenerativeFactor> factors, int examples, string argument)
    {
        ArgumentNullException.ThrowIfNull(factors, argument);
        if (factors.Count == 0) throw new ArgumentException($"{argument} is empty; give at least one factor.", argument);
        foreach (var factor in factors)
        {
            if (factor.Count != examples)
                throw new ArgumentException($"{argument}: {factor.Name} has {factor.Count} values; expected {examples}, one per example.", argument);
        }
    }

    private static GenerativeFactor Varying(string name, double[] values, int classes, string argument)
    {
        if (values.Length == 0 || values.All(v => v == values[0]))
            throw new ArgumentException($"{name} has the same value in all {values.Length} examples; a factor varies: leave it out.", argument);
        return new GenerativeFactor(name, values, classes);
    }
}
