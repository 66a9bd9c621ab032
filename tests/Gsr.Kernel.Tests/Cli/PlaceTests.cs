using Gsr.Kernel.Documents;
using Gsr.Kernel.Running;
using Gsr.Kernel.Tests.Running;

namespace Gsr.Kernel.Tests.Cli;

/// <summary>Which files a run reads and writes, and what becomes of it where they cannot be written.</summary>
public class PlaceTests
{
    private static readonly string Output = Path.Combine("out", "x.ipynb");

    [Fact]
    public void A_source_is_not_overwritten_under_another_name_of_its_folder()
    {
        using var folder = new TemporaryFolder();
        var source = folder.Write(Path.Combine("ci", "x.ipynb"), Samples.Notebook("1"));
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege there.");
        Directory.CreateSymbolicLink(folder["link"], folder["ci"]);
        string[] places = OperatingSystem.IsMacOS() ? ["link", "CI"] : ["link"];
        foreach (var place in places)
        {
            Assert.Throws<UsageException>(() => RunPlan.CheckOutputs(
                [(source, Path.Combine(folder[place], "x.ipynb"), null)], inPlace: false));
        }
    }

    [Fact]
    public void A_source_is_not_overwritten_by_a_name_in_another_case_on_Windows()
    {
        Assert.SkipUnless(OperatingSystem.IsWindows(), "Only there and on macOS are the two one file.");
        using var folder = new TemporaryFolder();
        var source = folder.Write(Path.Combine("ci", "x.ipynb"), Samples.Notebook("1"));
        Assert.Throws<UsageException>(() => RunPlan.CheckOutputs(
            [(source, Path.Combine(folder["CI"], "X.ipynb"), null)], inPlace: false));
    }

    [Fact]
    public void A_pattern_names_the_notebooks_that_match_whatever_the_case_of_their_ending()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in (string[])["b.ipynb", "a.IPYNB", "c.dib", "d.txt"])
            folder.Write(name, Samples.Notebook("1"));
        Assert.Equal(["a.IPYNB", "b.ipynb", "c.dib"],
            RunPlan.FindNotebooks([folder["*"]]).Select(Path.GetFileName));
        Assert.Equal(["b.ipynb"], RunPlan.FindNotebooks([folder["b.ip*"]]).Select(Path.GetFileName));
        Assert.Equal(["a.IPYNB", "b.ipynb", "c.dib"], RunPlan.FindNotebooks([folder.Path]).Select(Path.GetFileName));
        Assert.Contains("e*", Assert.Throws<UsageException>(() => RunPlan.FindNotebooks([folder["e*"]])).Message);
    }

    [Fact]
    public void A_file_that_cannot_be_written_between_two_cells_does_not_end_the_run()
    {
        using var folder = new TemporaryFolder();
        folder.Write("x.ipynb", Samples.Notebook(
            $"System.IO.Directory.CreateDirectory(@\"{Output}\"); 1", $"System.IO.Directory.Delete(@\"{Output}\"); 2"));
        var (exit, output) = GsrProcess.Run(folder, "run", "x.ipynb", "--out", "out");
        Assert.True(exit == 0, output);
        Assert.Contains(Output, output, StringComparison.Ordinal);
        Assert.Equal(["1", "2"], Enumerable.Range(0, 2).Select(i => Executed.Text(Notebook.Load(folder[Output]), i)));
    }

    [Fact]
    public void An_executed_notebook_that_cannot_be_written_is_kept_beside()
    {
        using var folder = new TemporaryFolder();
        folder.Write("x.ipynb", Samples.Notebook($"System.IO.Directory.CreateDirectory(@\"{Output}\"); 1"));
        var (exit, output) = GsrProcess.Run(folder, "run", "x.ipynb", "--out", "out");
        Assert.Equal(1, exit);
        var kept = Directory.GetFiles(folder[Path.GetDirectoryName(Output)!], "x.*.executed.ipynb").Single();
        Assert.Equal("1", Executed.Text(Notebook.Load(kept), 0));
        Assert.Contains(Path.GetFileName(kept), output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_named_before_a_cell_runs()
    {
        using var folder = new TemporaryFolder();
        folder.Write("x.ipynb", Samples.Notebook("System.IO.File.WriteAllText(\"ran\", \"\");"));
        folder.Write("full", "");
        var (exit, output) = GsrProcess.Run(folder, "run", "x.ipynb", "--out", "full");
        Assert.Equal(2, exit);
        Assert.Contains(folder["full"], output, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["ran"]));
    }

    [Fact]
    public async Task The_summary_names_no_folder_into_which_nothing_was_written()
    {
        using var folder = new TemporaryFolder();
        var source = folder.Write("x.ipynb", Samples.Notebook("1"));
        // Of an earlier run.
        var earlier = folder.Write("out.ipynb", "");
        var report = new StringWriter();
        var reporter = new ConsoleReporter(report, null);
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        var job = new NotebookJob(source, Notebook.Load(source), earlier, null);
        reporter.RunEnded([await new NotebookRunner(new RunOptions(), reporter).RunAsync(job, stopped.Token)]);
        Assert.DoesNotContain(folder.Path, report.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("long")]
    public void The_process_of_the_cells_is_met_where_the_folder_for_temporary_files_takes_no_socket(string kind)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A pipe is in no folder there.");
        using var folder = new TemporaryFolder();
        folder.Write("x.ipynb", Samples.Notebook("1"));
        var place = folder[kind == "long" ? new string('x', 120) : kind];
        if (kind == "long")
            Directory.CreateDirectory(place);
        var (exit, output) = GsrProcess.Run(folder, ("TMPDIR", place), "run", "x.ipynb", "--out", "out");
        Assert.True(exit == 0, output);
    }

    [Fact]
    public void A_cell_knows_the_cultures_and_writes_numbers_as_everywhere()
    {
        Assert.SkipUnless(Kernel.Cli.Cultures.Missing is null, "ICU is not installed (Debian: libicu72 or newer).");
        using var folder = new TemporaryFolder();
        folder.Write("x.ipynb", Samples.Notebook(
            "1234.5.ToString(\"N1\", new System.Globalization.CultureInfo(\"de-DE\"))", "1234.5.ToString(\"N1\")",
            "System.Globalization.CultureInfo.CurrentCulture.Name"));
        var (exit, output) = GsrProcess.Run(folder, ("LC_ALL", "de_DE.UTF-8"), "run", "x.ipynb", "--out", "out");
        Assert.True(exit == 0, output);
        var executed = Notebook.Load(folder[Output]);
        Assert.Equal(["1.234,5", "1,234.5", ""], Enumerable.Range(0, 3).Select(i => Executed.Text(executed, i)));
    }
}
