using Gsr.Kernel.Outputs;
using Gsr.Kernel.Tests.Sessions.Execution;

namespace Gsr.Kernel.Tests.Sessions.Packages;

/// <summary>The repository's own library, brought in as its notebooks do it.</summary>
public sealed class LibraryTests
{
    [Fact]
    public async Task Cells_use_the_library_and_what_comes_with_it()
    {
        Libtorch.Need();
        await using var notebook = new TestNotebook();
        await notebook.ValueAsync($"#r \"{Library()}\"");
        Assert.StartsWith("[2x3]", await notebook.ValueAsync(
            "using TorchSharp; using static TorchSharp.torch;", "zeros(2,3).ToString()"), StringComparison.Ordinal);
        Assert.NotNull(await notebook.ValueAsync("using Gsr.Graphs;", "var grid = FeatureGraph.Grid(8, 8);", "grid"));
        Assert.Equal("3", await notebook.ValueAsync(
            "using Deedle; var frame = Frame.FromColumns(new[] { KeyValue.Create(\"a\", new[] { 1.0, 2, 3 }.ToOrdinalSeries()) });",
            "frame.RowCount"));
        Assert.StartsWith("Frame: 3 rows × 1 columns", await notebook.ValueAsync("frame"), StringComparison.Ordinal);
        Assert.Equal("Chart: 1 scatter trace", await notebook.ValueAsync(
            "using Plotly.NET; var chart = GenericChart.ofTraceObject(true, new Trace(\"scatter\"));", "chart"));
        var tensor = await notebook.ValueAsync("var ones3 = ones(100, 3); ones3");
        Assert.StartsWith("[100x3], type = Float32, device = cpu\n", tensor, StringComparison.Ordinal);
        Assert.Contains(" 1 1 1", tensor, StringComparison.Ordinal);
        Assert.Equal("Tensor (disposed)", await notebook.ValueAsync("ones3.Dispose(); ones3"));
        Assert.Equal("false", await notebook.ValueAsync(
            "var before = is_grad_enabled(); using (no_grad()) { await Task.Delay(1); before = is_grad_enabled(); }",
            "before"));
    }

    [Fact]
    public async Task A_training_is_shown_by_one_display_that_is_replaced()
    {
        await using var notebook = new TestNotebook();
        var ran = await notebook.RunAsync(
            $"#r \"{Library()}\"\nusing Gsr.Analysis.Pictures;\nusing Gsr.Training;\n" + """
            IProgress<TrainingStatus> progress = LiveProgress.On(view => display(view).Update);
            for (var step = 1; step <= 2; step++)
                progress.Report(new TrainingStatus(step, 2, step, 0.5, [new("error", 0.5)], TimeSpan.FromSeconds(step), step == 2));
            """, TestContext.Current.CancellationToken);
        Assert.True(ran.Result.Succeeded, string.Join('\n', ran.Result.Error?.Traceback ?? []));
        var shown = ran.Outputs.OfType<DisplayOutput>().ToList();
        Assert.Equal([false, true], shown.Select(output => output.Update));
        Assert.Equal(shown[0].DisplayId, shown[1].DisplayId);
        Assert.Equal("step 2/2 (100 %)  loss 0.5  1 steps/s  done in 2.0 s",
            shown[1].Bundle.Data["text/plain"].GetValue<string>());
        Assert.Contains("<svg ", shown[1].Bundle.Data["text/html"].GetValue<string>());
    }

    // As it was built with these tests, for the system that they run on.
    private static string Library()
    {
        var artifacts = AppContext.BaseDirectory;
        while (!Directory.Exists(Path.Combine(artifacts, "bin", "Gsr.Analysis")))
            artifacts = Path.GetDirectoryName(artifacts)
                ?? throw new InvalidOperationException("The tests run outside of the folder of a build.");
        return Directory.GetFiles(Path.Combine(artifacts, "bin", "Gsr.Analysis"), "Gsr.Analysis.dll",
            SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();
    }
}
