using Gsr.Kernel.Cli;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Tests.Running;

namespace Gsr.Kernel.Tests.Cli;

/// <summary>The command inside of another program, which is this one.</summary>
/// <remarks>
/// Alone: it writes to the console of the process, and that belongs to the cells of any session that runs beside it.
/// </remarks>
[Collection(nameof(HostedCommandTests))]
[CollectionDefinition(nameof(HostedCommandTests), DisableParallelization = true)]
public sealed class HostedCommandTests
{
    [Fact]
    public async Task Another_program_can_host_the_command()
    {
        using var folder = new TemporaryFolder();
        var source = folder.Write("x.ipynb", Samples.Notebook("6 * 7"));
        Assert.Equal(0, await GsrCommand.RunAsync(["run", source, "--out", folder["out"]]));
        Assert.Equal("42", Executed.Text(Notebook.Load(folder[Path.Combine("out", "x.ipynb")]), 0));
    }
}
