using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Gsr.Notebooks.Tests;

/// <summary>What readers see without running anything: the committed outputs.</summary>
public sealed partial class CommittedNotebookTests
{
    private const int LargestBytes = 3_000_000;
    private const int LongestCell = 25;
    private const int LongestLine = 100;

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
    public void It_is_small_enough_to_review_and_reads_as_text(string name)
    {
        Assert.InRange(new FileInfo(PathOf(name)).Length, 1, LargestBytes);
        var notebook = Read(name);
        var cells = Workbook.CodeCells(notebook).Select(cell => Workbook.Text(cell["source"]).Split('\n')).ToArray();
        int[] lengths = [.. cells.Select(lines => lines.Length).Order()];
        Assert.InRange(lengths[lengths.Length / 2], 1, 5);
        Assert.InRange(lengths[lengths.Length * 9 / 10], 1, 12);
        Assert.InRange(lengths[^1], 1, LongestCell);
        Assert.All(cells.SelectMany(lines => lines), line => Assert.InRange(line.Length, 0, LongestLine));
        Assert.True(
            notebook["cells"]!.AsArray().Count(c => (string)c!["cell_type"]! == "markdown") >= cells.Length,
            "more code cells than prose cells");
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Its_charts_are_pictures_without_scripts_beside_their_data(string name)
    {
        var charts = Outputs(name).Where(data => data["application/vnd.plotly.v1+json"] is not null).ToArray();
        Assert.NotEmpty(charts);
        Assert.All(charts, data =>
        {
            Assert.NotNull(data["image/png"]);
            Assert.Null(data["text/html"]);
        });
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void What_rounds_to_zero_has_no_minus(string name) => Assert.All(
        Outputs(name).Select(data => data["text/plain"]).OfType<JsonNode>(),
        text => Assert.DoesNotMatch(NegativeZero(), Workbook.Text(text)));

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Its_claims_are_decided_by_the_thorough_profile_and_stand_on_the_page_of_claims(string name)
    {
        var claims = Outputs(name).Select(data => data["application/vnd.gsr.claims+json"]).Last(c => c is not null)!;
        Assert.Equal("thorough", (string)claims["profile"]!);
        Assert.NotEmpty(claims["claims"]!.AsArray());
        Assert.All(claims["claims"]!.AsArray(), claim => Assert.NotEmpty(claim!["findings"]!.AsArray()));
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void The_readme_says_how_many_of_its_claims_are_reached(string name)
    {
        var claims = Outputs(name).Select(data => data["application/vnd.gsr.claims+json"]).Last(c => c is not null)!;
        var verdicts = claims["claims"]!.AsArray().Select(claim => (string)claim!["verdict"]!).ToArray();
        var link = $"| [{Path.GetFileNameWithoutExtension(name)}](";
        var row = File.ReadLines(Path.Combine(Workbook.Folder, "README.md"))
            .Single(line => line.StartsWith(link, StringComparison.Ordinal));
        Assert.Contains($"| {verdicts.Count(v => v == "reached")} of {verdicts.Length}", row);
    }

    [Fact]
    public async Task The_page_of_claims_is_that_of_the_committed_notebooks()
    {
        var page = Path.Combine(Directory.CreateTempSubdirectory("gsr-claims-").FullName, "CLAIMS.md");
        var (exitCode, output) = await Workbook.Run("claims", page);
        Assert.True(exitCode == 0, output);
        Assert.Equal(
            await File.ReadAllTextAsync(
                Path.Combine(Workbook.Folder, "notebooks", "CLAIMS.md"), TestContext.Current.CancellationToken),
            await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken));
        Directory.Delete(Path.GetDirectoryName(page)!, recursive: true);
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void It_opens_in_other_engines_and_has_one_cell_of_parameters_with_a_seed(string name)
    {
        var notebook = Read(name);
        Assert.Equal(".net-csharp", (string)notebook["metadata"]!["kernelspec"]!["name"]!);
        // VS Code notes in every cell that it saves a language of another name than this.
        Assert.Equal("csharp", (string)notebook["metadata"]!["language_info"]!["name"]!);
        Assert.StartsWith(
            "#r \"../artifacts/bin/Gsr.Experiments/", Workbook.Text(Workbook.CodeCells(notebook).First()["source"]));
        var parameters = Workbook.CodeCells(notebook).Where(HasParameters).ToArray();
        var source = Workbook.Text(Assert.Single(parameters)["source"]);
        Assert.Contains("SEED", source);
        Assert.Contains("var PROFILE = \"full\";", source);
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void It_holds_nothing_of_a_machine(string name)
    {
        var text = File.ReadAllText(PathOf(name));
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

    [GeneratedRegex(@"(?<![\w.])-\+?0(\.0*)?(?![\w.])")]
    private static partial Regex NegativeZero();

    private static bool HasParameters(JsonNode cell) =>
        cell["metadata"]?["tags"]?.AsArray().Any(t => (string)t! == "parameters") == true;

    private static string PathOf(string name) => Path.Combine(Workbook.Folder, "notebooks", name);

    private static IEnumerable<JsonNode> Outputs(string name) => Workbook.CodeCells(Read(name))
        .SelectMany(cell => cell["outputs"]!.AsArray()).Select(output => output!["data"]).OfType<JsonNode>();

    private static JsonNode Read(string name) => Workbook.Read(PathOf(name));
}
