namespace Gsr.Kernel.Tests.Clients;

/// <summary>
/// The binding of ZeroMQ that VS Code's Jupyter extension uses (npm's zeromq), another one than the kernel's.
/// </summary>
public sealed class ZeroMqTests
{
    [Fact]
    public async Task Asks_executes_interrupts_and_ends()
    {
        using var home = await JupyterHome.CreateAsync();
        var (exitCode, output) = await NodePackages.RunAsync(home, "zeromq.js", home.Path, JupyterHome.Engine);

        Assert.True(exitCode == 0, output);
        Assert.Equal(
            ["kernel_info on shell", "kernel_info on control", "heartbeat", "execute", "interrupt, state kept",
                "shutdown"],
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
