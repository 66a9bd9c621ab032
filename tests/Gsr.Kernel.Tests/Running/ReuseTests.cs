using Gsr.Kernel.Tests.Sessions.Packages;

namespace Gsr.Kernel.Tests.Running;

/// <summary>Trainings of an earlier <c>gsr run --reuse</c> are not repeated where nothing above them has changed.</summary>
public sealed class ReuseTests
{
    private static readonly string Library =
        Path.Combine(Clients.JupyterHome.Repository, "artifacts", "bin", "Gsr", "release", "Gsr.dll");

    // On any machine longer than what is not worth a file.
    private static readonly string Training = """
        Objective task = batch => { Thread.Sleep(10); return model.Objective(batch); };
        var history = new Trainer(model, task).Fit([examples], new() { Steps = 60, LearningRate = RATE });
        var numbers = string.Join(" ", history.Losses);
        """;

    private static readonly string[] Cells =
    [
        $"""
        #r "{Library}"
        using Gsr.Models; using Gsr.Training; using System.Threading; using TorchSharp;
        """,
        "var RATE = 1e-3;",
        """
        var model = new Autoencoder(new() { Inputs = 20, Hidden = [32], Code = 8 });
        var examples = torch.arange(20_000f).reshape(1000, 20).sin();
        """,
        Training,
        "Console.WriteLine(history.IsReused); Console.WriteLine(numbers);",
    ];

    [Fact]
    public void A_training_is_reused_until_something_above_it_changes()
    {
        Libtorch.Need();
        using var folder = new TemporaryFolder();
        var first = Run(folder, Cells);
        Assert.StartsWith("False\n", first.Shown, StringComparison.Ordinal);
        Assert.Equal("", first.Remark);

        // A cell below, as that of a picture, is no condition.
        var again = Run(folder, [.. Cells[..4], Cells[4] + " // changed"]);
        Assert.Equal(first.Shown.Replace("False", "True", StringComparison.Ordinal), again.Shown);
        Assert.Equal(
            "1 training was not repeated but taken from an earlier run (--reuse).\n", again.Remark);

        string[][] changed = [
            [Cells[0], "var RATE = 0.002;", .. Cells[2..]],
            [.. Cells[..3], "// a remark\n" + Cells[3], Cells[4]],
            [.. Cells[..2], Cells[2] + "\nexamples[0, 0] = 0.5f;", .. Cells[3..]],
        ];
        foreach (var cells in changed)
            Assert.StartsWith("False\n", Run(folder, cells).Shown, StringComparison.Ordinal);
        Assert.StartsWith("True\n", Run(folder, Cells).Shown, StringComparison.Ordinal);

        // By another way of saying the same parameter.
        Assert.StartsWith("True\n", Run(folder, Cells, "", "-p", "RATE=0.002").Shown, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_reused_where_a_time_is_measured_or_after_a_file_was_loaded()
    {
        Libtorch.Need();
        using var folder = new TemporaryFolder();
        folder.Write("own.csx", "var own = 1;");
        string[] loads = [.. Cells[..3], "#load \"own.csx\"", .. Cells[3..]];
        for (var i = 0; i < 2; i++)
        {
            Assert.StartsWith("False\n", Run(folder, loads).Shown, StringComparison.Ordinal);
            Assert.StartsWith("False\n", Run(folder, Cells, "alone").Shown, StringComparison.Ordinal);
            Assert.False(Directory.Exists(folder["kept"]) && Directory.GetFiles(folder["kept"]).Length > 0);
        }
    }

    [Fact]
    public void Without_the_option_nothing_is_kept_or_taken()
    {
        Libtorch.Need();
        using var folder = new TemporaryFolder();
        Run(folder, Cells);
        folder.Write("x.ipynb", Samples.Notebook(Cells));
        var (exitCode, output) = GsrProcess.Run(folder, ("GSR_REUSE", folder["kept"]), "run", "x.ipynb");
        Assert.True(exitCode == 0, output);
        Assert.StartsWith("False\n", Executed.Text(Executed.Load(folder), 4), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_cannot_be_is_said_before_anything_runs()
    {
        using var folder = new TemporaryFolder();
        folder.Write("kept", "a file");
        folder.Write("x.ipynb", Samples.Notebook("1"));
        var (exitCode, output) = GsrProcess.Run(
            folder, ("GSR_REUSE", folder["kept"]), "run", "x.ipynb", "--reuse");
        Assert.Equal(2, exitCode);
        Assert.Contains(folder["kept"], output, StringComparison.Ordinal);
        Assert.False(File.Exists(Executed.PathOf(folder, "x.ipynb")));
    }

    // What the last cell shows, and what is said below the training.
    private static (string Shown, string Remark) Run(
        TemporaryFolder folder, string[] cells, string tag = "", params string[] more)
    {
        folder.Write("x.ipynb", Samples.Notebook([.. cells.Select(cell =>
            cell == Training && tag.Length > 0 ? Samples.Code(cell, tag) : Samples.Code(cell))]));
        var (exitCode, output) = GsrProcess.Run(
            folder, ("GSR_REUSE", folder["kept"]), ["run", "x.ipynb", "--reuse", .. more]);
        Assert.True(exitCode == 0, output);
        var ran = Executed.Load(folder);
        return (Executed.Text(ran, cells.Length - 1), Executed.Text(ran, cells.Length - 2));
    }
}
