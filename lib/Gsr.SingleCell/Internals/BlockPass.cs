using System.Runtime.ExceptionServices;

namespace Gsr.SingleCell;

/// <summary>
/// One pass over a matrix, block by block: blocks are read and worked on by several threads, and their results taken in
/// the order of the rows, one at a time, so that every sum is the same on any number of threads.
/// </summary>
internal static class BlockPass
{
    private const int MostThreads = 8;

    /// <summary>Runs a pass.</summary>
    /// <typeparam name="T">What comes of a block.</typeparam>
    /// <param name="matrix">In memory or in its file.</param>
    /// <param name="work">Called from several threads.</param>
    /// <param name="take">Called in the order of the blocks, never twice at once.</param>
    /// <param name="watch">Takes the progress, and cancels.</param>
    /// <param name="needs">Whether a block of these rows is needed at all; every one where null.</param>
    public static void Run<T>(ExpressionMatrix matrix, Func<RowBlock, T> work, Action<RowBlock, T> take,
        Watch? watch = null, Func<int, int, bool>? needs = null)
    {
        var height = matrix.BlockRows;
        var blocks = (matrix.Rows + height - 1) / height;
        var threads = Math.Min(blocks, Math.Clamp(Environment.ProcessorCount, 1, MostThreads));
        object turn = new();
        int next = -1, taken = 0;
        ExceptionDispatchInfo? fault = null;
        if (threads <= 1) Work();
        else Parallel.For(0, threads, _ => Work());
        fault?.Throw();

        void Work()
        {
            IRowReader? reader = null;
            try
            {
                for (var block = Interlocked.Increment(ref next); block < blocks;
                    block = Interlocked.Increment(ref next))
                {
                    if (!One(block, ref reader)) return;
                }
            }
            finally
            {
                reader?.Dispose();
            }
        }

        bool One(int block, ref IRowReader? reader)
        {
            var first = block * height;
            var count = Math.Min(height, matrix.Rows - first);
            (RowBlock Rows, T Result)? done = null;
            ExceptionDispatchInfo? own = null;
            try
            {
                watch?.Check();
                if (needs is null || needs(first, count))
                {
                    var rows = (reader ??= matrix.Open()).Read(first, count);
                    done = (rows, work(rows));
                }
            }
            catch (Exception error)
            {
                own = ExceptionDispatchInfo.Capture(error);
            }
            lock (turn)
            {
                while (taken < block && fault is null) Monitor.Wait(turn);
                if (fault is not null) return false;
                try
                {
                    if (own is null && done is (var rows, var result)) take(rows, result);
                    watch?.Report((block + 1.0) / blocks);
                }
                catch (Exception error)
                {
                    own = ExceptionDispatchInfo.Capture(error);
                }
                fault = own;
                taken++;
                Monitor.PulseAll(turn);
                return own is null;
            }
        }
    }
}
