namespace Gsr.Graphs.Filters;

/// <summary>Several polynomials of one Laplacian by one recurrence, on single signals in double precision.</summary>
internal sealed class ChebyshevRecurrence
{
    private readonly CsrMatrix matrix;
    private readonly double upper;
    private readonly IReadOnlyList<double>[] coefficients;
    private readonly int order;

    /// <summary>Polynomials on one interval; their degrees may differ.</summary>
    internal ChebyshevRecurrence(Laplacian laplacian, IReadOnlyList<ChebyshevExpansion> expansions)
    {
        matrix = laplacian.Matrix;
        upper = expansions[0].Upper;
        coefficients = [.. expansions.Select(expansion => expansion.Coefficients)];
        order = expansions.Max(expansion => expansion.Order);
    }

    /// <summary>pⱼ(L) x for every polynomial j: the vectors Tₖx are made once.</summary>
    internal double[][] Apply(ReadOnlySpan<double> x)
    {
        double[] current = x.ToArray(), previous = new double[current.Length];
        double[][] sums = [.. coefficients.Select(_ => new double[current.Length])];
        for (int k = 0; ; k++)
        {
            for (int j = 0; j < sums.Length; j++)
            {
                if (k < coefficients[j].Count) AddTo(sums[j], coefficients[j][k], current);
            }
            if (k == order) return sums;
            double[] next = Shifted(current);
            for (int i = 0; i < next.Length; i++) next[i] = k == 0 ? next[i] : (2 * next[i]) - previous[i];
            (previous, current) = (current, next);
        }
    }

    /// <summary>Σⱼ pⱼ(L) yⱼ, by Clenshaw's recurrence with the vectors Σⱼ cⱼₖ yⱼ as coefficients.</summary>
    internal double[] ApplyAdjoint(IReadOnlyList<double[]> y)
    {
        int n = matrix.Size;
        double[] next = new double[n], afterNext = new double[n];
        for (int k = order; k >= 0; k--)
        {
            double[] value = Shifted(next);
            double factor = k == 0 ? 1 : 2;
            for (int i = 0; i < n; i++) value[i] = (factor * value[i]) - afterNext[i];
            for (int j = 0; j < coefficients.Length; j++)
            {
                if (k < coefficients[j].Count) AddTo(value, coefficients[j][k], y[j]);
            }
            (next, afterNext) = (value, next);
        }
        return next;
    }

    /// <summary>L̃x = (2/b) Lx - x.</summary>
    private double[] Shifted(double[] x)
    {
        double[] product = matrix.Multiply(x);
        for (int i = 0; i < product.Length; i++) product[i] = (2 / upper * product[i]) - x[i];
        return product;
    }

    private static void AddTo(double[] sum, double factor, double[] x)
    {
        for (int i = 0; i < sum.Length; i++) sum[i] += factor * x[i];
    }
}
