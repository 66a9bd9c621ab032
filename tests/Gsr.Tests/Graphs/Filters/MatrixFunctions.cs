using Gsr.Graphs;

namespace Gsr.Tests.Graphs.Filters;

/// <summary>Functions of a matrix without its eigenvectors: slow, and obvious.</summary>
internal static class MatrixFunctions
{
    public static double[,] Identity(int n)
    {
        var matrix = new double[n, n];
        for (var i = 0; i < n; i++) matrix[i, i] = 1;
        return matrix;
    }

    public static double[,] Times(double[,] a, double[,] b)
    {
        var n = a.GetLength(0);
        var product = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                for (var k = 0; k < n; k++) product[i, j] += a[i, k] * b[k, j];
            }
        }
        return product;
    }

    public static double[,] Plus(double[,] a, double factor, double[,] b)
    {
        var sum = (double[,])a.Clone();
        for (var i = 0; i < a.GetLength(0); i++)
        {
            for (var j = 0; j < a.GetLength(1); j++) sum[i, j] += factor * b[i, j];
        }
        return sum;
    }

    /// <summary>e^(tM): the Taylor series of tM/1024, squared ten times.</summary>
    public static double[,] Exponential(double[,] m, double t)
    {
        var n = m.GetLength(0);
        double[,] zero = new double[n, n], small = Plus(zero, t / 1024, m), power = Identity(n), sum = Identity(n);
        double factorial = 1;
        for (var k = 1; k < 20; k++)
        {
            power = Times(power, small);
            factorial *= k;
            sum = Plus(sum, 1 / factorial, power);
        }
        for (var squaring = 0; squaring < 10; squaring++) sum = Times(sum, sum);
        return sum;
    }

    public static double[] Times(double[,] m, double[] x) =>
        [.. Enumerable.Range(0, x.Length).Select(i => Enumerable.Range(0, x.Length).Sum(j => m[i, j] * x[j]))];

    /// <summary>g(L)x = Σₖ g(λₖ) ⟨uₖ, x⟩ uₖ, sum by sum.</summary>
    public static double[] Filtered(GraphSpectrum spectrum, Func<double, double> g, double[] x)
    {
        var u = spectrum.Eigenvectors();
        var y = new double[x.Length];
        for (var k = 0; k < x.Length; k++)
        {
            double along = 0;
            for (var i = 0; i < x.Length; i++) along += u[i, k] * x[i];
            for (var i = 0; i < x.Length; i++) y[i] += g(spectrum.Eigenvalues[k]) * along * u[i, k];
        }
        return y;
    }
}
