using System.Text.Json.Nodes;
using Gsr.Kernel.Tests.Running;

namespace Gsr.Kernel.Tests.Jupyter;

/// <summary>The kernel over a named pipe, as the extension for VS Code starts it.</summary>
public sealed class PipeKernelTests : KernelTests
{
    [Fact]
    public void Leaves_with_the_front_end_that_closes_the_pipe_also_while_a_cell_runs()
    {
        using var kernel = new PipeClient();
        kernel.Await(kernel.SendExecute("Console.Write(\"begun\"); while (true) ;"), "stream");
        kernel.Close();
        Assert.True(kernel.Process.WaitForExit(30_000));
    }

    [Fact]
    public void Passes_over_what_is_no_message()
    {
        using var kernel = new PipeClient();
        foreach (var message in (JsonObject[])
        [
            [], new() { ["channel"] = "shell", ["type"] = 3, ["id"] = "1", ["content"] = new JsonObject() },
            new() { ["channel"] = "shell", ["type"] = "execute_request", ["id"] = "1" },
            new() { ["channel"] = "nowhere", ["type"] = "a_request", ["id"] = "1", ["content"] = new JsonObject() },
        ])
        {
            kernel.SendRaw(message);
        }
        Assert.Equal("3", kernel.Execute("1 + 2").Result);
    }

    [Theory]
    [InlineData(1, "--pipe", "nobody-listens-here")]
    [InlineData(2)]
    [InlineData(2, "--pipe", "a", "--connection-file", "b")]
    public void Says_where_it_cannot_connect(int code, params string[] line)
    {
        using var folder = new TemporaryFolder();
        var (exitCode, output) = GsrProcess.Run(folder, ["kernel", "start", .. line]);
        Assert.Equal(code, exitCode);
        Assert.Contains("--pipe", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    private protected override KernelClient Start(bool throughShell = false) => new PipeClient(throughShell);
}
