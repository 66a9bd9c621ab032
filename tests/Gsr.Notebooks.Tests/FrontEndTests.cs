using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Gsr.Kernel.Tests.Clients;

namespace Gsr.Notebooks.Tests;

/// <summary>
/// Every notebook in the quick profile, executed by Jupyter's own programs with the engine as their kernel.
/// </summary>
public abstract partial class FrontEndTests
{
    public static TheoryData<string> Notebooks => Workbook.Notebooks;

    /// <summary>Puts a copy that is set to the quick profile, without outputs, where it finds what is built.</summary>
    internal static async Task<string> CopyAsync(JupyterHome home, string name)
    {
        var notebook = Workbook.Read(Path.Combine(Workbook.Folder, "notebooks", name));
        foreach (var cell in Workbook.CodeCells(notebook))
            (cell["outputs"], cell["execution_count"]) = (new JsonArray(), null);
        var cells = notebook["cells"]!.AsArray();
        var parameters = cells.Single(
            cell => cell!["metadata"]!["tags"]?.AsArray().Any(tag => (string)tag! == "parameters") == true);
        // As papermill does it: front ends know no parameters.
        cells.Insert(cells.IndexOf(parameters) + 1, new JsonObject
        {
            ["cell_type"] = "code",
            ["execution_count"] = null,
            ["metadata"] = new JsonObject { ["tags"] = new JsonArray("injected-parameters") },
            ["outputs"] = new JsonArray(),
            ["source"] = "PROFILE = \"quick\";",
        });
        var path = Path.Combine(home.Notebooks, name);
        await File.WriteAllTextAsync(path, notebook.ToJsonString(), TestContext.Current.CancellationToken);
        return path;
    }

    internal static int Charts(JsonNode notebook) => Workbook.CodeCells(notebook)
        .Sum(cell => cell["outputs"]!.AsArray()
            .Count(output => output!["data"]?["application/vnd.plotly.v1+json"] is not null));

    internal static int CommittedCharts(string name)
    {
        var count = Charts(Workbook.Read(Path.Combine(Workbook.Folder, "notebooks", name)));
        Assert.True(count > 0);
        return count;
    }

    /// <summary>By nbclient.</summary>
    public sealed class Executed : FrontEndTests
    {
        [Theory]
        [MemberData(nameof(Notebooks), MemberType = typeof(FrontEndTests))]
        public async Task Nbclient_runs_it_to_its_end(string name)
        {
            ClientProgram.NeedPython("nbclient", "python3-nbclient");
            using var home = await JupyterHome.CreateAsync();
            var script = Path.Combine(Workbook.Folder, "tests", "Gsr.Notebooks.Tests", "execute.py");
            var (exitCode, output) = await ClientProgram.RunAsync(
                home.Path, home.Environment, ClientProgram.Python, script, await CopyAsync(home, name),
                home["executed.ipynb"]);

            Assert.True(exitCode == 0, output);
            var executed = Workbook.Read(home["executed.ipynb"]);
            var cells = Workbook.CodeCells(executed).ToList();
            Assert.Equal(Enumerable.Range(1, cells.Count), cells.Select(cell => (int)cell["execution_count"]!));
            Assert.DoesNotContain(
                cells.SelectMany(cell => cell["outputs"]!.AsArray()), o => (string)o!["output_type"]! == "error"
                || (string?)o["name"] == "stderr");
            Assert.Equal(CommittedCharts(name), Charts(executed));
            Assert.Contains("quick profile", executed.ToJsonString(), StringComparison.Ordinal);
        }
    }

    /// <summary>By nbconvert.</summary>
    public sealed partial class Converted : FrontEndTests
    {
        [Theory]
        [MemberData(nameof(Notebooks), MemberType = typeof(FrontEndTests))]
        public async Task Nbconvert_runs_it_and_makes_a_page_of_it(string name)
        {
            ClientProgram.NeedPython("nbconvert", "jupyter-nbconvert");
            using var home = await JupyterHome.CreateAsync();
            var (exitCode, output) = await ClientProgram.RunAsync(
                home.Path, home.Environment, ClientProgram.Python, "-m", "nbconvert", "--execute",
                    "--ExecutePreprocessor.timeout=300",
                "--to", "html", "--output-dir", home["pages"], await CopyAsync(home, name));

            Assert.True(exitCode == 0, output);
            var page = await File.ReadAllTextAsync(
                Path.Combine(home["pages"], Path.ChangeExtension(name, ".html")),
                TestContext.Current.CancellationToken);
            Assert.Equal(CommittedCharts(name), Chart().Count(page));
            // nbconvert marks errors so, too.
            Assert.DoesNotContain("data-mime-type=\"application/vnd.jupyter.stderr\"", page, StringComparison.Ordinal);
            Assert.Contains("quick profile", page, StringComparison.Ordinal);
        }

        [GeneratedRegex(@"<div id=""chart-[0-9a-f]{16}"" class=""plotly-graph-div""")]
        private static partial Regex Chart();
    }
}
