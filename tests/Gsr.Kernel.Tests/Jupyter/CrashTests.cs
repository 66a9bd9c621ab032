namespace Gsr.Kernel.Tests.Jupyter;

/// <summary>A kernel that cannot go on must end, so that the front end sees that it is dead.</summary>
public sealed class CrashTests
{
    [Theory]
    [InlineData("Environment.FailFast(\"on purpose\");", "on purpose")]
    [InlineData("#!fsharp\nlet rec f x = 1 + f (x + 1)\nf 0", "Stack overflow.")]
    // its frames are more than a pipe holds
    [InlineData("class C { object o = Activator.CreateInstance(typeof(C)); } new C()", "Stack overflow.")]
    [InlineData(
        "using System.Runtime.InteropServices; [DllImport(\"libc\")] static extern void abort(); "
        + "[DllImport(\"libc\")] static extern nint write(int to, string text, nint n); "
        + "write(2, \"native\", 6); abort();",
        "native")]
    public async Task The_process_ends_with_an_error_and_says_why(string code, string reason)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file descriptors to capture and no alarm.");
        using var kernel = new JupyterClient();
        kernel.SendExecute(code);
        await kernel.Process.WaitForExitAsync(TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        Assert.NotEqual(0, kernel.Process.ExitCode);
        Running.GsrProcess.WaitUntil(
            () => kernel.Errors.ToString().Contains(reason, StringComparison.Ordinal), "the reason");
        Assert.InRange(kernel.Errors.Length, 1, 64 * 1024);
    }

    [Fact]
    public void What_another_process_says_of_its_stack_ends_nothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file descriptors to capture and no alarm.");
        using var kernel = new JupyterClient();
        var ran = kernel.Execute(
            "System.Diagnostics.Process.Start(\"sh\", [\"-c\", \"echo Stack overflow. >&2\"]).WaitForExit(); "
            + "System.Threading.Thread.Sleep(6000); 1");
        Assert.Equal("1", ran.Result);
        Assert.Contains("Stack overflow.", ran.Text);
    }

    [Fact]
    public void An_exception_on_a_thread_is_an_error_of_its_cell_and_the_kernel_lives()
    {
        using var kernel = new JupyterClient();
        var ran = kernel.Execute(
            "new System.Threading.Thread(() => throw new Exception(\"boo\")).Start(); "
            + "System.Threading.Thread.Sleep(2000);");
        Assert.Equal("error", (string?)ran.Reply["status"]);
        Assert.Equal("boo", (string?)Assert.Single(ran.Outputs, output => output.Type == "error").Content["evalue"]);
        Assert.Equal("2", kernel.Execute("1 + 1").Result);
    }
}
