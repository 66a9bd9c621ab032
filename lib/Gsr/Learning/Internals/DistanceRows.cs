using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Gsr.Training;
using TorchSharp;

namespace Gsr.Learning;

/// <summary>
/// Squared Euclidean distances between nodes, or cosine or correlation distances, row by row: of up to 2,048 nodes each
/// pair once, kept in 16 MB, of more each pair twice and no more than a strip of rows per thread at a time. They are
/// sums of squared differences and not |x|² + |y|² - 2xy, which would leave rounding in place of the small distances
/// that a learned graph is made of: duplicates have distance 0 exactly, and a row equals its column bit for bit on any
/// number of threads.
/// </summary>
internal sealed unsafe class DistanceRows
{
    private const int LargestKept = 2048;

    /// <summary>Samples at a time, and rows: their part stays in the nearest cache.</summary>
    private const int Chunk = 512, BlockRows = 8;

    /// <summary>Columns whose part stays in the second cache while all blocks of a strip's rows pass it.</summary>
    private const int PanelColumns = 128;

    /// <summary>
    /// A strip has many rows, since memory moves all columns past each strip, but no more values than 16 MB.
    /// </summary>
    private const int MostRows = 64, MostValues = 1 << 22;

    /// <summary>
    /// Subtractions below which waking a second thread costs more than it saves, above all on a busy machine.
    /// </summary>
    private const long ParallelFrom = 1 << 26;

    private readonly float[] _values;
    private readonly int _start;
    private readonly int _stride;
    private readonly float _factor;
    private float[]? _kept;

    /// <summary>
    /// Takes the nodes that vary, in their order; or all, as cells are that lie at the origin or on a line.
    /// </summary>
    public DistanceRows(NodeActivations activations, NodeDistance distance, bool withConstant = false)
    {
        if (!Enum.IsDefined(distance))
        {
            throw new ArgumentOutOfRangeException(nameof(distance), distance,
                $"distance is {distance}; choose {string.Join(", ", Enum.GetNames<NodeDistance>())}.");
        }

        Nodes = [.. Enumerable.Range(0, activations.Nodes).Where(i => withConstant || !activations.IsConstant(i))];
        var lanes = Vector512<float>.Count;
        _stride = (activations.Samples + lanes - 1) / lanes * lanes;
        // Pinned, and begun where a vector does not lie across two lines of the cache.
        _values = GC.AllocateArray<float>(checked((_stride * Nodes.Length) + lanes), pinned: true);
        var bytes = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_values));
        _start = (int)(-bytes & ((lanes * sizeof(float)) - 1)) / sizeof(float);
        // By a power of two, exactly, so that no square over- or underflows: a layer that has shrunk to 1e-25 still has
        // neighbours.
        var exponent = distance == NodeDistance.Euclidean ? Exponent(activations) : 0;
        var scale = Math.ScaleB(1, -exponent);
        for (var row = 0; row < Nodes.Length; row++)
        {
            var target = _values.AsSpan(_start + (row * _stride), activations.Samples);
            var node = activations.Of(Nodes[row]);
            for (var s = 0; s < target.Length; s++) target[s] = (float)(node[s] * scale);
            if (distance != NodeDistance.Euclidean) Normalise(target, centred: distance == NodeDistance.Correlation);
        }

        // Of unit vectors 1 - xᵀy = ½ ‖x - y‖².
        _factor = distance == NodeDistance.Euclidean ? 1 : 0.5f;
        ValueUnit = Math.ScaleB(1, 2 * exponent);
    }

    /// <summary>The nodes that the rows are of.</summary>
    public int[] Nodes { get; }

    /// <summary>What a value of 1 is, a power of four: Euclidean rows are scaled.</summary>
    public double ValueUnit { get; }

    /// <summary>Receives a row: its number and the values to every row, its own 0 among them; not to be kept.</summary>
    public delegate void Visitor(int row, ReadOnlySpan<float> values);

    /// <summary>
    /// Visits every row once, in any order and from several threads at once; half the work where the visitor reads
    /// values to later rows only.
    /// </summary>
    public void ForEach(Visitor visit, bool laterOnly = false)
    {
        var count = Nodes.Length;
        if (count > LargestKept)
        {
            InStrips(count, (first, rows, buffer) =>
            {
                Strip(first, rows, laterOnly ? first : 0, buffer);
                for (var row = 0; row < rows; row++) visit(first + row, buffer.AsSpan(row * count, count));
            });
            return;
        }

        var kept = _kept ??= Whole();
        InStrips(0, (first, rows, _) =>
        {
            for (var row = first; row < first + rows; row++) visit(row, kept.AsSpan(row * count, count));
        });
    }

    /// <summary>All rows; of each strip what lies left of it is another strip's, mirrored.</summary>
    private float[] Whole()
    {
        var count = Nodes.Length;
        var whole = new float[count * count];
        InStrips(count, (first, rows, buffer) =>
        {
            Strip(first, rows, first, buffer);
            for (var row = 0; row < rows; row++)
            {
                buffer.AsSpan((row * count) + first, count - first).CopyTo(
                    whole.AsSpan(((first + row) * count) + first));
            }
            for (var column = first + rows; column < count; column++)
            {
                for (var row = 0; row < rows; row++)
                    whole[(column * count) + first + row] = buffer[(row * count) + column];
            }
        });
        return whole;
    }

    /// <summary>Runs over the strips with a buffer of so many values per row.</summary>
    private void InStrips(int width, Action<int, int, float[]> run)
    {
        var count = Nodes.Length;
        // Not so many that few strips are left to share.
        var most = Math.Min(MostRows, Math.Min(count / 16, MostValues / Math.Max(1, count)));
        var height = Math.Max(BlockRows, most / BlockRows * BlockRows);
        var strips = (count + height - 1) / height;
        var threads = Math.Min(strips, torch.get_num_threads());
        if (threads > 1 && (long)count * count * _stride >= ParallelFrom)
        {
            Parallel.For(0, strips, new ParallelOptions { MaxDegreeOfParallelism = threads },
                () => new float[height * width],
                (strip, _, buffer) =>
                {
                    One(strip, buffer);
                    return buffer;
                },
                _ => { });
            return;
        }

        var rows = new float[height * width];
        for (var strip = 0; strip < strips; strip++) One(strip, rows);

        void One(int strip, float[] buffer) =>
            run(strip * height, Math.Min(height, count - (strip * height)), buffer);
    }

    private static int Exponent(NodeActivations activations)
    {
        var largest = 0f;
        for (var i = 0; i < activations.Nodes; i++)
        {
            foreach (var value in activations.Of(i))
            {
                var size = Math.Abs(value);
                if (size > largest) largest = size;
            }
        }

        return largest > 0 ? Math.ILogB(largest) : 0;
    }

    private static void Normalise(Span<float> values, bool centred)
    {
        double mean = 0, squares = 0;
        if (centred)
        {
            foreach (var value in values) mean += value;
            mean /= values.Length;
        }

        foreach (var value in values) squares += (value - mean) * (value - mean);
        var scale = 1 / Math.Sqrt(squares);
        for (var s = 0; s < values.Length; s++) values[s] = (float)((values[s] - mean) * scale);
    }

    /// <summary>The values of a strip of rows from a column on.</summary>
    private void Strip(int first, int rows, int from, float[] buffer)
    {
        var count = Nodes.Length;
        Array.Clear(buffer);
        fixed (float* values = &_values[_start], sums = buffer)
        {
            for (var panel = from; panel < count; panel += PanelColumns)
            {
                var end = Math.Min(count, panel + PanelColumns);
                for (var start = 0; start < _stride; start += Chunk)
                {
                    var length = Math.Min(Chunk, _stride - start);
                    for (var row = 0; row < rows; row += BlockRows)
                    {
                        Block(
                            values + ((nint)(first + row) * _stride) + start, Math.Min(BlockRows, rows - row),
                            values + ((nint)panel * _stride) + start, end - panel, length,
                            sums + (row * count) + panel);
                    }
                }
            }
        }

        if (_factor != 1)
            for (var k = 0; k < rows * count; k++) buffer[k] *= _factor;
    }

    /// <summary>Adds what some samples of rows and columns differ by to their sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Block(float* x, int rows, float* y, int columns, int length, float* sums)
    {
        var (stride, count) = ((nint)_stride, Nodes.Length);
        var column = 0;
        for (; column + 2 <= columns; column += 2, y += 2 * stride, sums += 2)
        {
            var row = 0;
            for (; row + 4 <= rows; row += 4) FourByTwo(x + (row * stride), y, length, sums + (row * count), count);
            for (; row < rows; row++)
            {
                sums[row * count] += OnePair(x + (row * stride), y, length);
                sums[(row * count) + 1] += OnePair(x + (row * stride), y + stride, length);
            }
        }

        if (column == columns) return;
        for (var row = 0; row < rows; row++) sums[row * count] += OnePair(x + (row * stride), y, length);
    }

    private void FourByTwo(float* x, float* y, int length, float* sums, int count)
    {
        // The sums of a vector's halves one after the other, where those of both do not fit the registers.
        var parts = stackalloc float[16];
        new Span<float>(parts, 16).Clear();
        if (Vector512.IsHardwareAccelerated)
        {
            FourByTwo<Vector512<float>, Lanes512>(x, y, length, parts);
        }
        else
        {
            FourByTwo<Vector256<float>, Lanes256>(x, y, length, parts);
            FourByTwo<Vector256<float>, Lanes256>(x + Lanes256.Count, y + Lanes256.Count, length, parts + 8);
        }

        for (var row = 0; row < 4; row++, sums += count)
        {
            sums[0] += parts[2 * row] + parts[(2 * row) + 8];
            sums[1] += parts[(2 * row) + 1] + parts[(2 * row) + 9];
        }
    }

    /// <summary>
    /// Four rows against two columns: eight sums stay in registers, and a value read serves more than one. Compiled at
    /// full optimisation from the first call: a first graph is often the only one.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FourByTwo<TVector, TLanes>(float* x, float* y, int length, float* sums)
        where TLanes : struct, ILanes<TVector>
    {
        TVector a0, a1, b0, b1, c0, c1, d0, d1;
        a0 = a1 = b0 = b1 = c0 = c1 = d0 = d1 = TLanes.All(0);
        float* x1 = x + _stride, x2 = x1 + _stride, x3 = x2 + _stride, y1 = y + _stride;
        for (var s = 0; s < length; s += Vector512<float>.Count)
        {
            TVector p = TLanes.Load(y + s), q = TLanes.Load(y1 + s);
            var row = TLanes.Load(x + s);
            a0 = Add(a0, TLanes.Subtract(row, p));
            a1 = Add(a1, TLanes.Subtract(row, q));
            row = TLanes.Load(x1 + s);
            b0 = Add(b0, TLanes.Subtract(row, p));
            b1 = Add(b1, TLanes.Subtract(row, q));
            row = TLanes.Load(x2 + s);
            c0 = Add(c0, TLanes.Subtract(row, p));
            c1 = Add(c1, TLanes.Subtract(row, q));
            row = TLanes.Load(x3 + s);
            d0 = Add(d0, TLanes.Subtract(row, p));
            d1 = Add(d1, TLanes.Subtract(row, q));
        }

        sums[0] = TLanes.Sum(a0);
        sums[1] = TLanes.Sum(a1);
        sums[2] = TLanes.Sum(b0);
        sums[3] = TLanes.Sum(b1);
        sums[4] = TLanes.Sum(c0);
        sums[5] = TLanes.Sum(c1);
        sums[6] = TLanes.Sum(d0);
        sums[7] = TLanes.Sum(d1);

        static TVector Add(TVector sum, TVector difference) => TLanes.MultiplyAdd(difference, difference, sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float OnePair(float* x, float* y, int length)
    {
        Vector512<float> sum = default;
        for (var s = 0; s < length; s += Vector512<float>.Count)
        {
            var difference = Vector512.Load(x + s) - Vector512.Load(y + s);
            sum = Vector512.MultiplyAddEstimate(difference, difference, sum);
        }

        return Vector512.Sum(sum);
    }
}
