namespace Gsr.Data;

// PLACEHOLDER, to be replaced at the merge of the real generator: noise under the right signatures.

/// <summary>How a generated digit was drawn.</summary>
public sealed record DigitFactors;

/// <summary>Generates digits.</summary>
public static class DigitGenerator
{
    /// <summary>Generates images of noise, with the labels 0 to 9 in turn.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">Decides every pixel.</param>
    public static ImageDataSet Generate(int count, int seed)
    {
        var random = new Random(seed);
        var pixels = new byte[count * 28 * 28];
        random.NextBytes(pixels);
        byte[] labels = [.. Enumerable.Range(0, count).Select(i => (byte)(i % 10))];
        return new ImageDataSet(28, 28, pixels, labels, [.. labels.Select(_ => new DigitFactors())]);
    }
}
