namespace Gsr.Tests.Analysis.Pictures;

/// <summary>
/// How far apart two colours are for normal and for colour-blind eyes: CIELAB distance after the transforms of full
/// protanopia, deuteranopia and tritanopia of Machado, Oliveira and Fernandes (2009, IEEE TVCG 15:1291), linear RGB.
/// </summary>
internal static class ColorVision
{
    internal static readonly double[][] Sights =
    [
        [1, 0, 0, 0, 1, 0, 0, 0, 1],
        [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
        [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881],
        [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900],
    ];

    /// <summary>Contrast ratio of WCAG 2, 1 to 21.</summary>
    internal static double Contrast(string a, string b)
    {
        double first = Luminance(Linear(a)) + 0.05, second = Luminance(Linear(b)) + 0.05;
        return Math.Max(first, second) / Math.Min(first, second);
    }

    internal static double Distance(string a, string b, double[] sight)
    {
        double[] p = Lab(Seen(Linear(a), sight)), q = Lab(Seen(Linear(b), sight));
        return Math.Sqrt(p.Zip(q, (x, y) => (x - y) * (x - y)).Sum());
    }

    private static double[] Linear(string color) =>
        [.. new[] { 1, 3, 5 }.Select(at => Convert.ToInt32(color.Substring(at, 2), 16) / 255.0)
            .Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4))];

    private static double[] Seen(double[] c, double[] sight) =>
        [.. Enumerable.Range(0, 3).Select(i => Math.Clamp(
            (sight[3 * i] * c[0]) + (sight[(3 * i) + 1] * c[1]) + (sight[(3 * i) + 2] * c[2]), 0, 1))];

    private static double Luminance(double[] c) => (0.2126 * c[0]) + (0.7152 * c[1]) + (0.0722 * c[2]);

    private static double[] Lab(double[] c)
    {
        static double F(double t) => t > 0.008856 ? Math.Cbrt(t) : (7.787 * t) + (16 / 116.0);
        var x = F(((0.4124 * c[0]) + (0.3576 * c[1]) + (0.1805 * c[2])) / 0.95047);
        var y = F(Luminance(c));
        var z = F(((0.0193 * c[0]) + (0.1192 * c[1]) + (0.9505 * c[2])) / 1.08883);
        return [(116 * y) - 16, 500 * (x - y), 200 * (y - z)];
    }
}
