using System.Xml.Linq;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Sessions.Packages;
using Gsr.Kernel.Tests.Running;

namespace Gsr.Kernel.Tests.Clients;

/// <summary>
/// The engine on .NET's Windows runtime, where a command runs that on this machine, under Wine for example: GSR_WDOTNET
/// names it, else it is <c>wdotnet</c> of the PATH. It takes the arguments of <c>dotnet</c>, with paths of Windows, and
/// sees the folders that WDOTNET_BIND lists.
/// </summary>
public sealed class WindowsTests
{
    private static readonly string Built = Path.Combine(JupyterHome.Repository, "artifacts", "windows");

    private static readonly string Published =
        Path.Combine(Built, "publish", "Gsr.Kernel.Tests", "release_win-x64");

    // Compiled ahead of time for Windows: a process does not wait for the compiler to be compiled.
    private static readonly Lazy<Task> Tests = new(() => BuildAsync(
        "publish", "tests/Gsr.Kernel.Tests", "--no-self-contained", "-p:PublishReadyToRun=true"));

    /// <summary>Each of the engine's own tests, but those of what Windows has not, which are skipped there.</summary>
    /// <param name="part">The part of the name of the tests' namespaces.</param>
    /// <param name="fewest">How many pass at least.</param>
    [Theory]
    [InlineData("Cli", 50)]
    [InlineData("Corpus", 10)]
    [InlineData("Display", 70)]
    [InlineData("Documents*", 150)]
    [InlineData("Jupyter", 50)]
    [InlineData("Pages*", 100)]
    [InlineData("Running", 10)]
    [InlineData("Sessions.Assistance", 50)]
    [InlineData("Sessions.Execution", 50)]
    [InlineData("Sessions.Languages", 10)]
    [InlineData("Sessions.Packages", 20)]
    [InlineData("Sweeps", 5)]
    public async Task The_engines_own_tests_pass_on_Windows(string part, int fewest)
    {
        using var folder = new TemporaryFolder();
        var (_, said) = await RunAsync(folder, "Gsr.Kernel.Tests.dll",
            "-namespace", $"Gsr.Kernel.Tests.{part}", "-result-xml", Windows(folder["results.xml"]));
        Assert.True(File.Exists(folder["results.xml"]), said);
        var results = XElement.Load(folder["results.xml"]).Elements("assembly").Single();
        Assert.True((int)results.Attribute("failed")! + (int)results.Attribute("errors")! == 0, said);
        Assert.InRange((int)results.Attribute("passed")!, fewest, int.MaxValue);
    }

    [Fact]
    public async Task A_notebook_runs_on_Windows_as_elsewhere()
    {
        using var folder = new TemporaryFolder();
        folder.Write(Path.Combine("ci", "x.ipynb"), Samples.Notebook(
            "Console.WriteLine($\"22 °C{Environment.NewLine}α → ω\");\n"
                + "try { throw new Exception(\"x\"); } catch (Exception e) { display(e.ToString()); }",
            "1.5.ToString(new System.Globalization.CultureInfo(\"de-DE\")) + 1.5"));
        var (exit, output) = await RunAsync(
            folder, "Gsr.Kernel.dll", "run", Windows(folder["ci/*.ipynb"]), "-o", Windows(folder["out"]));
        Assert.True(exit == 0, output);
        var executed = File.ReadAllText(folder[Path.Combine("out", "x.ipynb")]);
        Assert.DoesNotContain("\\r", executed, StringComparison.Ordinal);
        Assert.StartsWith("22 °C\nα → ω\n", Executed.Text(Notebook.Load(folder[Path.Combine("out", "x.ipynb")]), 0));
        Assert.Equal("1,51.5", Executed.Text(Notebook.Load(folder[Path.Combine("out", "x.ipynb")]), 1));
        (exit, output) = await RunAsync(
            folder, "Gsr.Kernel.dll", "run", Windows(folder["ci/x.ipynb"]), "-o", Windows(folder["CI"]));
        Assert.True(exit == 2, output);
    }

    [Fact]
    public async Task The_first_notebook_of_the_workbook_trains_on_Windows()
    {
        Need();
        using var folder = new TemporaryFolder();
        const string name = "notebooks/00-start-here.ipynb", library = "artifacts/bin/Gsr.Experiments/";
        folder.Write(name, File.ReadAllText(Path.Combine(JupyterHome.Repository, name)));
        Directory.CreateDirectory(folder[library]);
        Directory.CreateSymbolicLink(
            folder[library + "release"], Path.Combine(Built, "bin", "Gsr.Experiments", "release_win-x64"));
        await BuildAsync("build", "notebooks/experiments");
        var (exit, output) = await RunAsync(folder, "Gsr.Kernel.dll",
            "run", Windows(folder[name]), "-p", "PROFILE=quick", "-o", Windows(folder["out"]));
        Assert.True(exit == 0, output);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(
        TemporaryFolder folder, string assembly, params string[] arguments)
    {
        var program = Need();
        await Tests.Value;
        var seen = new Dictionary<string, string>
        {
            ["WDOTNET_BIND"] = $"{folder.Path} {JupyterHome.Repository}",
            // Wine 10 does not keep the upper halves of the registers of AVX-512 where the collector stops a thread:
            // zeros in copied text, in eleven runs of eleven; in none without.
            ["DOTNET_EnableAVX512"] = "0",
        };
        return await ClientProgram.RunAsync(
            folder.Path, seen, program, ["exec", Windows(Path.Combine(Published, assembly)), .. arguments]);
    }

    private static string Need()
    {
        var program = Environment.GetEnvironmentVariable("GSR_WDOTNET") ?? ClientProgram.Find("wdotnet");
        Assert.SkipWhen(OperatingSystem.IsWindows() || !File.Exists(program),
            "There is no wdotnet, which runs .NET's Windows runtime here (GSR_WDOTNET).");
        return program!;
    }

    private static async Task BuildAsync(string verb, string project, params string[] more)
    {
        var (exit, said) = await ClientProgram.RunAsync(JupyterHome.Repository, null, EngineLocation.DotNetOfSdk,
            [verb, project, "-r", "win-x64", $"-p:ArtifactsPath={Built}", .. more]);
        Assert.True(exit == 0, said);
    }

    private static string Windows(string path) => $"Z:{path}".Replace('/', '\\');
}
