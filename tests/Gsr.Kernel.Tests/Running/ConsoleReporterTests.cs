using Gsr.Kernel.Documents;
using Gsr.Kernel.Outputs;
using Gsr.Kernel.Running;

namespace Gsr.Kernel.Tests.Running;

public class ConsoleReporterTests
{
    private static readonly CellPlace First = new("x.ipynb", 1, 2);
    private static readonly CellPlace Second = new("x.ipynb", 2, 2);
    private static readonly TimeSpan Elapsed = TimeSpan.FromSeconds(12.34);

    [Fact]
    public void A_log_gets_plain_lines()
    {
        Assert.Equal("x.ipynb  cell 1 of 2 ok 12.3 s\nx.ipynb  cell 2 of 2 FAILED 12.3 s\n    red: v\n",
            Report(terminalWidth: null));
    }

    [Fact]
    public void A_terminal_gets_one_line_per_notebook_and_its_errors()
    {
        var written = Report(terminalWidth: 24);
        Assert.All(written.Split('\r', '\n'), line => Assert.True(line.Length < 24 || line.Contains("FAILED"), line));
        Assert.Equal("x.ipynb  cell 2 of 2 FAILED 12.3 s\n    red: v\n", Shown(written));
    }

    [Fact]
    public void The_summary_is_a_table()
    {
        var output = new StringWriter { NewLine = "\n" };
        NotebookOutcome[] outcomes =
        [
            new(Job("a.ipynb"), 2, 2, Elapsed, 300 << 20, null),
            new(Job("long-name.ipynb"), 11, 12, TimeSpan.FromSeconds(1234), 0, "failed in cell 12"),
        ];
        new ConsoleReporter(output, terminalWidth: null).RunEnded(outcomes);
        Assert.Equal(
            """

            notebook         cells  seconds  peak memory  result
            a.ipynb            2/2     12.3       300 MB  ok
            long-name.ipynb  11/12   1234.0            -  failed in cell 12


            """.ReplaceLineEndings("\n"), output.ToString());
    }

    [Fact]
    public void A_terminal_tells_of_all_notebooks_that_run_in_one_line()
    {
        var output = new StringWriter { NewLine = "\n" };
        var reporter = new ConsoleReporter(output, terminalWidth: 80);
        CellPlace other = new("y.ipynb", 1, 3);
        reporter.CellStarted(First);
        reporter.CellStarted(other);
        Assert.Equal("x.ipynb  cell 1 of 2 ... | y.ipynb  cell 1 of 3 ...", Shown(output.ToString()));
        reporter.CellEnded(Second, Elapsed, null);
        reporter.NotebookEnded("x.ipynb");
        reporter.CellRuns(other, Elapsed);
        Assert.Equal("x.ipynb  cell 2 of 2 ok 12.3 s\ny.ipynb  cell 1 of 3 ... 12.3 s", Shown(output.ToString()));
    }

    private static string Report(int? terminalWidth)
    {
        var output = new StringWriter { NewLine = "\n" };
        var reporter = new ConsoleReporter(output, terminalWidth);
        reporter.CellStarted(First);
        reporter.CellRuns(First, Elapsed);
        reporter.CellEnded(First, Elapsed, null);
        reporter.CellStarted(Second);
        reporter.CellEnded(Second, Elapsed, new ErrorOutput("E", "v", ["\e[31mred\e[0m: v"]));
        return output.ToString();
    }

    private static string Shown(string written)
    {
        var terminal = new TerminalText();
        terminal.Write(written);
        return string.Join('\n', terminal.ToString().Split('\n').Select(line => line.TrimEnd()));
    }

    private static NotebookJob Job(string name) =>
        new(name, Notebook.Parse(Samples.Notebook("1"), name), "none/" + name, null);
}
