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
}
