using Gsr.Kernel.Outputs;
using Gsr.Kernel.Tests.Sessions.Execution;

namespace Gsr.Kernel.Tests.Running;

/// <summary>What is thrown where nobody waits for it is an error of the cell that started it.</summary>
public sealed class BackgroundErrorTests
{
    private const string Fire =
        "using System.Threading; async void V() { await Task.Delay(10); throw new Exception(\"boo\"); } ";

    [Theory]
    [InlineData("V(); Thread.Sleep(2000);")]
    [InlineData("V(); await Task.Delay(2000);")]
    [InlineData("async void W() { await Task.Yield(); throw new Exception(\"boo\"); } W();")]
    [InlineData(
        "async void W() { await Task.Delay(1).ConfigureAwait(false); throw new Exception(\"boo\"); } W(); "
            + "await Task.Delay(2000);")]
    [InlineData("new Thread(() => throw new Exception(\"boo\")).Start(); Thread.Sleep(2000);")]
    [InlineData("ThreadPool.QueueUserWorkItem(_ => throw new Exception(\"boo\")); Thread.Sleep(2000);")]
    [InlineData("using (new Timer(_ => throw new Exception(\"boo\"), null, 1, -1)) Thread.Sleep(2000);")]
    public async Task The_cell_that_waits_long_enough_fails_and_the_session_lives(string code)
    {
        await using var notebook = new TestNotebook();
        await using var other = new TestNotebook(); // so that the only session is no answer
        await notebook.ValueAsync(Fire + "var kept = 1;");
        var ran = await notebook.RunAsync(code, TestContext.Current.CancellationToken);
        Assert.Equal(("Exception", "boo"), (ran.Error.Name, ran.Error.Value));
        Assert.Contains(ran.Error.Traceback, line => line.Contains("in cell ", StringComparison.Ordinal));
        Assert.Equal("boo", Assert.Single(ran.Outputs.OfType<ErrorOutput>()).Value);
        Assert.Equal("1", await notebook.ValueAsync("kept"));
    }

    [Fact]
    public async Task A_finalizer_belongs_to_the_cell_that_runs()
    {
        await using var notebook = new TestNotebook();
        var ran = await notebook.RunAsync(
            """
            class Last { ~Last() { throw new Exception("boo"); } }
            void Make() => new Last();
            Make(); GC.Collect(); GC.WaitForPendingFinalizers();
            """, TestContext.Current.CancellationToken);
        Assert.Equal("boo", ran.Error.Value);
    }

    [Fact]
    public async Task Threads_of_a_cell_that_was_interrupted_stop_without_a_word()
    {
        await using var notebook = new TestNotebook();
        using var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = notebook.RunAsync(
            "new System.Threading.Thread(() => { while (true) ; }).Start(); Console.Write(\"go\"); while (true) ;",
            source.Token);
        await TestNotebook.ReachAsync(() => notebook.HasWritten("stdout", "go"), running);
        await source.CancelAsync();
        Assert.Equal("Interrupted", Assert.Single((await running).Outputs.OfType<ErrorOutput>()).Name);
        Assert.Equal("2", await notebook.ValueAsync("await Task.Delay(200); 1 + 1"));
    }

    [Theory]
    [InlineData(
        "var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously); "
            + "async void V() { await go.Task; throw new Exception(\"boo\"); } V();",
        "go.SetResult(); await Task.Delay(2000);")]
    [InlineData(
        "var go = new System.Threading.ManualResetEventSlim(); "
            + "new System.Threading.Thread(() => { go.Wait(); throw new Exception(\"boo\"); }).Start();",
        "go.Set(); System.Threading.Thread.Sleep(2000);")]
    public void What_comes_after_the_cells_end_fails_the_run_all_the_same(string code, string next)
    {
        using var folder = new TemporaryFolder();
        folder.Write("x.ipynb", Samples.Notebook(code, next, "3"));
        var (exit, output) = GsrProcess.Run(folder, "run", "x.ipynb");
        Assert.Equal(1, exit);
        var executed = Executed.Load(folder);
        Assert.Equal("Exception: boo", Executed.Text(executed, 0));
        Assert.Null(executed.Cells[2].ExecutionCount);
        Assert.Contains("boo", output);
        Assert.Contains("failed in cell 1, after its end", output);
    }
}
