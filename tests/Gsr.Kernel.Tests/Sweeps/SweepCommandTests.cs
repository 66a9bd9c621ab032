using Gsr.Kernel.Documents;
using Gsr.Kernel.Sweeps;
using Gsr.Kernel.Tests.Running;
using Parquet;

namespace Gsr.Kernel.Tests.Sweeps;

public class SweepCommandTests
{
    [Fact]
    public async Task A_sweep_is_run_resumed_and_collected()
    {
        using var folder = new TemporaryFolder();
        Swept.Write(folder, """
            if (SEED == 2 && !System.IO.File.Exists("mended")) throw new Exception("two\nmore");
            """);
        var output = Swept.Run(
            folder, 1, "x.ipynb", "-p", "SEED=1..3", "-p", "A=0.5,1", "--profile", "quick", "--out", "s");
        Assert.Contains("6 of 6 runs to do", output);
        var status = Swept.Run(folder, 0, "--status", "s");
        Assert.Matches("done +4", status);
        Assert.Matches("failed +2", status);
        Assert.Contains("SEED=2 A=1 PROFILE=quick", status);
        Assert.Contains("failed in cell 3: Exception: two", status);
        Assert.DoesNotContain("more", status);

        File.WriteAllText(folder["mended"], "");
        Assert.Contains("2 of 6 runs to do", Swept.Run(folder, 0, "--resume", "s"));
        Assert.Contains("0 of 6 runs to do", Swept.Run(
            folder, 0, "x.ipynb", "-p", "SEED=1..3", "-p", "A=0.5,1", "--profile", "quick", "--out", "s"));
        Swept.Run(folder, 0, "--collect", "s");
        var table = Swept.Table(folder, "s");
        Assert.Equal("run,notebook,SEED,A,PROFILE,state,r,rep,rep.sd,rep.n,none,result.seconds,word,cores,seconds,"
            + "memory_mb,host,exit,problem", table[0]);
        Assert.Equal(7, table.Length);
        Assert.Contains(",x.ipynb,3,0.5,quick,done,53,53,0.5,3,,1.5,\"a,b\",", table[5]);

        Assert.Equal([51, 101, 52, 102, 53, 103], await ResultsAsync(folder[Path.Combine("s", "table.parquet")]));

        var shown = Notebook.Load(folder[Path.Combine("s", "sweep.ipynb")]);
        var texts = string.Concat(Enumerable.Range(0, shown.Cells.Count).Where(
            i => shown.Cells[i].Kind == CellKind.Code).Select(i => Executed.Text(shown, i)));
        Assert.Contains("6 runs, 6 of them done", texts);
        var html = shown.ToString();
        // t of 97.5 % and 2 degrees of freedom, 4.3027 / √3, around the mean of 51, 52 and 53.
        Assert.Contains("<td>52 ± 2.5</td>", html);
        Assert.Contains("application/vnd.plotly.v1+json", html);
        var link = System.Text.RegularExpressions.Regex.Match(html, "runs/[^\"\\\\]+").Value;
        Assert.True(File.Exists(folder[Path.Combine("s", link)]), link);

        // What was killed while it wrote costs its own results alone.
        File.WriteAllText(Directory.GetFiles(folder["s"], "x.json", SearchOption.AllDirectories)[0], "{\"numbers\": {");
        Swept.Run(folder, 0, "--collect", "s");
        Assert.Contains("x.json: ", Assert.Single(Swept.Table(folder, "s"), row => row.Contains(",done,,")));
    }

    [Fact]
    public void What_is_wrong_is_named_before_anything_runs()
    {
        using var folder = new TemporaryFolder();
        Swept.Write(folder);
        void Refused(string named, params string[] arguments)
        {
            Assert.Contains(named, Swept.Run(folder, 2, arguments));
            Assert.False(Directory.Exists(folder["s"]));
        }

        Refused("SEEED; it has SEED, A, PROFILE", "x.ipynb", "-p", "SEEED=1", "--out", "s");
        Refused("SEED=x is no value of the type int", "x.ipynb", "-p", "SEED=1,x", "--out", "s");
        Refused("plan.json is no plan", "--status", "s");
        Refused("--out", "x.ipynb");
        Refused("Name a notebook", "-p", "SEED=1", "--out", "s");
        Refused("y.ipynb", "y.ipynb", "--out", "s");
        folder.Write("y.ipynb", Samples.Notebook("#r \"lib/none.dll\"\nvar SEED = 1;"));
        Refused("none.dll; build it first", "y.ipynb", "--out", "s");
    }

    [Fact]
    public void Another_sweep_and_other_code_are_refused()
    {
        using var folder = new TemporaryFolder();
        Swept.Write(folder);
        Swept.Run(folder, 0, "x.ipynb", "-p", "SEED=1", "--out", "s");
        Assert.Contains("another sweep", Swept.Run(folder, 2, "x.ipynb", "-p", "SEED=2", "--out", "s"));
        Swept.Write(folder, "r += 1;");
        Assert.Contains("x.ipynb", Swept.Run(folder, 2, "--resume", "s"));
        Assert.Contains("x.ipynb", Swept.Run(folder, 2, "--task", "s", "--index", "0"));
        Assert.Contains("1 of 1 runs to do", Swept.Run(folder, 0, "--resume", "s", "--anew"));
        Assert.Equal(2, Directory.GetFiles(folder["s"], "x.json", SearchOption.AllDirectories).Length);
        Swept.Run(folder, 0, "--collect", "s");
        Assert.Contains(",done,52,", Swept.Table(folder, "s")[1]);
        Assert.Contains("0 to 0", Swept.Run(folder, 2, "--task", "s", "--index", "1"));
    }

    [Theory]
    [InlineData("TERM", "out of time")]
    [InlineData("INT", "stopped")]
    [InlineData("KILL", "died")]
    public void A_run_that_was_ended_is_told_and_run_again(string signal, string state)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no signals on Windows.");
        using var folder = new TemporaryFolder();
        Swept.Write(folder, """
            Console.WriteLine("kept");
            while (!System.IO.File.Exists("go")) { System.IO.File.WriteAllText("hangs", ""); await Task.Delay(20); }
            """);
        Swept.Run(folder, 0, "x.ipynb", "-p", "SEED=1..2", "--out", "s", "--dry-run");
        using (var gsr = GsrProcess.Start(folder, "sweep", "--task", "s", "--index", "0"))
        {
            GsrProcess.WaitUntil(() => File.Exists(folder["hangs"]), "the cell to run");
            gsr.Signal(signal);
            Assert.NotEqual(0, gsr.WaitForExit());
        }
        var run = Directory.GetDirectories(folder[Path.Combine("s", "runs")]).Single();
        if (signal == "KILL")
        {
            Assert.Matches("running +1", Swept.Run(folder, 0, "--status", "s"));
            File.SetLastWriteTimeUtc(Path.Combine(run, "run.json"), DateTime.UtcNow.AddMinutes(-5));
        }
        else
        {
            Assert.Contains("kept", File.ReadAllText(Path.Combine(run, "x.ipynb")));
        }
        Assert.Matches($"{state} +1", Swept.Run(folder, 0, "--status", "s"));
        Assert.Matches("waiting +1", Swept.Run(folder, 0, "--status", "s"));
        File.WriteAllText(folder["go"], "");
        Assert.Contains("2 of 2 runs to do", Swept.Run(folder, 0, "--resume", "s", "--jobs", "2"));
        Assert.Equal(2, Directory.GetDirectories(folder[Path.Combine("s", "runs")]).Length);
    }

    [Fact]
    public void Thousands_of_runs_are_planned_listed_and_collected()
    {
        using var folder = new TemporaryFolder();
        Swept.Write(folder);
        var plan = SweepPlan.Create(
            folder["s"], [folder["x.ipynb"]], [SweepValues.Parse("SEED", "1..2000")], zip: false);
        plan.Save();
        new RunRecord(RunRecord.Done, "here", null, DateTimeOffset.Now, 1, 100).Write(folder.Path);
        var done = File.ReadAllBytes(folder["run.json"]);
        foreach (var run in plan.Runs.SkipLast(1))
        {
            Directory.CreateDirectory(plan.FolderOf(run));
            File.WriteAllBytes(Path.Combine(plan.FolderOf(run), "run.json"), done);
            File.WriteAllText(
                Path.Combine(plan.FolderOf(run), "x.json"), $"{{\"numbers\": {{\"r\": {run.Parameters["SEED"]}}}}}");
        }
        Assert.Matches("done +1999", Swept.Run(folder, 0, "--status", "s"));
        Assert.Contains("1 of 2000 runs to do", Swept.Run(folder, 0, "--resume", "s"));
        var table = SweepCollection.Of(SweepPlan.Load(folder["s"]));
        Assert.Equal(Enumerable.Range(1, 1999).Select(i => $"{i}").Append("2050"), table.Rows.Select(row => row[4]));
    }

    // Closed again: Windows does not replace a file that is open.
    private static async Task<double?[]> ResultsAsync(string table)
    {
        var token = TestContext.Current.CancellationToken;
        await using var parquet = await ParquetReader.CreateAsync(table, cancellationToken: token);
        using var group = parquet.OpenRowGroupReader(0);
        var results = new double?[6];
        var field = parquet.Schema.GetDataFields().Single(field => field.Name == "r");
        await group.ReadAsync<double>(field, results.AsMemory(), cancellationToken: token);
        return results;
    }
}
