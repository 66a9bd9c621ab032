using System.Text.RegularExpressions;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Sessions.Packages;
using Gsr.Kernel.Tests.Running;
using Gsr.Kernel.Tests.Sessions.Execution;

namespace Gsr.Kernel.Tests.Sessions.Packages;

public sealed class PackageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_package_can_be_used_by_later_cells()
    {
        Sdk.Need();
        await using var notebook = new TestNotebook();
        var ran = await notebook.RunAsync("#r \"nuget: Newtonsoft.Json, 13.0.4\"\nusing Newtonsoft.Json;", Token);
        Assert.SkipWhen(
            ran.Result.Error is { } error && (error.Value.Contains("NU1301", StringComparison.Ordinal)
                || error.Value.Contains("NU1100", StringComparison.Ordinal)),
            $"no package source: {ran.Result.Error?.Value}");
        Assert.True(ran.Result.Succeeded, ran.Result.Error?.Value);
        Assert.Equal("{\"A\":1}", await notebook.ValueAsync("JsonConvert.SerializeObject(new { A = 1 })"));
    }

    [Theory]
    [InlineData("Newtonsoft.Json, 13.0.1", "13.0.4")]
    [InlineData("Deedle, 2.5.0", "8.1.0")]
    public async Task A_version_that_cannot_be_had_is_refused_with_the_one_in_use(string package, string present)
    {
        Sdk.Need();
        await using var notebook = new TestNotebook();
        var error = (await notebook.RunAsync($"#r \"nuget: {package}\"", Token)).Error.Value;
        Assert.SkipWhen(error.Contains("NU1", StringComparison.Ordinal), $"not in the package sources here: {error}");
        Assert.Contains(package.Replace(",", ""), error, StringComparison.Ordinal);
        Assert.Matches($"({present}|is not in the package sources)", error);
        Assert.Equal("2", await notebook.ValueAsync($"#r \"nuget: {package.Split(',')[0]}\"\n1 + 1"));
    }

    [Fact]
    public async Task An_unknown_package_is_named_with_the_message_of_NuGet()
    {
        Sdk.Need();
        await using var notebook = new TestNotebook();
        // A source that is a folder needs no network, and has not this package.
        notebook.Write("nuget.config", """
            <configuration>
              <packageSources><clear /><add key="empty" value="./empty" /></packageSources>
            </configuration>
            """);
        Directory.CreateDirectory(Path.Combine(notebook.Folder, "empty"));
        var error = (await notebook.RunAsync("var a = 1;\n#r \"nuget: Gsr.No.Such.Package, 1.0.0\"", Token)).Error;
        Assert.Contains("Gsr.No.Such.Package", error.Value, StringComparison.Ordinal);
        Assert.Contains("NU11", error.Value, StringComparison.Ordinal);
        Assert.StartsWith("cell 1(2,1): error: ", error.Traceback[0], StringComparison.Ordinal);
        Assert.Equal("2", await notebook.ValueAsync("1 + 1"));
    }

    [Fact]
    public void Without_a_home_that_can_be_written_a_package_is_still_looked_for()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The folder of a user's data is no variable there.");
        using var folder = new TemporaryFolder();
        folder.Write("nuget.config",
            "<configuration><packageSources><clear /><add key=\"e\" value=\".\" /></packageSources></configuration>");
        folder.Write("x.ipynb", Samples.Notebook("#r \"nuget: Gsr.No.Such.Package, 1.0.0\""));
        var home = folder.Write("home", "a file");
        var (exit, output) = GsrProcess.Run(folder, ("HOME", home), "run", "x.ipynb", "--out", "out");
        Assert.Equal(1, exit);
        Assert.Contains("NU11", output, StringComparison.Ordinal);
        var executed = Notebook.Load(folder[Path.Combine("out", "x.ipynb")]);
        Assert.Contains(home, Executed.Text(executed, 0), StringComparison.Ordinal);
        var own = Regex.Escape(Path.Combine(Path.GetTempPath(), "gsr-packages-")) + @"\w+";
        var found = Regex.Match(Executed.Text(executed, 0), own);
        Assert.True(found.Success);
        Assert.False(Directory.Exists(found.Value), "What was for that run alone outlives it.");
    }

    [Fact]
    public void Where_the_runtime_is_alone_a_package_needs_the_SDK()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege there.");
        using var folder = new TemporaryFolder();
        folder.Write("x.ipynb", Samples.Notebook("#r \"nuget: Gsr.No.Such.Package, 1.0.0\""));
        var real = FilePaths.Real(EngineLocation.DotNet);
        File.Copy(real, folder["dotnet"]);
        foreach (var part in (string[])["host", "shared"])
            Directory.CreateSymbolicLink(folder[part], Path.Combine(Path.GetDirectoryName(real)!, part));
        GsrProcess.Run(folder, ("DOTNET_HOST_PATH", folder["dotnet"]), "run", "x.ipynb");
        Assert.Contains($"needs the .NET SDK; {folder["dotnet"]} has none", Executed.Text(Executed.Load(folder), 0));
    }

    [Theory]
    [InlineData("nuget: A.B, 1.2.3", "A.B", "1.2.3")]
    [InlineData("nuget:A", "A", "*")]
    [InlineData(" NuGet: A , [1.0,2.0)", "A", "[1.0,2.0)")]
    public void Requests_are_read(string argument, string id, string version)
    {
        Assert.True(PackageRequest.IsNuGet(argument));
        Assert.Equal(new PackageRequest(id, version), PackageRequest.Parse(argument));
    }

    [Theory]
    [InlineData("1.2", "1.2.0", true)]
    [InlineData("1.02.0.0-RC1", "1.2-rc1", true)]
    [InlineData("[1.0,2.0)", "1.5", true)]
    [InlineData("1.2.3", "1.2.4", false)]
    [InlineData("1.2", "1.2.0-beta", false)]
    public void A_request_is_met_by_its_version(string asked, string found, bool met) =>
        Assert.Equal(met, new PackageRequest("A", asked).IsMetBy(found));

    [Theory]
    [InlineData("nuget:")]
    [InlineData("nuget: a<b")]
    [InlineData("nuget: a, \"/><x")]
    public void Nonsense_is_refused(string argument) =>
        Assert.Throws<ReferenceException>(() => PackageRequest.Parse(argument));
}
