using Gsr.Experiments.Disentanglement;

namespace Gsr.Tests.Experiments.Disentanglement;

/// <summary>Made-up factors and codes of known worth.</summary>
internal static class Codes
{
    /// <summary>A class of three and two numbers, independent of each other.</summary>
    public static GenerativeFactor[] Factors(int examples, int seed)
    {
        var random = new Random(seed);
        return
        [
            GenerativeFactor.Class("shape", Enumerable.Range(0, examples).Select(e => e % 3)),
            GenerativeFactor.Number("slant", Enumerable.Range(0, examples).Select(_ => random.NextDouble())),
            GenerativeFactor.Number("size", Enumerable.Range(0, examples).Select(_ => 5 - (3 * random.NextDouble()))),
        ];
    }

    public static double[,] Noise(int examples, int units, int seed)
    {
        var random = new Random(seed);
        return Columns(
            examples, [.. Enumerable.Range(0, units).Select(_ => (Func<int, double>)(_ => random.NextDouble()))]);
    }

    public static double[,] Columns(int examples, params Func<int, double>[] columns)
    {
        var code = new double[examples, columns.Length];
        for (var e = 0; e < examples; e++)
            for (var j = 0; j < columns.Length; j++) code[e, j] = columns[j](e);
        return code;
    }

    /// <summary>The given columns of a code, in this order.</summary>
    public static double[,] Take(double[,] code, params int[] columns) =>
        Columns(code.GetLength(0), [.. columns.Select(j => (Func<int, double>)(e => code[e, j]))]);
}
