namespace Gsr.Graphs.Filters;

/// <summary>Checks shared by the filters; each message names the argument, its value and the remedy.</summary>
internal static class FilterArguments
{
    /// <summary>g(L) of a symmetric L is symmetric, and its eigenvectors are orthogonal: what filters and frames rest on.</summary>
    internal static void Symmetric(Laplacian laplacian, string argument)
    {
        ArgumentNullException.ThrowIfNull(laplacian, argument);
        if (laplacian.Kind == LaplacianKind.RandomWalk)
        {
            throw new ArgumentException(
                $"{argument} is the {laplacian}, which is not symmetric; filters need the combinatorial or the symmetric normalised one.",
                argument);
        }
    }
}
