using System.Text.RegularExpressions;

namespace Gsr.Kernel.Tests.Clients;

/// <summary>Jupyter's own suite for kernels (jupyter_kernel_test).</summary>
public sealed partial class KernelSuiteTests
{
    [Fact]
    public async Task Passes_whole()
    {
        ClientProgram.NeedPython("jupyter_kernel_test", "python3-jupyter-kernel-test");
        using var home = await JupyterHome.CreateAsync();
        var suite = Path.Combine(JupyterHome.Repository, "tests", "Gsr.Kernel.Tests", "Clients", "kernel_suite.py");
        var (exitCode, output) = await ClientProgram.RunAsync(home.Path, home.Environment, ClientProgram.Python, suite);

        Assert.True(exitCode == 0, output);
        var results = Result().Matches(output).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["result"].Value);
        Assert.DoesNotContain(results, result => result.Value != "ok");
        Assert.Equal(
            ["clear_output", "completion", "display_data", "error", "every_test_has_its_sample", "execute_result",
                "execute_stderr", "execute_stdout",
                "history", "inspect", "is_complete", "kernel_info", "pager"],
            results.Keys.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"^test_(?<name>\w+) \(.*\) \.\.\. (?<result>\w+)", RegexOptions.Multiline)]
    private static partial Regex Result();
}
