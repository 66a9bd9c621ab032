namespace Gsr.Kernel.Tests.Jupyter;

/// <summary>A kernel that cannot go on must end, so that the front end sees that it is dead.</summary>
public sealed class CrashTests
{
    [Theory]
    // its frames are more than the captured standard error holds
    [InlineData("#!fsharp\nlet rec f x = 1 + f (x + 1)\nf 0")]
    [InlineData("Environment.FailFast(\"on purpose\");")]
    [InlineData("new System.Threading.Thread(() => throw new Exception(\"on purpose\")).Start();")]
    public async Task The_process_ends_with_an_error(string code)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file descriptors to capture and no alarm.");
        using var kernel = new JupyterClient();
        kernel.SendExecute(code);
        await kernel.Process.WaitForExitAsync(TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        Assert.NotEqual(0, kernel.Process.ExitCode);
    }
}
