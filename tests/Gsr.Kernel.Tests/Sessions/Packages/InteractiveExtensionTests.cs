using System.Runtime.Loader;
using Gsr.Kernel.Outputs;
using Gsr.Kernel.Sessions.Packages;
using Gsr.Kernel.Tests.Sessions.Execution;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Gsr.Kernel.Tests.Sessions.Packages;

public sealed class InteractiveExtensionTests
{
    private const string Package = "#r \"nuget: Plotly.NET.Interactive, 6.0.0\"";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_package_made_for_the_other_engine_shows_its_charts_without_a_network()
    {
        await using var notebook = new TestNotebook();
        await RestoreAsync(notebook);
        var chart = await notebook.RunAsync("#!fsharp\nopen Plotly.NET\nChart.Point([1, 2; 3, 4])", Token);
        Assert.True(chart.Result.Succeeded, chart.Result.Error?.Value);
        var bundle = chart.Outputs.OfType<ResultOutput>().Single().Bundle;
        Assert.NotNull(bundle.Data["application/vnd.plotly.v1+json"]);
        // Not the package's own, which needs the web.
        Assert.StartsWith("<div id=\"chart-", bundle.Data["text/html"]!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Formatter.Register<System.UriBuilder>(u => u.Host + \"!\", \"text/plain\");", "localhost!", "")]
    [InlineData("((CompositeKernel)kernel).Add(new Other());", null, "brings other")]
    [InlineData("kernel.FindKernelByName(\"sql\").ToString();", null, "is skipped")]
    public async Task What_it_registers_counts_and_what_it_cannot_have_is_said(string code, string? shown, string said)
    {
        await using var notebook = new TestNotebook();
        await RestoreAsync(notebook);
        var name = "Extension" + Guid.NewGuid().ToString("N");
        Compile(notebook, name, code);
        var lines = await new InteractiveExtensions().LoadAsync([Path.Combine(notebook.Folder, name + ".dll")], Token);
        Assert.Equal(said.Length > 0 ? 1 : 0, lines.Count);
        Assert.Contains(said, string.Concat(lines), StringComparison.Ordinal);
        if (shown is not null)
            Assert.Equal(shown, await notebook.ValueAsync("new UriBuilder(\"http\", \"localhost\")"));
    }

    [Fact]
    public async Task A_library_that_carries_one_beside_says_nothing_of_it()
    {
        await using var notebook = new TestNotebook();
        await RestoreAsync(notebook, "#r \"nuget: SkiaSharp, 2.88.9\"");
    }

    private static async Task RestoreAsync(TestNotebook notebook, string package = Package)
    {
        Sdk.Need();
        var ran = await notebook.RunAsync(package, Token);
        var error = ran.Result.Error?.Value ?? "";
        Assert.SkipWhen(error.Contains("NU1", StringComparison.Ordinal), $"not in the package sources here: {error}");
        Assert.Equal("", error);
        Assert.Equal("", ran.Text("stderr"));
    }

    private static void Compile(TestNotebook notebook, string name, string code)
    {
        var host = AssemblyLoadContext.Default.LoadFromAssemblyName(new("Microsoft.DotNet.Interactive")).Location;
        var references = AssemblyProbe.FrameworkAssemblies
            .Append(host).Append(typeof(Microsoft.DotNet.Interactive.Formatting.Formatter).Assembly.Location)
            .Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(name, [CSharpSyntaxTree.ParseText($$"""
            using Microsoft.DotNet.Interactive;
            using Microsoft.DotNet.Interactive.Formatting;
            public class Other() : Kernel("other");
            public class Extension : IKernelExtension
            {
                public System.Threading.Tasks.Task OnLoadAsync(Kernel kernel)
                {
                    {{code}}
                    return System.Threading.Tasks.Task.CompletedTask;
                }
            }
            """)], references, new(OutputKind.DynamicallyLinkedLibrary));
        var emitted = compilation.Emit(Path.Combine(notebook.Folder, name + ".dll"));
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
    }
}
