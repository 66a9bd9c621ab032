using Gsr.Kernel.Tests.Sessions.Packages;

namespace Gsr.Kernel.Tests.Sessions.Execution;

public sealed class InterruptTests
{
    // Each begins by calling started(); afterwards none ends by itself within a minute.
    [Theory]
    [InlineData("started(); System.Threading.Thread.Sleep(-1);")]
    [InlineData("started(); await Task.Delay(-1);")]
    [InlineData("started(); new System.Threading.ManualResetEventSlim().Wait();")]
    [InlineData("started(); Task.Delay(-1).Wait();")]
    [InlineData("started(); await new TaskCompletionSource<int>().Task;")]
    [InlineData("started(); while (true) ;")]
    [InlineData("started(); while (true) { }")]
    [InlineData("started(); for (var i = 0; ; i++) { if (i == int.MaxValue) i = 0; }")]
    [InlineData("started(); var n = 0; do n++; while (n != -1 || true);")]
    [InlineData("started(); again: kept += 0; goto again;")]
    [InlineData("started(); while (true) { try { while (true) kept += 0; } catch (Exception) { } }")]
    [InlineData(
        "started(); foreach (var i in Forever()) { } IEnumerable<int> Forever() { while (true) yield return 1; }")]
    [InlineData(
        "started(); Enumerable.Range(0, int.MaxValue).SelectMany(i => Enumerable.Range(0, 1000)).Where(i => i < 0).Count()")]
    [InlineData(
        "started(); Enumerable.Repeat(1L, int.MaxValue).SelectMany(_ => Enumerable.Repeat(1L, 1000), (a, b) => a * b).Aggregate((a, b) => a ^ b)")]
    [InlineData(
        "long Ackermann(long m, long n) => m == 0 ? n + 1 : n == 0 ? Ackermann(m - 1, 1) : Ackermann(m - 1, Ackermann(m, n - 1)); started(); while (true) Ackermann(2, 50);")]
    [InlineData("long Fibonacci(long n) => n < 2 ? n : Fibonacci(n - 1) + Fibonacci(n - 2); started(); Fibonacci(90)")]
    [InlineData("started(); await Task.Run(() => { while (true) ; });")]
    [InlineData("started(); Task.Run(() => { while (true) ; }).Wait();")]
    [InlineData("started(); System.Threading.Tasks.Parallel.For(0L, long.MaxValue, i => { });")]
    [InlineData(
        "started(); await Task.WhenAll(Enumerable.Range(0, 3).Select(async i => { while (true) await Task.Delay(1); }));")]
    [InlineData("started(); while (true) await Task.Yield();")]
    [InlineData(
        "async Task Forever() { while (true) { await Task.Delay(1).ConfigureAwait(false); } } started(); await Forever();")]
    [InlineData(
        "class Loop { [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)] public static int Run(int n) => Run(n + 1); } started(); Loop.Run(0)")]
    [InlineData("class Loop { public int Value { get { while (true) ; } } } started(); var x = new Loop().Value;")]
    [InlineData("class Loop { public Loop() { while (true) ; } } started(); new Loop();")]
    [InlineData("Action endless = delegate { while (true) ; }; started(); endless();")]
    [InlineData("started(); while (true) Console.Write(\"\");")]
    public async Task Cells_stop_and_the_session_goes_on_with_its_state(string code)
    {
        await using var notebook = new TestNotebook(gracePeriod: TimeSpan.FromSeconds(10));
        var signal = notebook.Folder + "/started";
        await notebook.ValueAsync($"void started() => System.IO.File.WriteAllText(@\"{signal}\", \"\"); var kept = 4;");
        using var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = notebook.RunAsync("var before = 5;\n" + code, source.Token);
        await TestNotebook.ReachAsync(() => File.Exists(signal), running);
        await source.CancelAsync();
        var ran = await running;
        Assert.Equal(("Interrupted", "The cell was interrupted."), (ran.Error.Name, ran.Error.Value));
        Assert.Equal("9",
            await notebook.ValueAsync("System.Threading.Thread.Sleep(5); await Task.Delay(5); kept + before"));
    }

    [Fact]
    public async Task A_call_that_cannot_be_stopped_is_given_up_and_leaves_no_trace_in_the_session()
    {
        await using var notebook = new TestNotebook(gracePeriod: TimeSpan.FromMilliseconds(50));
        var (started, stop) = (Path.Combine(notebook.Folder, "started"), Path.Combine(notebook.Folder, "stop"));
        await notebook.ValueAsync("var kept = 4;");
        // Compiled without polls, as native code and libraries are.
        var deaf = TestAssembly.Compile(notebook.Folder, "Deaf", """
            public static class Deaf { public static void Wait(string started, string stop) { System.IO.File.WriteAllText(started, ""); while (!System.IO.File.Exists(stop)) ; } }
            """);
        using var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = notebook.RunAsync(
            $"#r \"{deaf}\"\nDeaf.Wait(@\"{started}\", @\"{stop}\"); kept = 5; var late = 6; Console.Write(\"late\");",
            source.Token);
        await TestNotebook.ReachAsync(() => File.Exists(started), running);
        await source.CancelAsync();
        var ran = await running;
        Assert.Equal("Interrupted", ran.Error.Name);
        Assert.Contains("cell 2 was interrupted, but a call in it cannot be stopped",
            ran.Error.Value, StringComparison.Ordinal);
        Assert.Contains(ran.Error.Traceback, line => line.Contains("restart the kernel", StringComparison.Ordinal));
        Assert.Equal("4", await notebook.ValueAsync("System.Threading.Thread.Sleep(5); kept"));
        File.WriteAllText(stop, "");
        Assert.Equal("CompilationError",
            (await notebook.RunAsync("await Task.Delay(300); late", TestContext.Current.CancellationToken)).Error.Name);
        Assert.Equal("4", await notebook.ValueAsync("kept"));
    }

    [Fact]
    public async Task Code_that_cleans_up_comes_to_its_end()
    {
        await using var notebook = new TestNotebook();
        using var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = notebook.RunAsync(
            """
            var steps = new List<string>();
            class Resource(List<string> steps) : IDisposable { public void Dispose() { for (var i = 0; i < 3; i++) steps.Add("closed"); } }
            Console.Write("go");
            using (new Resource(steps))
            {
                try { while (true) ; }
                finally { for (var i = 0; i < 2; i++) steps.Add("finally"); }
            }
            """, source.Token);
        await TestNotebook.ReachAsync(() => notebook.HasWritten("stdout", "go"), running);
        await source.CancelAsync();
        Assert.Equal("Interrupted", (await running).Error.Name);
        Assert.Equal("finally,finally,closed,closed,closed", await notebook.ValueAsync("string.Join(\",\", steps)"));
    }

    [Fact]
    public async Task A_cell_that_stops_is_not_reported_and_its_interruption_does_not_reach_the_next()
    {
        await using var notebook = new TestNotebook(gracePeriod: TimeSpan.FromMilliseconds(20));
        await notebook.ValueAsync("1");
        using var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = notebook.RunAsync("Console.Write(\"go\"); await Task.Delay(-1);", source.Token);
        await TestNotebook.ReachAsync(() => notebook.HasWritten("stdout", "go"), running);
        await source.CancelAsync();
        Assert.Equal("", (await running).Text("stderr"));
        Assert.Equal("", (await notebook.RunAsync("await Task.Delay(100); for (var i = 0; i < 1000; i++) ;",
            TestContext.Current.CancellationToken)).Text("stderr"));
    }
}
