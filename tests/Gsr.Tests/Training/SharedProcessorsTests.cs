using Gsr.Training;

namespace Gsr.Tests.Training;

public sealed class SharedProcessorsTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string _folder = Directory.CreateTempSubdirectory("gsr-processors-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task As_many_train_at_once_as_there_are_processors_whichever_process_they_are_of()
    {
        SharedProcessors[] processes = [new(_folder, 2), new(_folder, 2), new(_folder, 2)];
        var (now, most, done) = (0, 0, 0);
        var gate = new Lock();
        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => OnThread(() => processes[i % 3].Run(() =>
        {
            lock (gate) most = Math.Max(most, ++now);
            Thread.Sleep(20);
            lock (gate) (now, done) = (now - 1, done + 1);
        })))).WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal((2, 12), (most, done));
    }

    // Who ends a training and begins the next one would take the only processor again and again.
    [Fact]
    public async Task Who_waits_is_not_overtaken_for_long()
    {
        SharedProcessors greedy = new(_folder, 1), other = new(_folder, 1);
        using var begun = new ManualResetEventSlim();
        var (trainings, isOver) = (0, false);
        var first = OnThread(() =>
        {
            while (!Volatile.Read(ref isOver) && trainings < 2000)
            {
                greedy.Run(() =>
                {
                    begun.Set();
                    Thread.Sleep(2);
                });
                trainings++;
            }
        });
        begun.Wait(Patience, TestContext.Current.CancellationToken);
        await OnThread(() => other.Run(() => Volatile.Write(ref isOver, true)))
            .WaitAsync(Patience, TestContext.Current.CancellationToken);
        await first.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.InRange(trainings, 1, 1999);
    }

    [Fact]
    public async Task Trainings_within_a_training_are_part_of_it()
    {
        var shared = new SharedProcessors(_folder, 1);
        var done = 0;
        await OnThread(() => shared.Run(
            () => Parallel.For(0, 8, _ => shared.Run(() => Interlocked.Increment(ref done)))))
            .WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(8, done);
    }

    [Fact]
    public async Task A_processor_is_given_back_by_who_fails_and_nobody_waits_where_there_is_no_folder()
    {
        var shared = new SharedProcessors(_folder, 1);
        Assert.Throws<InvalidOperationException>(() => shared.Run(() => throw new InvalidOperationException()));
        var done = 0;
        await OnThread(() => shared.Run(() => done++)).WaitAsync(Patience, TestContext.Current.CancellationToken);
        var gone = new SharedProcessors(Path.Combine(_folder, "gone"), 1);
        await OnThread(() => gone.Run(() => done++)).WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(2, done);
    }

    private static Task OnThread(Action act) => Task.Factory.StartNew(
        act, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
