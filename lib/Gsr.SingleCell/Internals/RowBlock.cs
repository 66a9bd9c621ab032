namespace Gsr.SingleCell;

/// <summary>Consecutive rows of a matrix: those of a matrix in memory, from a row of its own on.</summary>
/// <param name="First">The number of the first one in the whole matrix.</param>
/// <param name="Count">How many.</param>
/// <param name="Matrix">Holds them, in memory; not a copy where the whole matrix is.</param>
/// <param name="At">The first one's row in <paramref name="Matrix"/>.</param>
internal readonly record struct RowBlock(int First, int Count, ExpressionMatrix Matrix, int At)
{
    /// <summary>The columns of a row's values, ascending; those that are not among them are 0.</summary>
    /// <param name="row">0 to Count - 1.</param>
    public ReadOnlySpan<int> Columns(int row) => Matrix.ColumnsOf(At + row);

    /// <summary>A row's values.</summary>
    /// <param name="row">0 to Count - 1.</param>
    public ReadOnlySpan<float> Values(int row) => Matrix.ValuesOf(At + row);
}

/// <summary>Reads blocks of one matrix, on one thread.</summary>
internal interface IRowReader : IDisposable
{
    /// <summary>Some consecutive rows.</summary>
    RowBlock Read(int first, int count);
}
