using Gsr.Kernel.Running;

namespace Gsr.Kernel.Tests.Running;

public class TurnsTests
{
    [Fact]
    public async Task Whoever_is_alone_meets_nobody_and_others_are_as_many_as_there_are_jobs()
    {
        const int jobs = 3;
        var turns = new Turns(jobs);
        int running = 0, alone = 0, most = 0;
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(async () =>
        {
            var isAlone = i % 7 == 0;
            using var turn = await turns.TakeAsync(isAlone, TestContext.Current.CancellationToken);
            var now = Interlocked.Increment(ref running);
            if (isAlone) Assert.Equal(1, Interlocked.Increment(ref alone));
            Assert.InRange(now, 1, isAlone ? 1 : jobs);
            Assert.Equal(isAlone ? 1 : 0, Volatile.Read(ref alone));
            InterlockedMax(ref most, now);
            await Task.Delay(i % 3, TestContext.Current.CancellationToken);
            if (isAlone) Interlocked.Decrement(ref alone);
            Interlocked.Decrement(ref running);
        })));
        Assert.Equal(jobs, most);

        static void InterlockedMax(ref int most, int value)
        {
            for (var seen = most; seen < value;) seen = Interlocked.CompareExchange(ref most, value, seen);
        }
    }

    [Fact]
    public async Task A_wait_that_is_given_up_takes_no_place()
    {
        var turns = new Turns(2);
        var first = await turns.TakeAsync(alone: false, TestContext.Current.CancellationToken);
        using var stop = new CancellationTokenSource();
        var waiting = turns.TakeAsync(alone: true, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        first.Dispose();
        using var all = await turns.TakeAsync(alone: true, TestContext.Current.CancellationToken);
        Assert.False(turns.TakeAsync(alone: false, TestContext.Current.CancellationToken).IsCompleted);
    }
}
