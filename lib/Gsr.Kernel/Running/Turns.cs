namespace Gsr.Kernel.Running;

/// <summary>Lets as many cells run at once as there are jobs, or one alone.</summary>
internal sealed class Turns(int jobs)
{
    private readonly SemaphoreSlim _places = new(jobs);
    // Whoever waits to be alone holds it, so that others queue up behind and it waits for no more than those that run.
    private readonly SemaphoreSlim _queue = new(1);

    /// <summary>Waits for a turn, which lasts until it is disposed of.</summary>
    public async Task<IDisposable> TakeAsync(bool alone, CancellationToken cancellationToken)
    {
        var (taken, wanted) = (0, alone ? jobs : 1);
        await _queue.WaitAsync(cancellationToken);
        try
        {
            for (; taken < wanted; taken++)
                await _places.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (taken > 0)
        {
            _places.Release(taken);
            throw;
        }
        finally
        {
            _queue.Release();
        }
        return new Turn(_places, wanted);
    }

    private sealed class Turn(SemaphoreSlim places, int count) : IDisposable
    {
        public void Dispose() => places.Release(count);
    }
}
