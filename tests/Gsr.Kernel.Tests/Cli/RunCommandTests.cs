using System.Text.Json.Nodes;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Tests.Running;

namespace Gsr.Kernel.Tests.Cli;

public class RunCommandTests
{
    [Fact]
    public void A_notebook_runs_from_top_to_bottom_and_its_source_stays()
    {
        using var folder = new TemporaryFolder();
        folder.Write("data.txt", "beside");
        var source = folder.Write("x.ipynb", Samples.Notebook(
            Samples.Markdown("# Kept"), Samples.Code("var a = 20;"), Samples.Code(""),
            Samples.Code(
                "#!csharp\nConsole.WriteLine(System.IO.File.ReadAllText(\"data.txt\"));\nawait Task.Delay(1);\na * 2 + 2")));
        var before = File.ReadAllText(source);
        var (exit, output) = GsrProcess.Run(folder, "run", "x.ipynb", "--html");
        Assert.Equal(0, exit);
        Assert.Equal(before, File.ReadAllText(source));
        var executed = Executed.Load(folder);
        Assert.Equal("beside\n42", Executed.Text(executed, 3));
        Assert.Equal([null, 1, null, 2], executed.Cells.Select(cell => cell.ExecutionCount));
        Assert.Contains("x.ipynb  cell 2 of 2 ok", output);
        Assert.Matches(@"x\.ipynb +2/2 +[0-9.]+ +\d+ MB  ok", output);
        Assert.Contains("executed notebooks: ", output);
        Assert.Contains("<title>Kept</title>",
            File.ReadAllText(folder["x.html"]));
    }

    [Fact]
    public void Notebooks_run_side_by_side_and_a_cell_alone_when_it_asks_for_that()
    {
        using var folder = new TemporaryFolder();
        // Each waits for the other's file: one after another they would never end.
        string Meet(string own, string other) =>
            $$"""
            using System.IO;
            File.WriteAllText("{{own}}", "");
            while (!File.Exists("{{other}}")) await Task.Delay(10);
            """;
        string Log(string name, int ms) =>
            $"File.AppendAllText(\"{name}.log\", $\"{{DateTime.UtcNow.Ticks}} \"); await Task.Delay({ms}); "
            + $"File.AppendAllText(\"{name}.log\", $\"{{DateTime.UtcNow.Ticks}} \");";
        folder.Write("a.ipynb", Samples.Notebook(Samples.Code(Meet("a", "b")), Samples.Code(Log("a", 300), "alone")));
        folder.Write("b.ipynb", Samples.Notebook(
            [Samples.Code(Meet("b", "a")), .. Enumerable.Range(0, 8).Select(_ => Samples.Code(Log("b", 50)))]));
        var (exit, output) = GsrProcess.Run(folder, "run", "b.ipynb", "a.ipynb", "--jobs", "2");
        Assert.True(exit == 0, output);
        Assert.Matches(@"(?s)b\.ipynb +9/9 .*a\.ipynb +2/2", output);
        var alone = Times("a").Single();
        Assert.All(Times("b"), other => Assert.True(other.To <= alone.From || other.From >= alone.To));

        List<(long From, long To)> Times(string name)
        {
            var times = File.ReadAllText(folder[$"{name}.log"]).Trim().Split(' ').Select(long.Parse).ToList();
            return [.. times.Chunk(2).Select(pair => (pair[0], pair[1]))];
        }
    }

    [Fact]
    public void Trainings_of_notebooks_side_by_side_share_the_processors()
    {
        using var folder = new TemporaryFolder();
        var library = Path.Combine(Clients.JupyterHome.Repository, "artifacts", "bin", "Gsr", "release", "Gsr.dll");
        string Train(string own, string other) =>
            $$"""
            using System.IO;
            File.WriteAllText("{{own}}", "");
            while (!File.Exists("{{other}}")) await Task.Delay(10);
            Gsr.Training.SideBySide.Run(new[] { 1, 2, 3, 4, 5, 6 }, _ =>
            {
                var from = DateTime.UtcNow.Ticks;
                System.Threading.Thread.Sleep(40);
                lock (typeof(File)) File.AppendAllText("{{own}}.log", $"{from} {DateTime.UtcNow.Ticks} ");
            }, atOnce: 2);
            Environment.GetEnvironmentVariable("GSR_PROCESSORS")
            """;
        foreach (var (own, other) in (ReadOnlySpan<(string, string)>)[("a", "b"), ("b", "a")])
            folder.Write($"{own}.ipynb", Samples.Notebook($"#r \"{library}\"", Train(own, other)));
        var (exit, output) = GsrProcess.Run(
            folder, ("DOTNET_PROCESSOR_COUNT", "1"), "run", "a.ipynb", "b.ipynb", "--jobs", "2");
        Assert.True(exit == 0, output);
        // With one processor one after the other, whichever notebook they are of.
        var times = File.ReadAllText(folder["a.log"]) + File.ReadAllText(folder["b.log"]);
        var ends = times.Trim().Split(' ').Select(long.Parse).Chunk(2).OrderBy(pair => pair[0]).ToList();
        Assert.Equal(12, ends.Count);
        Assert.All(ends.Zip(ends.Skip(1)), pair => Assert.True(pair.First[1] <= pair.Second[0]));
        var shared = Executed.Text(Executed.Load(folder, "a.ipynb"), 1);
        Assert.Equal(shared, Executed.Text(Executed.Load(folder, "b.ipynb"), 1));
        Assert.False(Directory.Exists(shared));
    }

    [Fact]
    public void A_notebook_is_told_its_parameters_and_the_folder_of_its_results()
    {
        using var folder = new TemporaryFolder();
        folder.Write("x.ipynb", Samples.Notebook(
            "var SEED = 1;", "Environment.GetEnvironmentVariable(\"GSR_PARAMETERS\")",
            "Environment.GetEnvironmentVariable(\"GSR_RESULTS\") ?? \"none\""));
        Assert.Equal(0, GsrProcess.Run(folder, "run", "x.ipynb", "-p", "SEED=7").ExitCode);
        Assert.Equal("{\"SEED\":7}", Executed.Text(Executed.Load(folder), 1));
        Assert.Equal("none", Executed.Text(Executed.Load(folder), 2));
        Assert.Equal(0, GsrProcess.Run(folder, "run", "x.ipynb", "--out", "there").ExitCode);
        Assert.EndsWith("there", Executed.Text(Notebook.Load(folder[Path.Combine("there", "x.ipynb")]), 2));
        Assert.Equal(0, GsrProcess.Run(folder, ("GSR_RESULTS", "mine"), "run", "x.ipynb", "--out", "there").ExitCode);
        Assert.Equal("mine", Executed.Text(Notebook.Load(folder[Path.Combine("there", "x.ipynb")]), 2));
    }

    [Fact]
    public void A_cell_runs_in_the_language_that_the_picker_of_VS_Code_noted()
    {
        using var folder = new TemporaryFolder();
        JsonObject Cell(string source, string language, string? older = null)
        {
            var cell = Samples.Code(source);
            cell["metadata"]!["vscode"] = new JsonObject { ["languageId"] = language };
            if (older is not null)
                cell["metadata"]!["polyglot_notebook"] = new JsonObject { ["kernelName"] = older };
            return cell;
        }

        folder.Write("x.ipynb", Samples.Notebook(
            Cell("List.sum [1..4]", "fsharp", older: "csharp"), Cell("<b>bold</b>", "html"), Cell("1 + 1", "csharp"),
            Cell("2 + 2", "polyglot-notebook"), Cell("List.max [1; 3]", "dotnet-interactive.fsharp", older: "fsharp")));
        Assert.Equal(0, GsrProcess.Run(folder, "run", "x.ipynb").ExitCode);
        var executed = Executed.Load(folder);
        Assert.Equal(
            ["10", "<b>bold</b>", "2", "4", "3"], Enumerable.Range(0, 5).Select(i => Executed.Text(executed, i)));
    }

    [Fact]
    public void What_a_task_writes_later_stands_under_the_cell_that_started_it()
    {
        using var folder = new TemporaryFolder();
        folder.Write("x.ipynb", Samples.Notebook(
            "Console.WriteLine(\"early\"); var go = new TaskCompletionSource(); var done = Task.Run(async () => { await go.Task; Console.WriteLine(\"late\"); });",
            "go.SetResult(); await done; Console.WriteLine(\"own\");"));
        Assert.Equal(0, GsrProcess.Run(folder, "run", "x.ipynb").ExitCode);
        var executed = Executed.Load(folder);
        Assert.Equal("early\nlate\n", Executed.Text(executed, 0));
        Assert.Equal("own\n", Executed.Text(executed, 1));
    }

    [Fact]
    public void A_rerun_with_equal_results_gives_an_equal_file()
    {
        using var folder = new TemporaryFolder();
        folder.Write("x.ipynb", Samples.Notebook("1 + 1", "Console.WriteLine(\"a\"); Console.Error.WriteLine(\"b\");"));
        Assert.Equal(0, GsrProcess.Run(folder, "run", "x.ipynb", "--in-place").ExitCode);
        var first = File.ReadAllBytes(folder["x.ipynb"]);
        Assert.Equal("2", Executed.Text(Notebook.Load(folder["x.ipynb"]), 0));
        Assert.Equal(0, GsrProcess.Run(folder, "run", "x.ipynb", "--in-place").ExitCode);
        Assert.Equal(first, File.ReadAllBytes(folder["x.ipynb"]));
        Assert.Equal(["x.ipynb"], Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void An_error_ends_its_notebook_and_not_the_next()
    {
        using var folder = new TemporaryFolder();
        folder.Write("b.ipynb", Samples.Notebook("2"));
        folder.Write("a.ipynb", Samples.Notebook("1", "throw new InvalidOperationException(\"boo\");", "3"));
        folder.Write(Path.Combine(".ipynb_checkpoints", "c.ipynb"), "not for running");
        var (exit, output) = GsrProcess.Run(folder, "run", ".", "-o", "out", "--jobs", "1");
        Assert.Equal(1, exit);
        var failed = Notebook.Load(folder[Path.Combine("out", "a.ipynb")]);
        Assert.Contains("InvalidOperationException: boo", Executed.Text(failed, 1));
        Assert.Equal(("", null), (Executed.Text(failed, 2), failed.Cells[2].ExecutionCount));
        Assert.Equal("2", Executed.Text(Notebook.Load(folder[Path.Combine("out", "b.ipynb")]), 0));
        Assert.Contains("failed in cell 2", output);
        Assert.Contains("boo", output);
        Assert.True(output.IndexOf("a.ipynb  cell", StringComparison.Ordinal)
            < output.IndexOf("b.ipynb  cell", StringComparison.Ordinal));

        string[] careful = ["run", ".", "-o", "stopped", "--keep-going", "false", "--jobs", "1"];
        Assert.Equal(1, GsrProcess.Run(folder, careful).ExitCode);
        Assert.False(File.Exists(folder[Path.Combine("stopped", "b.ipynb")]));

        Assert.Equal(1, GsrProcess.Run(folder, "run", "a.ipynb", "-o", "allowed", "--allow-errors").ExitCode);
        Assert.Equal("3", Executed.Text(Notebook.Load(folder[Path.Combine("allowed", "a.ipynb")]), 2));
    }

    [Fact]
    public void A_resumed_run_keeps_what_was_executed_whole_and_runs_the_rest()
    {
        using var folder = new TemporaryFolder();
        const string Append = "System.IO.File.AppendAllText(\"ran\", NAME);";
        string Of(string name, string last = "1 + 1") => Samples.Notebook(
            Samples.Markdown("# First"), Samples.Code($"var NAME = \"{name}\";", "parameters"), Samples.Code(Append),
            Samples.Code(""), Samples.Code(last));
        folder.Write("a.ipynb", Of("a"));
        folder.Write("b.ipynb", Of("b"));
        folder.Write("c.ipynb", Of("c", "throw new Exception();"));
        string Ran(int exit, params string[] more)
        {
            File.WriteAllText(folder["ran"], "");
            var (code, output) = GsrProcess.Run(
                folder, ["run", "a.ipynb", "b.ipynb", "c.ipynb", "--jobs", "1", "--resume", .. more]);
            Assert.Equal(exit, code);
            Assert.Equal(3 - File.ReadAllText(folder["ran"]).Length, output.Split("  kept: ").Length - 1);
            return File.ReadAllText(folder["ran"]);
        }
        Assert.Equal("abc", Ran(1));
        // Prose decides nothing, and is that of today; another parameter, other code or a broken file does.
        folder.Write("a.ipynb", Of("a").Replace("# First", "# Second"));
        Assert.Equal("c", Ran(1, "--html"));
        var executed = Executed.Load(folder, "a.ipynb");
        Assert.Equal(("# Second", "2"), (executed.Cells[0].Source, Executed.Text(executed, 4)));
        Assert.Contains("<title>Second</title>",
            File.ReadAllText(folder["a.html"]));
        folder.Write("b.ipynb", Of("b", "1 + 2"));
        folder.Write("a.executed.ipynb", "{");
        Assert.Equal("abc", Ran(1));
        folder.Write("c.ipynb", Of("c"));
        Assert.Equal("xxx", Ran(0, "-p", "NAME=x"));
        Assert.Equal("", Ran(0, "-p", "NAME=x"));
        // Cells that were not executed, or in another order.
        foreach (var counts in (int?[][])[[1, 2, null], [2, 1, 3], [1, 2, 4]])
        {
            var output = Executed.Load(folder, "b.ipynb");
            foreach (var (cell, count) in ((int[])[1, 2, 4]).Zip(counts))
                output.Cells[cell].ExecutionCount = count;
            output.Save(Executed.PathOf(folder, "b.ipynb"));
            Assert.Equal("x", Ran(0, "-p", "NAME=x"));
        }
        Assert.Matches(@"a\.ipynb +3/3 +[0-9.]+ +-  kept",
            GsrProcess.Run(folder, "run", "a.ipynb", "--resume", "-p", "NAME=x").Output);
    }

    [Fact]
    public void Parameters_are_set_and_shown()
    {
        using var folder = new TemporaryFolder();
        folder.Write("x.ipynb",
            Samples.Notebook("const int SEED = 1;\nconst string PROFILE = \"full\"; // or quick", "PROFILE + SEED"));
        Assert.Equal(0, GsrProcess.Run(folder, "run", "x.ipynb", "-p", "SEED=7", "-p", "PROFILE=a\"b").ExitCode);
        var executed = Executed.Load(folder);
        Assert.Equal("a\"b7", Executed.Text(executed, 1));
        Assert.Equal("const int SEED = 7;\nconst string PROFILE = \"a\\\"b\"; // or quick", executed.Cells[0].Source);
    }

    [Fact]
    public void A_parameter_is_set_wherever_the_notebook_declares_it()
    {
        using var folder = new TemporaryFolder();
        static JsonObject Show() => Samples.Code("$\"{N} {M}\"");
        folder.Write("twice.ipynb", Samples.Notebook(
            Samples.Code("var N = 1;", "parameters"), Samples.Code("var N = 2; var M = \"q\";", "parameters"), Show()));
        folder.Write("injected.ipynb", Samples.Notebook(
            Samples.Code("var N = 1; var M = \"q\";", "parameters"),
            Samples.Code("var N = 5;", "injected-parameters"), Show()));
        folder.Write("untagged.ipynb", Samples.Notebook(
            Samples.Code("var N = 5;", "injected-parameters"), Samples.Code("var N = 1; var M = \"q\";"), Show()));
        Assert.Equal(0, GsrProcess.Run(
            folder, "run", "twice.ipynb", "injected.ipynb", "untagged.ipynb", "-p", "N=7", "-p", "M=r").ExitCode);
        Assert.All(["twice.ipynb", "injected.ipynb", "untagged.ipynb"],
            name => Assert.Equal("7 r", Executed.Text(Executed.Load(folder, name), 2)));
    }

    [Fact]
    public void Tags_of_cells_that_fail_on_purpose_or_are_not_to_run_are_kept_to()
    {
        using var folder = new TemporaryFolder();
        var kept = Samples.Code("throw new Exception(\"no\");", "skip-execution");
        kept["outputs"]!.AsArray().Add(
            new JsonObject { ["output_type"] = "stream", ["name"] = "stdout", ["text"] = "old" });
        folder.Write("x.ipynb", Samples.Notebook(
            Samples.Code("throw new Exception(\"expected\");", "raises-exception"), kept, Samples.Code("2")));
        Assert.Equal(0, GsrProcess.Run(folder, "run", "x.ipynb").ExitCode);
        var executed = Executed.Load(folder);
        Assert.Equal(
            ["Exception: expected", "old", "2"], Enumerable.Range(0, 3).Select(i => Executed.Text(executed, i)));
        Assert.Equal([1, null, 2], executed.Cells.Select(cell => cell.ExecutionCount));
        var (exit, output) = GsrProcess.Run(folder, "run", "x.ipynb", "--resume");
        Assert.Equal(0, exit);
        Assert.Contains("  kept: ", output);
        // A process that is gone is nothing that a tag could allow.
        folder.Write("x.ipynb", Samples.Notebook(Samples.Code("Environment.Exit(0);", "raises-exception")));
        Assert.Equal(1, GsrProcess.Run(folder, "run", "x.ipynb").ExitCode);
    }

    [Theory]
    [InlineData("There is no parameter SEEED; known are SEED.", "run", "x.ipynb", "-p", "SEEED=7")]
    [InlineData("SEED=a is no value of the type int", "run", "x.ipynb", "-p", "SEED=a")]
    [InlineData("not of the form NAME=VALUE", "run", "x.ipynb", "-p", "SEED")]
    [InlineData("--timeout", "run", "x.ipynb", "--timeout", "-3")]
    [InlineData("--unknown", "run", "x.ipynb", "--unknown")]
    [InlineData("gsr --help", "run")]
    [InlineData("gsr --help")]
    [InlineData("does not exist", "run", "none.ipynb")]
    [InlineData("holds no notebook", "run", "empty")]
    [InlineData("bad.ipynb: is not whole JSON", "run", "x.ipynb", "bad.ipynb")]
    [InlineData("\"python3\"", "run", "python.ipynb")]
    [InlineData("would be overwritten; use --in-place", "run", "x.ipynb", "--out", ".")]
    [InlineData("bad.ipynb", "run", "x.ipynb", "--out", "bad.ipynb")]
    [InlineData("would both be written", "run", "x.ipynb", "sub/x.ipynb", "-o", "out")]
    [InlineData("name one folder", "run", "x.ipynb", "sub/x.ipynb", "--html")]
    public void What_makes_no_sense_is_refused_before_the_first_cell(string expected, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        folder.Write("x.ipynb", Samples.Notebook("const int SEED = 1;", "System.IO.File.WriteAllText(\"ran\", \"\");"));
        folder.Write("sub/x.ipynb", Samples.Notebook("1"));
        folder.Write("bad.ipynb", "{\"cells\": [");
        folder.Write(
            "python.ipynb",
            """{"cells":[],"metadata":{"kernelspec":{"name":"python3"}},"nbformat":4,"nbformat_minor":5}""");
        Directory.CreateDirectory(folder["empty"]);
        var (exit, output) = GsrProcess.Run(folder, arguments);
        Assert.Contains(expected, output);
        Assert.DoesNotContain("   at ", output);
        Assert.Equal(2, exit);
        Assert.False(File.Exists(folder["ran"]));
        Assert.False(Directory.Exists(folder["artifacts"]));
    }

    [Fact]
    public void A_cell_in_another_language_says_so()
    {
        using var folder = new TemporaryFolder();
        folder.Write("x.ipynb", Samples.Notebook("#!sql\nselect 1"));
        var (exit, _) = GsrProcess.Run(folder, "run", "x.ipynb");
        Assert.Equal(1, exit);
        Assert.StartsWith("CommandError: The cell is written in SQL (#!sql), which this engine leaves to others; ",
            Executed.Text(Executed.Load(folder), 0));
    }

    [Fact]
    public void Version_and_help_are_given()
    {
        using var folder = new TemporaryFolder();
        var (exit, output) = GsrProcess.Run(folder, "--version");
        Assert.Equal(0, exit);
        Assert.Matches(@"^gsr \d+\.\d+\.\d+\s*$", output);
        (exit, output) = GsrProcess.Run(folder, "run", "--help");
        Assert.Equal(0, exit);
        Assert.All(["--parameter", "--out", "--in-place", "--html", "--timeout", "--allow-errors"],
            option => Assert.Contains(option, output));
        Assert.DoesNotContain("execute-child", GsrProcess.Run(folder, "--help").Output);
    }
}
