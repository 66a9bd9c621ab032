using MathNet.Numerics.LinearAlgebra;

namespace Gsr.Experiments.Disentanglement;

/// <summary>
/// The lasso (Tibshirani 1996): the w that minimises (1/2n) Σ (y - b - Σⱼ wⱼ xⱼ)² + λ Σ |wⱼ|, with every feature
/// standardised to mean 0 and standard deviation 1, so that weights of different features can be compared. Found by
/// cyclic coordinate descent, wⱼ ← S(rⱼ, λ) with rⱼ the mean product of feature j with the residual without it and S(r,
/// λ) = sign(r) max(|r| - λ, 0) (Friedman et al. 2010).
/// </summary>
/// <remarks>
/// Of two equal features the lasso does not determine which one has the weight; here a ridge of 1e-8, ½ · 1e-8 Σ wⱼ² in
/// the objective, makes them share it.
/// </remarks>
internal sealed class Lasso
{
    private const double Ridge = 1e-8;
    private const double Tolerance = 1e-9;
    private const int MostSweeps = 10_000;
    private const int SweepsPerSolution = 10;
    private readonly double[] _means;
    private readonly double[] _deviations;
    private readonly double _intercept;

    private Lasso(Problem problem, double[] weights, double lambda)
    {
        (Weights, Lambda) = (weights, lambda);
        (_means, _deviations, _intercept) = (problem.Means, problem.Deviations, problem.TargetMean);
    }

    /// <summary>λ.</summary>
    public double Lambda { get; }

    /// <summary>The weights of the standardised features; 0 for a constant one.</summary>
    public double[] Weights { get; }

    /// <summary>Fits a target per example of features [examples, features] for one λ ≥ 0.</summary>
    public static Lasso Fit(double[,] features, double[] target, double lambda)
    {
        var problem = Problem.Of(features, target);
        var weights = new double[problem.Products.Length];
        Descend(problem, weights, lambda);
        return new Lasso(problem, weights, lambda);
    }

    /// <summary>
    /// Fits for 30 decreasing λ, from the least that makes all weights 0 down to a thousandth of it in equal ratios,
    /// and returns the one whose squared error on other examples is least.
    /// </summary>
    public static Lasso FitPath(
        double[,] features, double[] target, double[,] validationFeatures, double[] validationTarget)
    {
        const int steps = 30;
        var problem = Problem.Of(features, target);
        var weights = new double[problem.Products.Length];
        var largest = problem.Products.Max(Math.Abs);
        var (best, least) = (new Lasso(problem, weights, largest), double.PositiveInfinity);
        for (var step = 0; step < steps; step++)
        {
            var lambda = largest * Math.Pow(1e-3, step / (steps - 1.0));
            weights = [.. weights];
            Descend(problem, weights, lambda);
            var model = new Lasso(problem, weights, lambda);
            var error = model.SquaredError(validationFeatures, validationTarget);
            if (error < least) (best, least) = (model, error);
        }

        return best;
    }

    /// <summary>One prediction per example of features [examples, features].</summary>
    public double[] Predict(double[,] features)
    {
        var (examples, count) = Arguments.Matrix(features, nameof(features));
        Arguments.Length(count, Weights.Length, nameof(features), "feature of the fit");
        var predictions = new double[examples];
        for (var e = 0; e < examples; e++)
        {
            predictions[e] = _intercept;
            for (var j = 0; j < count; j++)
                if (Weights[j] != 0) predictions[e] += Weights[j] * (features[e, j] - _means[j]) / _deviations[j];
        }

        return predictions;
    }

    private double SquaredError(double[,] features, double[] target)
    {
        var predictions = Predict(features);
        double error = 0;
        for (var i = 0; i < predictions.Length; i++)
            error += (target[i] - predictions[i]) * (target[i] - predictions[i]);
        return error;
    }

    // The residual enters only through its products with the features: rⱼ = cⱼ - Σ_{i≠j} Gⱼᵢ wᵢ, G the correlations
    // (and the ridge).
    private static void Descend(Problem problem, double[] weights, double lambda)
    {
        var scale = problem.Products.Max(Math.Abs);
        for (var sweep = 1; sweep <= MostSweeps; sweep++)
        {
            double change = 0;
            for (var j = 0; j < weights.Length; j++)
            {
                if (problem.Deviations[j] == 0) continue;
                var r = problem.Products[j];
                for (var i = 0; i < weights.Length; i++)
                    if (i != j) r -= problem.Correlations[j, i] * weights[i];
                var weight = Math.Abs(r) > lambda ? (r - (Math.Sign(r) * lambda)) / problem.Correlations[j, j] : 0;
                change = Math.Max(change, Math.Abs(weight - weights[j]));
                weights[j] = weight;
            }

            if (change <= Tolerance * scale) return;
            if (sweep % SweepsPerSolution == 0) Approach(problem, weights, lambda);
        }

        throw new InvalidOperationException(
            $"The lasso's weights still move after {MostSweeps} sweeps at λ = {lambda:g4}; take a larger λ.");
    }

    // For features that nearly agree, as the neurons that a graph ties: coordinate by coordinate their weights would
    // creep. Where no sign changes the objective is a quadratic form, whose minimum solves G w = c - λ sign(w) over the
    // weights that are not 0. A step towards it, no farther than to the first weight that becomes 0, lowers the
    // objective; it is followed by one with the weights that are left, until the minimum is reached.
    private static void Approach(Problem problem, double[] weights, double lambda)
    {
        while (true)
        {
            int[] active = [.. Enumerable.Range(0, weights.Length).Where(j => weights[j] != 0)];
            if (active.Length == 0) return;
            var matrix = Matrix<double>.Build.Dense(
                active.Length, active.Length, (a, b) => problem.Correlations[active[a], active[b]]);
            var right = Vector<double>.Build.Dense(
                active.Length, a => problem.Products[active[a]] - (lambda * Math.Sign(weights[active[a]])));
            var minimum = matrix.Cholesky().Solve(right);
            var (step, zero) = (1.0, -1);
            for (var a = 0; a < active.Length; a++)
            {
                var weight = weights[active[a]];
                if (Math.Sign(minimum[a]) == Math.Sign(weight)) continue;
                var reached = weight / (weight - minimum[a]);
                if (reached <= step) (step, zero) = (reached, active[a]);
            }

            for (var a = 0; a < active.Length; a++) weights[active[a]] += step * (minimum[a] - weights[active[a]]);
            if (zero < 0) return;
            weights[zero] = 0;
        }
    }

    /// <summary>
    /// Correlations of the features, the mean products of the standardised features with the target less its mean.
    /// </summary>
    private sealed record Problem(
        double[,] Correlations, double[] Products, double[] Means, double[] Deviations, double TargetMean)
    {
        public static Problem Of(double[,] features, double[] target)
        {
            var (examples, count) = Arguments.Matrix(features, nameof(features));
            Arguments.Length(target.Length, examples, nameof(target), "example");
            var (means, deviations, units) = (new double[count], new double[count], new double[count][]);
            for (var j = 0; j < count; j++) units[j] = Standardised(features, j, out means[j], out deviations[j]);
            double targetMean = 0;
            foreach (var value in target) targetMean += value / examples;
            var (correlations, products) = (new double[count, count], new double[count]);
            for (var j = 0; j < count; j++)
            {
                for (var i = 0; i <= j; i++) correlations[i, j] = correlations[j, i] = MeanProduct(units[i], units[j]);
                correlations[j, j] += Ridge;
                for (var e = 0; e < examples; e++) products[j] += units[j][e] * (target[e] - targetMean) / examples;
            }

            return new Problem(correlations, products, means, deviations, targetMean);
        }

        private static double[] Standardised(double[,] features, int column, out double mean, out double deviation)
        {
            // Shifted by the first entry: a constant column is exactly 0.
            var unit = new double[features.GetLength(0)];
            for (var e = 0; e < unit.Length; e++) unit[e] = features[e, column] - features[0, column];
            var shift = unit.Average();
            for (var e = 0; e < unit.Length; e++) unit[e] -= shift;
            mean = features[0, column] + shift;
            deviation = Math.Sqrt(MeanProduct(unit, unit));
            for (var e = 0; e < unit.Length && deviation > 0; e++) unit[e] /= deviation;
            return unit;
        }

        private static double MeanProduct(double[] a, double[] b)
        {
            double sum = 0;
            for (var e = 0; e < a.Length; e++) sum += a[e] * b[e];
            return sum / a.Length;
        }
    }
}
