using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Gsr.Notebooks.Tests;

/// <summary>What readers see without running anything: the committed outputs.</summary>
public sealed partial class CommittedNotebookTests
{
    private const int LargestBytes = 3_000_000;
    private const int LongestCell = 25;

    public static TheoryData<string> Notebooks => Workbook.Notebooks;

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Every_code_cell_was_executed_in_order_and_none_failed(string name)
    {
        var count = 0;
        foreach (var cell in Workbook.CodeCells(Read(name)))
        {
            Assert.Equal(++count, (int?)cell["execution_count"]);
            Assert.DoesNotContain(cell["outputs"]!.AsArray(), o => (string)o!["output_type"]! == "error");
        }

        Assert.True(count > 5);
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void It_is_small_enough_to_review_and_its_cells_short(string name)
    {
        Assert.InRange(new FileInfo(PathOf(name)).Length, 1, LargestBytes);
        var notebook = Read(name);
        Assert.All(
            Workbook.CodeCells(notebook), cell =>
                Assert.InRange(Workbook.Text(cell["source"]).Split('\n').Length, 1, LongestCell));
        var cells = notebook["cells"]!.AsArray();
        Assert.True(cells.Count(c => (string)c!["cell_type"]! == "markdown") >= Workbook.CodeCells(notebook)
            .Count(), "more code cells than prose cells");
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void It_opens_in_other_engines_and_has_one_cell_of_parameters_with_a_seed(string name)
    {
        var notebook = Read(name);
        Assert.Equal(".net-csharp", (string)notebook["metadata"]!["kernelspec"]!["name"]!);
        Assert.StartsWith(
            "#r \"../artifacts/bin/Gsr.Experiments/", Workbook.Text(Workbook.CodeCells(notebook).First()["source"]));
        var parameters = Workbook.CodeCells(notebook).Where(HasParameters).ToArray();
        var source = Workbook.Text(Assert.Single(parameters)["source"]);
        Assert.Contains("SEED", source);
        Assert.Contains("var PROFILE = \"full\";", source);
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Its_pictures_and_claims_are_there_and_nothing_of_a_machine(string name)
    {
        var text = File.ReadAllText(PathOf(name));
        Assert.Contains("application/vnd.plotly.v1+json", text);
        Assert.Contains("✓", text);
        Assert.DoesNotContain("skipped", text);
        Assert.DoesNotContain(Workbook.Folder, text);
        Assert.DoesNotContain(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), text);
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void The_readme_lists_it_and_its_links_lead_to_notebooks(string name)
    {
        Assert.Contains(
            $"| [{Path.GetFileNameWithoutExtension(name)}](notebooks/{name}) |",
            File.ReadAllText(Path.Combine(Workbook.Folder, "README.md")));
        var prose = Read(name)["cells"]!.AsArray().Where(c => (string)c!["cell_type"]! == "markdown")
            .Select(c => Workbook.Text(c!["source"]));
        var links = Link().Matches(string.Join("\n", prose));
        Assert.NotEmpty(links);
        Assert.All(
            links, link => Assert.True(File.Exists(PathOf(link.Groups[1].Value)), $"{link.Value} leads nowhere"));
    }

    [GeneratedRegex(@"\]\(([^)#:]+\.ipynb)\)")]
    private static partial Regex Link();

    private static bool HasParameters(JsonNode cell) =>
        cell["metadata"]?["tags"]?.AsArray().Any(t => (string)t! == "parameters") == true;

    private static string PathOf(string name) => Path.Combine(Workbook.Folder, "notebooks", name);

    private static JsonNode Read(string name) => Workbook.Read(PathOf(name));
}
