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
        var notebook = await FrontEndTests.CopyAsync(home, name);
        var host = Path.Combine(Workbook.Folder, "artifacts", "bin", "Gsr.Interactive.Host", "release",
            "Gsr.Interactive.Host.dll");
        var (exitCode, output) = await ClientProgram.RunAsync(
            home.Path, home.Environment, "dotnet", host, notebook, home["cells.json"]);

        Assert.True(exitCode == 0, output);
        var cells = Workbook.Read(home["cells.json"]).AsArray();
        Assert.All(cells, cell => Assert.Null((string?)cell!["error"]));
        var shown = cells.SelectMany(cell => cell!["shown"]!.AsArray()).Select(types => types!.AsArray());
        Assert.Equal(FrontEndTests.CommittedCharts(name),
            shown.Count(types => types.Any(type => (string)type! == "application/vnd.plotly.v1+json")));
        var results = Workbook.Read(Path.Combine(
            home.Notebooks, "artifacts", "results", Path.ChangeExtension(name, ".json")));
        Assert.Equal(
            (await QuickRun.Of(name)).Results!["numbers"]!.ToJsonString(), results["numbers"]!.ToJsonString());
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
