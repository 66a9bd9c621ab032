using System.Text.Json.Nodes;

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
        var run = await QuickRun.Of(name);

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.All(
            Workbook.CodeCells(JsonNode.Parse(run.Executed!)!), cell => Assert.NotNull((int?)cell["execution_count"]));
        Assert.Contains("var PROFILE = \"quick\";", run.Executed!.Replace("\\\"", "\""));
        Assert.Contains("Plotly", run.Page!);
        Assert.NotEmpty(run.Results!["numbers"]!.AsObject());
        // A short run decides nothing about results; it must say so claim by claim.
        Assert.NotEmpty(run.Results["claims"]!.AsArray());
        Assert.All(run.Results["claims"]!.AsArray(), c => Assert.Equal("not decided", (string)c!["verdict"]!));
        Assert.Equal(before, await File.ReadAllBytesAsync(source, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_wrong_parameter_is_refused_before_anything_runs()
    {
        var (exitCode, output) = await Workbook.Run("-p", "PROFIL=quick");
        Assert.Equal(2, exitCode);
        Assert.Contains("PROFIL", output);
        Assert.Contains("PROFILE", output);
    }

    [Fact]
    public async Task A_folder_for_outputs_that_exists_is_not_taken_for_one_of_notebooks()
    {
        var folder = Directory.CreateTempSubdirectory("gsr-");
        try
        {
            // It gets as far as the parameters, which are those of the workbook's own notebooks.
            var (exitCode, output) = await Workbook.Run("--out", folder.FullName, "-p", "PROFIL=quick");
            Assert.Equal(2, exitCode);
            Assert.Contains("PROFILE", output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
