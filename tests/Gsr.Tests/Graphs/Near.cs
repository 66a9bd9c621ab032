namespace Gsr.Tests.Graphs;

/// <summary>Equality up to rounding: relative for large values, absolute for small ones; NaN equals NaN.</summary>
internal static class Near
{
    public static void Equal(double expected, double actual, double tolerance = 1e-9)
    {
        var near = double.IsNaN(expected) ? double.IsNaN(actual)
            : Math.Abs(expected - actual) <= tolerance * Math.Max(1, Math.Abs(expected));
        Assert.True(near, $"expected {expected:R}, got {actual:R}");
    }

    public static void Equal(IEnumerable<double> expected, IEnumerable<double> actual, double tolerance = 1e-9)
    {
        double[] e = [.. expected], a = [.. actual];
        Assert.Equal(e.Length, a.Length);
        for (var i = 0; i < e.Length; i++)
            Equal(e[i], a[i], tolerance);
    }

    public static void Equal(double[,] expected, double[,] actual, double tolerance = 1e-9)
    {
        Assert.Equal((expected.GetLength(0), expected.GetLength(1)), (actual.GetLength(0), actual.GetLength(1)));
        Equal(expected.Cast<double>(), actual.Cast<double>(), tolerance);
    }
}
