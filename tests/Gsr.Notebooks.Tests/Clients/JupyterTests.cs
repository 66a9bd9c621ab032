namespace Gsr.Notebooks.Tests.Clients;

/// <summary>The kernel under Jupyter's own programs: its test suite of kernels, nbclient, nbconvert.</summary>
public sealed class JupyterTests(InstalledKernel kernel) : IClassFixture<InstalledKernel>
{
    public static TheoryData<string> Notebooks => Workbook.Notebooks;

    [Fact]
    public async Task Passes_Jupyters_tests_of_kernels()
    {
        await kernel.NeedPythonAsync("python3-jupyter-kernel-test", "jupyter_kernel_test");
        var (exitCode, output) = await kernel.PythonAsync("kernel_test.py", InstalledKernel.Name);
        Assert.True(exitCode == 0, output);
        Assert.Contains("Ran 13 tests", output);
        Assert.DoesNotContain("skipped", output);
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public async Task Nbclient_runs_it(string name)
    {
        await kernel.NeedPythonAsync("python3-nbclient", "nbclient");
        var executed = Path.Combine(kernel.Scratch, "nbclient-" + name);
        var (exitCode, output) = await kernel.PythonAsync("execute.py", InstalledKernel.Name, Quick(name), executed);
        Assert.True(exitCode == 0, output);
        var cells = Workbook.CodeCells(Workbook.Read(executed)).ToArray();
        Assert.All(cells, cell => Assert.NotNull((int?)cell["execution_count"]));
        var outputs = cells.SelectMany(cell => cell["outputs"]!.AsArray()).ToArray();
        Assert.DoesNotContain(outputs, o => (string?)o!["output_type"] == "error");
        Assert.Contains(outputs, o => o!["data"]?["application/vnd.plotly.v1+json"] is not null);
    }

    [Theory]
    [MemberData(nameof(Notebooks))]
    public async Task Nbconvert_makes_a_page_of_it(string name)
    {
        await kernel.NeedPythonAsync("jupyter-nbconvert", "nbconvert");
        var page = Path.Combine(kernel.Scratch, Path.ChangeExtension(name, ".html"));
        var (exitCode, output) = await kernel.RunAsync(
            "jupyter", "nbconvert", "--execute", "--to", "html", $"--ExecutePreprocessor.kernel_name={InstalledKernel.Name}",
            "--output", page, Quick(name));
        Assert.True(exitCode == 0, output);
        var html = await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken);
        Assert.Contains("Plotly", html);
        Assert.DoesNotContain("data-mime-type=\"application/vnd.jupyter.stderr\"", html);
    }

    // As somebody would who opens it: by writing the other profile into the cell of parameters.
    private string Quick(string name)
    {
        var text = File.ReadAllText(Path.Combine(Workbook.Folder, "notebooks", name));
        var quick = text.Replace("PROFILE = \\\"full\\\"", "PROFILE = \\\"quick\\\"", StringComparison.Ordinal);
        Assert.NotEqual(text, quick);
        var path = Path.Combine(kernel.Notebooks, name);
        File.WriteAllText(path, quick);
        return path;
    }
}
