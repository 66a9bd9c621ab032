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
    [Fact]
    public async Task A_notebook_runs_on_Windows_as_elsewhere()
    {
        var program = Environment.GetEnvironmentVariable("GSR_WDOTNET") ?? ClientProgram.Find("wdotnet");
        Assert.SkipUnless(
            File.Exists(program), "There is no wdotnet, which runs .NET's Windows runtime here (GSR_WDOTNET).");
        using var folder = new TemporaryFolder();
        // What was compiled ahead of time is for this system.
        var (published, said) = await ClientProgram.RunAsync(
            JupyterHome.Repository, null, EngineLocation.DotNetOfSdk, "publish", "lib/Gsr.Kernel", "--no-build", "-o",
            folder["engine"]);
        Assert.True(published == 0, said);
        folder.Write(Path.Combine("ci", "x.ipynb"), Samples.Notebook(
            "Console.WriteLine($\"22 °C{Environment.NewLine}α → ω\");\n"
                + "try { throw new Exception(\"x\"); } catch (Exception e) { display(e.ToString()); }",
            "1.5.ToString(new System.Globalization.CultureInfo(\"de-DE\")) + 1.5"));
        var (exit, output) = await RunAsync("*.ipynb", "out");
        Assert.True(exit == 0, output);
        var executed = File.ReadAllText(folder[Path.Combine("out", "x.ipynb")]);
        Assert.DoesNotContain("\\r", executed, StringComparison.Ordinal);
        Assert.StartsWith("22 °C\nα → ω\n", Executed.Text(Notebook.Load(folder[Path.Combine("out", "x.ipynb")]), 0));
        Assert.Equal("1,51.5", Executed.Text(Notebook.Load(folder[Path.Combine("out", "x.ipynb")]), 1));
        (exit, output) = await RunAsync("x.ipynb", "CI");
        Assert.True(exit == 2, output);

        Task<(int ExitCode, string Output)> RunAsync(string name, string to) => ClientProgram.RunAsync(
            folder.Path, new Dictionary<string, string> { ["WDOTNET_BIND"] = folder.Path }, program!, "exec",
            Windows("engine/Gsr.Kernel.dll"), "run", Windows($"ci/{name}"), "-o", Windows(to));

        string Windows(string path) => $"Z:{folder.Path}/{path}".Replace('/', '\\');
    }
}
