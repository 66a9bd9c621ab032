namespace Gsr.Notebooks.Tests;

/// <summary>
/// The main job end to end, in the quick profile: every notebook, the real runner, real or generated data.
/// </summary>
public sealed class QuickRunTests
{
    public static TheoryData<string> Notebooks => Workbook.Notebooks;

    [Theory]
    [MemberData(nameof(Notebooks))]
    public async Task A_notebook_runs_to_its_end_and_writes_notebook_page_and_results(string name)
    {
        var source = Path.Combine(Workbook.Folder, "notebooks", name);
        var before = await File.ReadAllBytesAsync(source, TestContext.Current.CancellationToken);
        var folder = Directory.CreateTempSubdirectory("gsr-run-").FullName;
        try
        {
            var (exitCode, output) = await Workbook.Run(source, "-p", "PROFILE=quick", "--out", folder);

            Assert.True(exitCode == 0, output);
            var executed = Workbook.Read(Path.Combine(folder, name));
            Assert.All(Workbook.CodeCells(executed), cell => Assert.NotNull((int?)cell["execution_count"]));
            Assert.Contains(
                "var PROFILE = \"quick\";",
                await File.ReadAllTextAsync(Path.Combine(folder, name), TestContext.Current.CancellationToken)
                .ContinueWith(t => t.Result.Replace("\\\"", "\"")));
            var page = await File.ReadAllTextAsync(
                Path.Combine(folder, Path.ChangeExtension(name, ".html")), TestContext.Current.CancellationToken);
            Assert.Contains("Plotly", page);
            var results = Workbook.Read(
                Path.Combine(Workbook.Folder, "artifacts", "results", Path.ChangeExtension(name, ".json")));
            Assert.NotEmpty(results["numbers"]!.AsObject());
            // A short run decides nothing about results; it must say so claim by claim.
            Assert.NotEmpty(results["claims"]!.AsArray());
            Assert.All(results["claims"]!.AsArray(), c => Assert.Equal("not decided", (string)c!["verdict"]!));
            Assert.Equal(before, await File.ReadAllBytesAsync(source, TestContext.Current.CancellationToken));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_wrong_parameter_is_refused_before_anything_runs()
    {
        var (exitCode, output) = await Workbook.Run("-p", "PROFIL=quick");
        Assert.Equal(2, exitCode);
        Assert.Contains("PROFIL", output);
        Assert.Contains("PROFILE", output);
    }
}
