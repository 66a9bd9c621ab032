using Gsr.Kernel.Pages.Pictures;

namespace Gsr.Kernel.Tests.Clients;

/// <summary>
/// Jupyter Notebook in a headless browser, used by its menus and keys (notebook.js says what is done).
/// </summary>
public sealed class JupyterNotebookTests
{
    [Fact]
    public async Task Opens_runs_draws_interrupts_and_restarts()
    {
        ClientProgram.NeedPython("notebook", "jupyter-notebook");
        var browser = BrowserLocation.Find();
        Assert.SkipWhen(browser.Path is null, $"{browser.Reason}: apt-get install chromium");
        using var home = await JupyterHome.CreateAsync();
        await File.WriteAllTextAsync(Path.Combine(home.Notebooks, "clients.ipynb"), Samples.Notebook(
            """
            #r "../artifacts/bin/Gsr.Analysis/release/Gsr.Analysis.dll"
            using Gsr.Analysis.Pictures;
            """,
            """
            var chart = NodeHeatMap.Draw(new[,] { { 0.1, 0.2, 0.3 }, { 0.4, 0.5, 0.6 }, { 0.7, 0.8, 0.9 } }, "Heat map");
            chart
            """,
            "display(chart);\nchart",
            "var kept = 41;",
            "Console.WriteLine(\"begun\");\nwhile (true) ;",
            "kept + 1"), TestContext.Current.CancellationToken);
        const string Name = "01-synthetic-subclusters.ipynb";
        var workbook = await File.ReadAllTextAsync(
            Path.Combine(JupyterHome.Repository, "notebooks", Name), TestContext.Current.CancellationToken);
        const string Full = """var PROFILE = \"full\";""", Quick = """var PROFILE = \"quick\";""";
        Assert.Contains(Full, workbook, StringComparison.Ordinal);
        await File.WriteAllTextAsync(
            Path.Combine(home.Notebooks, Name),
            workbook.Replace(Full, Quick, StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var (exitCode, output) = await NodePackages.RunAsync(home, "notebook.js", home.Path, browser.Path);

        Assert.True(exitCode == 0, output);
        Assert.Equal(
            [
                "a chart is drawn and hovered",
                "the same chart is drawn twice in one cell",
                "an endless cell is interrupted by the menu, state kept",
                "an endless cell is interrupted by the keyboard, state kept",
                "the kernel is restarted, state gone",
                "the notebook is saved and opened again with its charts",
                "the notebook is downloaded as a page, which draws its charts",
                "the workbook's first notebook runs to its first chart",
                "nothing is fetched from elsewhere",
            ],
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
