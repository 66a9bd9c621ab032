using System.Globalization;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Running;

namespace Gsr.Kernel.Tests.Running;

/// <summary>
/// Runs that do not end as they should: cells that die, hang or are stopped, and a runner that is killed.
/// </summary>
public class BrokenRunTests
{
    private const string Forever =
        "System.IO.File.WriteAllText(\"hangs\", \"\"); while (true) System.Threading.Thread.Sleep(10);";
    private const string OwnId = "Environment.ProcessId";

    [Theory]
    [InlineData("Console.WriteLine(\"before\"); Environment.FailFast(\"told so\");", ": Process terminated. told so")]
    [InlineData("#!fsharp\nlet rec f x = 1 + f (x + 1)\nf 0", "Stack overflow.")]
    [InlineData("class C { object o = Activator.CreateInstance(typeof(C)); } new C()", "Stack overflow.")]
    [InlineData(
        "Process.Start(\"kill\", $\"-9 {Environment.ProcessId}\").WaitForExit(); while (true);",
        "was killed (signal 9)")]
    [InlineData("Environment.Exit(7);", "ended with exit code 7")]
    [InlineData("System.Runtime.InteropServices.Marshal.WriteByte((IntPtr)8, 1); ", "")]
    public void A_dead_process_is_reported_with_its_cell(string code, string expected)
    {
        Assert.SkipWhen(
            OperatingSystem.IsWindows() && !code.Contains("FailFast"), "There are no signals on Windows.");
        using var folder = new TemporaryFolder();
        folder.Write("x.ipynb",
            Samples.Notebook(
                "using System.Diagnostics;\n1", $"System.IO.File.WriteAllText(\"dies\", \"\");\n{code}", "3"));
        using var gsr = GsrProcess.Start(folder, "run", "x.ipynb");
        GsrProcess.WaitUntil(() => File.Exists(folder["dies"]), "the cell to run");
        GsrProcess.WaitUntil(() => gsr.Output.Contains("cell 2 of 3 FAILED"), "the report");
        Assert.Equal(1, gsr.WaitForExit());
        var executed = Executed.Load(folder);
        Assert.Equal("1", Executed.Text(executed, 0));
        Assert.Contains(
            expected.Length > 0 ? "ProcessDied: Cell 2: the process of the cells " : "Exception",
            Executed.Text(executed, 1));
        Assert.Contains(expected, Executed.Text(executed, 1));
        Assert.Equal("", Executed.Text(executed, 2));
        var error = executed.Cells[1].Outputs.Last(output => (string?)output!["output_type"] == "error")!;
        Assert.InRange(error["traceback"]!.AsArray().Count, 1, 50);
        Assert.InRange(executed.Cells[1].Outputs.ToJsonString().Length, 1, 50_000);
    }

    [Theory]
    [InlineData("")]
    [InlineData(">/dev/null 2>&1")]
    public void Nothing_is_left_of_what_a_killed_process_had_started(string redirection)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no signals on Windows.");
        using var folder = new TemporaryFolder();
        folder.Write("x.ipynb", Samples.Notebook(
            "using System.Diagnostics;\n"
                + $"Process.Start(\"sh\", [\"-c\", \"sleep 600 {redirection} & echo $! > left\"]).WaitForExit();",
            "Process.Start(\"sh\", [\"-c\", \"kill -9 $PPID\"]).WaitForExit(); while (true) ;"));
        var (exit, _) = GsrProcess.Run(folder, "run", "x.ipynb");
        Assert.Equal(1, exit);
        Assert.Contains("signal 9", Executed.Text(Executed.Load(folder), 1));
        var left = int.Parse(File.ReadAllText(folder["left"]), CultureInfo.InvariantCulture);
        GsrProcess.WaitUntil(() => !GsrProcess.IsAlive(left), "the process to end");
    }

    [Fact]
    public void A_hanging_cell_is_killed_on_timeout()
    {
        using var folder = new TemporaryFolder();
        folder.Write("x.ipynb", Samples.Notebook(OwnId, "Console.WriteLine(\"before\");\n" + Forever, "3"));
        folder.Write("y.ipynb", Samples.Notebook("4"));
        var (exit, output) = GsrProcess.Run(folder, "run", "x.ipynb", "y.ipynb", "--timeout", "20");
        Assert.Equal(1, exit);
        var executed = Executed.Load(folder);
        Assert.StartsWith("before\nCellTimeout: Cell 2: it did not end within the 20 s", Executed.Text(executed, 1));
        Assert.Equal("", Executed.Text(executed, 2));
        Assert.Null(executed.Cells[2].ExecutionCount);
        Assert.Contains("timed out in cell 2", output);
        Assert.False(GsrProcess.IsAlive(int.Parse(Executed.Text(executed, 0), CultureInfo.InvariantCulture)));
        Assert.Equal("4", Executed.Text(Executed.Load(folder, "y.ipynb"), 0));
    }

    [Fact]
    public void A_stopped_process_is_reported_and_ctrl_c_still_works()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no signals on Windows.");
        using var folder = new TemporaryFolder();
        folder.Write("x.ipynb", Samples.Notebook(OwnId, Forever));
        using var gsr = GsrProcess.Start(folder, "run", "x.ipynb");
        GsrProcess.WaitUntil(() => File.Exists(folder["hangs"]), "the cell to run");
        var child = int.Parse(Executed.Text(Executed.Load(folder), 0), CultureInfo.InvariantCulture);
        GsrProcess.Signal("STOP", child);
        GsrProcess.WaitUntil(() => gsr.Output.Contains("x.ipynb: cell 2: no sign of life"), "the report");
        gsr.Signal("INT");
        Assert.Equal(130, gsr.WaitForExit());
        Assert.False(GsrProcess.IsAlive(child));
    }

    [Fact]
    public async Task A_process_silent_for_too_long_is_killed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no signals on Windows.");
        using var folder = new TemporaryFolder();
        var source = folder.Write("x.ipynb", Samples.Notebook(
            "Console.WriteLine(\"before\");\nSystem.Diagnostics.Process.Start(\"kill\", $\"-STOP {Environment.ProcessId}\").WaitForExit();\nawait Task.Delay(-1);"));
        var job = new NotebookJob(source, Notebook.Load(source), folder["out.ipynb"], null);
        var options = new RunOptions
        {
            SilenceReported = TimeSpan.FromSeconds(2),
            SilenceKilled = TimeSpan.FromSeconds(4),
        };
        var outcome = await new NotebookRunner(options, new ConsoleReporter(TextWriter.Null, null))
            .RunAsync(job, TestContext.Current.CancellationToken);
        Assert.Equal("died in cell 1", outcome.Problem);
        Assert.Contains("Cell 1: the process of the cells gave no sign of life for 4 s",
            Executed.Text(Notebook.Load(folder["out.ipynb"]), 0));
    }

    [Fact]
    public async Task A_process_that_never_comes_up_is_reported_in_the_notebook()
    {
        using var folder = new TemporaryFolder();
        var source = folder.Write("x.ipynb", Samples.Notebook("1"));
        var job = new NotebookJob(source, Notebook.Load(source), folder["out.ipynb"], null);
        const string limit = "DOTNET_GCHeapHardLimit";
        Environment.SetEnvironmentVariable(limit, "1000");
        try
        {
            var outcome = await new NotebookRunner(new RunOptions(), new ConsoleReporter(TextWriter.Null, null))
                .RunAsync(job, TestContext.Current.CancellationToken);
            Assert.Contains("did not start", outcome.Problem, StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable(limit, null);
        }
        Assert.Contains("ProcessDied: The process for the cells did not start",
            Executed.Text(Notebook.Load(folder["out.ipynb"]), 0), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_terminal_stops_and_continues_are_the_cells_too()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The state of a process is read from /proc.");
        using var folder = new TemporaryFolder();
        folder.Write("x.ipynb", Samples.Notebook(OwnId, Forever));
        using var gsr = GsrProcess.Start(folder, "run", "x.ipynb");
        GsrProcess.WaitUntil(() => File.Exists(folder["hangs"]), "the cell to run");
        var child = int.Parse(Executed.Text(Executed.Load(folder), 0), CultureInfo.InvariantCulture);
        gsr.Signal("TSTP");
        GsrProcess.WaitUntil(() => GsrProcess.IsStopped(child), "the cells to stop");
        // As a shell waits before it says that a job is stopped: to continue what has not stopped yet does nothing, and
        // the runner stops after its cells.
        GsrProcess.WaitUntil(() => gsr.IsStopped(), "the runner to stop");
        gsr.Signal("CONT");
        GsrProcess.WaitUntil(() => !GsrProcess.IsStopped(child) && !gsr.IsStopped(), "the cells to go on");
        gsr.Signal("INT");
        Assert.Equal(130, gsr.WaitForExit());
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void A_signal_stops_cleanly(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no signals on Windows.");
        using var folder = new TemporaryFolder();
        folder.Write("x.ipynb", Samples.Notebook(OwnId, "Console.WriteLine(\"before\");\n" + Forever, "3"));
        folder.Write("y.ipynb", Samples.Notebook("4"));
        using var gsr = GsrProcess.Start(folder, "run", "x.ipynb", "y.ipynb", "--jobs", "1");
        GsrProcess.WaitUntil(() => File.Exists(folder["hangs"]), "the cell to run");
        gsr.Signal(signal);
        Assert.Equal(130, gsr.WaitForExit());
        var executed = Executed.Load(folder);
        Assert.Contains("Interrupted: Cell 2: stopped", Executed.Text(executed, 1));
        Assert.False(GsrProcess.IsAlive(int.Parse(Executed.Text(executed, 0), CultureInfo.InvariantCulture)));
        Assert.False(File.Exists(Executed.PathOf(folder, "y.ipynb")));
        Assert.Contains("stopped in cell 2", gsr.Output);
    }

    [Fact]
    public void A_runner_that_is_killed_leaves_a_whole_file_and_no_orphan()
    {
        using var folder = new TemporaryFolder();
        folder.Write("x.ipynb", Samples.Notebook(
            "using System.Diagnostics;\n" + (OperatingSystem.IsWindows()
                ? "System.IO.File.WriteAllText(\"left\", $\"{Process.Start(\"ping\", \"-n 600 127.0.0.1\").Id}\");\n"
                : "Process.Start(\"sh\", [\"-c\", \"sleep 600 & echo $! > left\"]).WaitForExit();\n") + OwnId,
            "\"kept\"", Forever, "4"));
        using var gsr = GsrProcess.Start(folder, "run", "x.ipynb", "--in-place");
        GsrProcess.WaitUntil(() => File.Exists(folder["hangs"]), "the cell to run");
        gsr.Kill();
        var executed = Notebook.Load(folder["x.ipynb"]);
        Assert.Equal("kept", Executed.Text(executed, 1));
        Assert.Equal("", Executed.Text(executed, 2));
        var child = int.Parse(Executed.Text(executed, 0), CultureInfo.InvariantCulture);
        GsrProcess.WaitUntil(() => !GsrProcess.IsAlive(child), "the child to leave");
        var left = int.Parse(File.ReadAllText(folder["left"]), CultureInfo.InvariantCulture);
        GsrProcess.WaitUntil(() => !GsrProcess.IsAlive(left), "what it had started to end");
    }

    [Fact]
    public void A_runner_killed_at_any_moment_leaves_a_whole_file()
    {
        using var folder = new TemporaryFolder();
        // Large enough for a write to take a while, so that some of the kills fall into one.
        string[] cells = [.. Enumerable.Range(0, 60).Select(_ => "Console.Write(new string('x', 900_000));")];
        var source = folder.Write("x.ipynb", Samples.Notebook(cells));
        for (var delay = 0; delay < 400; delay += 100)
        {
            using var gsr = GsrProcess.Start(folder, "run", "x.ipynb", "--in-place");
            GsrProcess.WaitUntil(() => gsr.Output.Contains("cell 10 of 60 ok"), "some cells to run");
            Thread.Sleep(delay);
            gsr.Kill();
            var executed = Notebook.Load(source);
            Assert.True(executed.Cells.Count(cell => cell.Outputs.Count > 0) >= 10);
            Assert.Equal(cells, executed.Cells.Select(cell => cell.Source));
        }
    }
}
