using System.Text.Json.Nodes;
using Gsr.Kernel.Tests.Clients;

namespace Gsr.Notebooks.Tests;

/// <summary>The notebooks as they are, in .NET Interactive instead of the workbook's own engine.</summary>
public sealed class InteractiveTests
{
    private const string ToolVersion = "1.0.712001";

    public static TheoryData<string> Notebooks => Workbook.Notebooks;

    [Theory]
    [MemberData(nameof(Notebooks))]
    public async Task A_host_built_on_its_packages_runs_it_to_the_same_results(string name)
    {
        using var home = await JupyterHome.CreateAsync();
        var cells = await HostAsync(home, await FrontEndTests.CopyAsync(home, name));
        Assert.Equal(FrontEndTests.CommittedCharts(name),
            cells.SelectMany(cell => cell).Count(shown => shown["application/vnd.plotly.v1+json"] is not null));
        var results = Workbook.Read(Path.Combine(
            home.Notebooks, "artifacts", "results", Path.ChangeExtension(name, ".json")));
        Assert.Equal(Numbers((await QuickRun.Of(name)).Results!), Numbers(results));
    }

    [Fact]
    public async Task A_host_shows_graphs_Laplacians_tensors_and_frames_and_says_what_there_is()
    {
        string[] code =
        [
            "#r \"../artifacts/bin/Gsr.Experiments/release/Gsr.Experiments.dll\"",
            "using Gsr.Experiments;\nvar run = NotebookRun.Start(\"values\", \"quick\");", "#!gsr",
            "using Gsr.Graphs;\nFeatureGraph.Grid(3, 3)", "FeatureGraph.Ring(4).Laplacian()",
            "FeatureGraph.Grid(21, 21)", "TorchSharp.torch.arange(6).reshape(2, 3)",
            "Deedle.Frame.FromRecords(new[] { new { gene = \"<CD4>\", count = 3 }, new { gene = \"CD8A\", count = 5 } })",
        ];
        using var home = await JupyterHome.CreateAsync();
        var notebook = Path.Combine(home.Notebooks, "values.ipynb");
        await File.WriteAllTextAsync(notebook, new JsonObject
        {
            ["cells"] = new JsonArray([.. code.Select(source => new JsonObject
            {
                ["cell_type"] = "code",
                ["execution_count"] = null,
                ["metadata"] = new JsonObject(),
                ["outputs"] = new JsonArray(),
                ["source"] = source,
            })]),
            ["metadata"] = new JsonObject(),
            ["nbformat"] = 4,
            ["nbformat_minor"] = 4,
        }.ToJsonString(), TestContext.Current.CancellationToken);
        var cells = await HostAsync(home, notebook);
        string Shown(int cell, string type) => (string)Assert.Single(cells[cell])[type]!;

        Assert.Contains("`FeatureGraph.Grid`", Shown(2, "text/markdown"), StringComparison.Ordinal);
        Assert.Equal("grid 3x3, 9 nodes, 12 edges", Shown(3, "text/plain"));
        Assert.Contains("plotly-graph-div", Shown(3, "text/html"), StringComparison.Ordinal);
        Assert.EndsWith("\neigenvalues 0, 2, 2, 4", Shown(4, "text/plain"), StringComparison.Ordinal);
        Assert.DoesNotContain("plotly", Shown(5, "text/html"), StringComparison.Ordinal);
        Assert.Contains("[2x3]", Shown(6, "text/plain"), StringComparison.Ordinal);
        Assert.Contains("CD8A", Shown(7, "text/plain"), StringComparison.Ordinal);
        Assert.Contains("<td>&lt;CD4&gt;</td><td>3</td>", Shown(7, "text/html"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00-start-here.ipynb")]
    [InlineData("09-your-own-data.ipynb")]
    public async Task Its_tool_runs_it_with_charts_that_need_no_network(string name)
    {
        ClientProgram.NeedPython("nbclient", "python3-nbclient");
        var tool = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "gsr",
            "dotnet-interactive", ToolVersion, "dotnet-interactive");
        Assert.SkipUnless(File.Exists(tool), $"{tool} is missing; .ci/clients installs it.");
        using var home = await JupyterHome.CreateAsync();
        await WriteKernelSpecAsync(home, tool);
        var script = Path.Combine(Workbook.Folder, "tests", "Gsr.Notebooks.Tests", "execute.py");
        var (exitCode, output) = await ClientProgram.RunAsync(home.Path, home.Environment, ClientProgram.Python,
            script, await FrontEndTests.CopyAsync(home, name), home["executed.ipynb"]);

        Assert.True(exitCode == 0, output);
        var executed = Workbook.Read(home["executed.ipynb"]);
        Assert.Equal(FrontEndTests.CommittedCharts(name), FrontEndTests.Charts(executed));
        // The library that draws them is in the notebook, once.
        var html = Workbook.CodeCells(executed).SelectMany(cell => cell["outputs"]!.AsArray())
            .Select(output => Workbook.Text(output!["data"]?["text/html"]))
            .Where(text => text.Contains("plotly-graph-div", StringComparison.Ordinal)).ToList();
        Assert.Single(html, text => text.Contains("plotly.js v2", StringComparison.Ordinal));
        Assert.StartsWith("<script>if(!window.Plotly)", html[0], StringComparison.Ordinal);
    }

    // Times of steps are of the machine, and differ from run to run.
    private static IEnumerable<string> Numbers(JsonNode results) => results["numbers"]!.AsObject()
        .Where(number => !number.Key.StartsWith("step with", StringComparison.Ordinal))
        .Select(number => $"{number.Key}: {number.Value?.ToJsonString()}");

    // What each code cell showed, by type.
    private static async Task<List<List<JsonObject>>> HostAsync(JupyterHome home, string notebook)
    {
        var host = Path.Combine(
            Workbook.Folder, "artifacts", "bin", "Gsr.Interactive.Host", "release", "Gsr.Interactive.Host.dll");
        // As many threads as in the run that it is compared with: sums depend on them in their last digits.
        var (exitCode, output) = await ClientProgram.RunAsync(
            home.Path, null, "dotnet", host, notebook, home["cells.json"]);
        Assert.True(exitCode == 0, output);
        var cells = Workbook.Read(home["cells.json"]).AsArray();
        Assert.All(cells, cell => Assert.Null((string?)cell!["error"]));
        return [.. cells.Select(cell => cell!["shown"]!.AsArray().Select(shown => shown!.AsObject()).ToList())];
    }

    // The kernelspec of the name that notebooks ask for is that tool's, as its users have it.
    private static Task WriteKernelSpecAsync(JupyterHome home, string tool)
    {
        var folder = Path.Combine(home["data"], "kernels", ".net-csharp");
        Directory.CreateDirectory(folder);
        return File.WriteAllTextAsync(Path.Combine(folder, "kernel.json"), new JsonObject
        {
            ["argv"] = new JsonArray(tool, "jupyter", "--default-kernel", "csharp", "{connection_file}"),
            ["display_name"] = ".NET (C#)",
            ["language"] = "C#",
            ["env"] = new JsonObject { ["DOTNET_INTERACTIVE_CLI_TELEMETRY_OPTOUT"] = "1" },
        }.ToJsonString(), TestContext.Current.CancellationToken);
    }
}
