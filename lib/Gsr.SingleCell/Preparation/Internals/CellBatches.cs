using Gsr.Training;
using TorchSharp;

namespace Gsr.SingleCell.Preparation;

/// <summary>
/// Batches of cells x genes from blocks in random order: several blocks are held at a time, and cells drawn from them
/// at random, so that every cell comes once in an epoch.
/// </summary>
internal sealed class CellBatches : IBatchSource
{
    private const int BlocksHeld = 8;

    private readonly PreparedCells _cells;
    private readonly int[] _genes;
    private readonly float[] _means;
    private readonly float _factor;
    private readonly int _batchSize;
    private readonly Random _random;
    private readonly List<(RowBlock Block, int Cell)> _held = [];
    private IEnumerator<RowBlock>? _epoch;
    private int _given;

    /// <summary>Makes a source.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="genes">Columns of the file, ascending.</param>
    /// <param name="moments">Mean and variance of each gene.</param>
    /// <param name="batchSize">Cells per batch.</param>
    /// <param name="seed">Of the order.</param>
    public CellBatches(
        PreparedCells cells, int[] genes, (double Mean, double Variance)[] moments, int batchSize, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        (_cells, _genes, _batchSize, _random) = (cells, genes, batchSize, new Random(seed));
        _means = Array.ConvertAll(moments, own => (float)own.Mean);
        var square = moments.Sum(own => own.Variance) * (cells.Count - 1) / cells.Count;
        _factor = square > 0 ? (float)Math.Sqrt(genes.Length / square) : 1;
    }

    /// <inheritdoc/>
    public int BatchesPerEpoch => (_cells.Count + _batchSize - 1) / _batchSize;

    /// <inheritdoc/>
    public torch.Tensor[] Next()
    {
        if (_given == _cells.Count) _given = 0;
        if (_given == 0)
        {
            _epoch?.Dispose();
            _epoch = _cells.Blocks(_genes, Shuffled).GetEnumerator();
        }
        var size = Math.Min(_batchSize, _cells.Count - _given);
        var values = new float[size * _genes.Length];
        for (var i = 0; i < size; i++)
        {
            if (_held.Count == 0) Hold();
            var at = _held.Count - 1;
            var (block, cell) = _held[at];
            _held.RemoveAt(at);
            var row = values.AsSpan(i * _genes.Length, _genes.Length);
            block.Matrix.CopyRow(cell, row);
            for (var gene = 0; gene < row.Length; gene++) row[gene] = (row[gene] - _means[gene]) * _factor;
        }
        _given += size;
        return [Tensors.Matrix(values, _genes.Length)];
    }

    /// <inheritdoc/>
    public void Dispose() => _epoch?.Dispose();

    private void Hold()
    {
        for (var i = 0; i < BlocksHeld && _epoch!.MoveNext(); i++)
        {
            var block = _epoch.Current;
            for (var cell = 0; cell < block.Count; cell++) _held.Add((block, cell));
        }
        _random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_held));
    }

    private IEnumerable<int> Shuffled(int blocks)
    {
        int[] order = [.. Enumerable.Range(0, blocks)];
        _random.Shuffle(order);
        return order;
    }
}
