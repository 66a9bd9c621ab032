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

    [Theory]
    [InlineData("", false, false, false)]
    [InlineData("-p A=b.ipynb --jobs 2", false, false, false)]
    [InlineData("--out .", false, true, false)]
    [InlineData("--out=. --html=false", false, true, true)]
    [InlineData("-o . . --html", true, true, true)]
    [InlineData("x.ipynb --in-place", true, false, false)]
    public void What_a_run_is_told_is_known_before_it_begins(string words, bool notebooks, bool output, bool pages) =>
        Assert.Equal(
            (notebooks, output, pages),
            GsrCommand.SaidToRun(words.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
}
