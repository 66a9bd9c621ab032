using Gsr.Analysis;

namespace Gsr.Experiments.SpectralFilters;

/// <summary>A trained network's code of a manifold.</summary>
/// <param name="Places">The examples' places on the manifold.</param>
/// <param name="Code">[examples, nodes].</param>
/// <param name="Error">The squared error of the reconstruction, mean over examples and columns.</param>
public sealed record CodeRun(double[] Places, double[,] Code, double Error)
{
    private const int Permutations = 50;

    /// <summary>The weights of the atoms, [examples, atoms], where the code is a mixture; else null.</summary>
    public double[,]? Weights { get; init; }

    /// <summary>A score of the code with its nodes in random orders, 50 of them: the level of chance.</summary>
    public double[] WithNodesPermuted(Func<double[,], double[], double> score) =>
        Permuted(Code.GetLength(1), order => score(Code.SelectColumns(order), Places));

    /// <summary>
    /// The same weights on the atoms in random orders, mean of 50: codes stay as smooth as they are, and the order of
    /// the atoms is lost.
    /// </summary>
    /// <exception cref="InvalidOperationException">The code is not a mixture.</exception>
    public double WithAtomsPermuted(double[,] atoms, Func<double[,], double[], double> score)
    {
        var weights = Weights ?? throw new InvalidOperationException("The code is no mixture of atoms.");
        return Permuted(atoms.GetLength(0), order => score(Mixture(weights.SelectColumns(order), atoms), Places))
            .Average();
    }

    private static double[] Permuted(int count, Func<int[], double> score) =>
        [.. Enumerable.Range(0, Permutations)
            .Select(k => score(Enumerable.Range(0, count).Shuffled(new Random(1000 + k))))];

    private static double[,] Mixture(double[,] weights, double[,] atoms) =>
        Matrices.Of(weights.GetLength(0), atoms.GetLength(1), (example, node) =>
            Enumerable.Range(0, atoms.GetLength(0)).Sum(a => weights[example, a] * atoms[a, node]));
}
