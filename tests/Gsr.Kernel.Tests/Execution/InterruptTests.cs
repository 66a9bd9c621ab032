namespace Gsr.Kernel.Tests.Execution;

public sealed class InterruptTests
{
    [Theory]
    [InlineData("started(); System.Threading.Thread.Sleep(-1);")]
    [InlineData("started(); await Task.Delay(-1);")]
    [InlineData("started(); new System.Threading.ManualResetEventSlim().Wait();")]
    public async Task Waits_end_and_the_session_goes_on(string code)
    {
        await using var notebook = new TestNotebook();
        var signal = notebook.Folder + "/started";
        await notebook.ValueAsync($"void started() => System.IO.File.WriteAllText(@\"{signal}\", \"\"); var kept = 4;");
        using var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = notebook.RunAsync(code, source.Token);
        while (!File.Exists(signal))
            await Task.Delay(5, TestContext.Current.CancellationToken);
        await source.CancelAsync();
        Assert.Equal("Interrupted", (await running).Error.Name);
        Assert.Equal("4", await notebook.ValueAsync("System.Threading.Thread.Sleep(5); await Task.Delay(5); kept"));
    }

    [Fact]
    public async Task A_cell_that_ignores_its_interruption_is_reported_and_the_session_goes_on_after_it()
    {
        await using var notebook = new TestNotebook(gracePeriod: TimeSpan.FromMilliseconds(20));
        var (started, stop) = (Path.Combine(notebook.Folder, "started"), Path.Combine(notebook.Folder, "stop"));
        await notebook.ValueAsync("var kept = 4;");
        using var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = notebook.RunAsync(
            $"System.IO.File.WriteAllText(@\"{started}\", \"\"); while (!System.IO.File.Exists(@\"{stop}\")) ; kept = 5;",
            source.Token);
        while (!File.Exists(started))
            await Task.Delay(5, TestContext.Current.CancellationToken);
        await source.CancelAsync();
        while (!notebook.HasWritten("stderr", "cell 2 was interrupted and is still running"))
            await Task.Delay(5, TestContext.Current.CancellationToken);
        Assert.False(running.IsCompleted);
        File.WriteAllText(stop, "");
        await running;
        Assert.Equal("5", await notebook.ValueAsync("System.Threading.Thread.Sleep(5); kept"));
    }

    [Fact]
    public async Task A_cell_that_stops_within_its_grace_period_is_not_reported()
    {
        await using var notebook = new TestNotebook(gracePeriod: TimeSpan.FromMilliseconds(20));
        await notebook.ValueAsync("1");
        using var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = notebook.RunAsync("Console.Write(\"go\"); await Task.Delay(-1);", source.Token);
        while (!notebook.HasWritten("stdout", "go"))
            await Task.Delay(5, TestContext.Current.CancellationToken);
        await source.CancelAsync();
        Assert.Equal("", (await running).Text("stderr"));
        Assert.Equal("", (await notebook.RunAsync("await Task.Delay(100);", TestContext.Current.CancellationToken)).Text("stderr"));
    }
}
