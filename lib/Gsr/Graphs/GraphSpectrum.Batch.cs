namespace Gsr.Graphs;

public sealed partial class GraphSpectrum
{
    /// <summary>The graph Fourier transform of every row: of a layer's activations, example by example.</summary>
    /// <param name="signals">[examples, nodes].</param>
    /// <returns>[examples, frequencies], in the order of <see cref="Eigenvalues"/>; the caller's.</returns>
    /// <exception cref="ArgumentException">The rows have another length.</exception>
    public double[,] Transform(double[,] signals) => EachRow(signals, nameof(signals), row => Transform(row));

    /// <summary>The inverse transform of every row.</summary>
    /// <param name="coefficients">[examples, frequencies].</param>
    /// <returns>[examples, nodes]; the caller's.</returns>
    /// <exception cref="ArgumentException">The rows have another length.</exception>
    public double[,] Inverse(double[,] coefficients) => EachRow(coefficients, nameof(coefficients), row => Inverse(row));

    /// <summary>
    /// The mean energy of a layer at each frequency, mean over examples of x̂ₖ²: its power spectrum on the graph. It sums to the
    /// mean of ‖x‖² (Parseval), and weighted with λₖ, for the symmetric kinds, to the mean of xᵀLx.
    /// </summary>
    /// <param name="signals">[examples, nodes].</param>
    /// <returns>One per frequency; the caller's.</returns>
    /// <exception cref="ArgumentException">The rows have another length, or there is none.</exception>
    public double[] MeanEnergy(double[,] signals)
    {
        double[,] transformed = Transform(signals);
        int examples = transformed.GetLength(0);
        if (examples == 0) throw new ArgumentException("signals has no row; give at least one example.", nameof(signals));
        var energy = new double[measure.Length];
        for (int i = 0; i < examples; i++)
        {
            for (int k = 0; k < energy.Length; k++) energy[k] += transformed[i, k] * transformed[i, k] / examples;
        }
        return energy;
    }

    private double[,] EachRow(double[,] matrix, string argument, Func<double[], double[]> transform)
    {
        ArgumentNullException.ThrowIfNull(matrix, argument);
        int rows = matrix.GetLength(0), width = measure.Length;
        Arguments.Length(matrix.GetLength(1), width, $"each row of {argument}", "node of the graph");
        var result = new double[rows, width];
        var row = new double[width];
        for (int i = 0; i < rows; i++)
        {
            Buffer.BlockCopy(matrix, i * width * sizeof(double), row, 0, width * sizeof(double));
            double[] transformed = transform(row);
            Buffer.BlockCopy(transformed, 0, result, i * width * sizeof(double), width * sizeof(double));
        }
        return result;
    }
}
