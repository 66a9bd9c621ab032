using System.Text.Json.Nodes;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Tests.Pages.Pictures;
using Gsr.Kernel.Tests.Running;

namespace Gsr.Kernel.Tests.Cli;

[Collection(ChartPainterTests.Browsers)]
public class ExportCommandTests
{
    private const string Chart = """
        using Gsr.Kernel.Outputs;
        using System.Text.Json.Nodes;
        display(new MimeBundle().Add("application/vnd.plotly.v1+json", JsonNode.Parse("{\"data\":[{\"y\":[1,2]}],\"layout\":{}}")).Add("text/html", "<b>x</b>").Add("text/plain", "Chart"));
        """;

    private static readonly (string, string) NoBrowser =
        ("GSR_CHROMIUM", Path.Combine(Path.GetTempPath(), "no-such-browser"));

    [Fact]
    public void A_run_puts_a_picture_beside_each_chart()
    {
        ChartPainterTests.Real();
        using var folder = new TemporaryFolder();
        folder.Write("x.ipynb",
            Samples.Notebook(Chart, Chart.Replace("<b>x</b>", "<div></div><script>draw()</script>")));
        var (exit, output) = GsrProcess.Run(folder, "run", "x.ipynb", "--png", "--html");
        Assert.Equal(0, exit);
        Assert.Contains("x.ipynb: 2 charts drawn as pictures in", output);
        var executed = Executed.Load(folder);
        var shown = executed.Cells[0].Outputs[0]!;
        Assert.Equal(
            ["application/vnd.plotly.v1+json", "image/png", "text/html", "text/plain"],
            shown["data"]!.AsObject().Select(entry => entry.Key));
        // GitHub would show the HTML and not the picture, and of that HTML nothing.
        Assert.Equal(
            ["application/vnd.plotly.v1+json", "image/png", "text/plain"],
            executed.Cells[1].Outputs[0]!["data"]!.AsObject().Select(entry => entry.Key));
        Assert.StartsWith("iVBOR", shown["data"]!["image/png"]!.GetValue<string>());
        Assert.Equal("""{"height":450,"width":900}""", shown["metadata"]!["image/png"]!.ToJsonString());
    }

    [Fact]
    public void Without_a_browser_a_run_says_so_and_goes_on()
    {
        using var folder = new TemporaryFolder();
        folder.Write("x.ipynb", Samples.Notebook(Chart));
        var (exit, output) = GsrProcess.Run(folder, NoBrowser, "run", "x.ipynb", "--png");
        Assert.Equal(0, exit);
        Assert.Single(
            output.Split('\n'), line => line.StartsWith("No pictures: GSR_CHROMIUM names", StringComparison.Ordinal));
        Assert.False(Executed.Load(folder).Cells[0].Outputs[0]!["data"]!.AsObject().ContainsKey("image/png"));
    }

    [Fact]
    public void An_exported_notebook_is_the_same_but_for_its_pictures()
    {
        using var folder = new TemporaryFolder();
        var source = folder.Write("x.ipynb",
            WithCharts("""{"data":[{"y":[1]}],"layout":{"width":300,"height":200}}""", "\"no figure\""));
        var (exit, output) = GsrProcess.Run(folder, NoBrowser, "export", "x.ipynb", "--png", "--html", "-o", "out");
        Assert.Equal(0, exit);
        Assert.Contains("No pictures:", output);
        Assert.Equal(
            Notebook.Load(source)
                .ToString(), File.ReadAllText(folder[Path.Combine("out", "x.ipynb")]));
        Assert.Contains("<title>T</title>", File.ReadAllText(folder[Path.Combine("out", "x.html")]));

        ChartPainterTests.Real();
        Assert.Equal(0, GsrProcess.Run(folder, "export", "x.ipynb", "--png", "--in-place").ExitCode);
        var notebook = Notebook.Load(source);
        var outputs = notebook.Cells[1].Outputs;
        Assert.Equal("""{"height":200,"width":300}""", outputs[0]!["metadata"]!["image/png"]!.ToJsonString());
        foreach (var output2 in outputs.OfType<JsonObject>())
        {
            output2["data"]!.AsObject().Remove("image/png");
            output2["metadata"]!.AsObject().Remove("image/png");
        }
        var charts = WithCharts("""{"data":[{"y":[1]}],"layout":{"width":300,"height":200}}""", "\"no figure\"");
        Assert.Equal(Notebook.Parse(charts, "x").ToString(), notebook.ToString());
        // What has its picture keeps it.
        var before = File.ReadAllBytes(source);
        var again = GsrProcess.Run(folder, "export", "x.ipynb", "--png", "--in-place");
        Assert.Contains("0 charts drawn", again.Output);
        Assert.Equal(before, File.ReadAllBytes(source));
    }

    [Fact]
    public void A_script_that_hides_a_picture_goes_and_the_chart_stays_for_the_page()
    {
        ChartPainterTests.Real();
        using var folder = new TemporaryFolder();
        var source = folder.Write("x.ipynb", WithCharts("""{"data":[{"y":[1]}],"layout":{"title":{"text":"kept"}}}"""));
        Assert.Equal(0, GsrProcess.Run(folder, "export", "x.ipynb", "--png", "--in-place").ExitCode);
        var pictured = File.ReadAllText(source);
        var hidden = Notebook.Load(source);
        hidden.Cells[1].Outputs[0]!["data"]!["text/html"] = "<div></div><script>draw()</script>";
        hidden.Save(source);
        Assert.Equal(0, GsrProcess.Run(
            folder, "export", "x.ipynb", "--png", "--static", "--html", "--in-place").ExitCode);
        Assert.Equal(pictured, File.ReadAllText(source));
        var page = File.ReadAllText(folder["x.html"]);
        Assert.Contains("\"text\":\"kept\"", page);
        Assert.DoesNotContain("<img", page);
    }

    [Fact]
    public void A_stopped_export_takes_its_browser_along()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no signals on Windows.");
        using var folder = new TemporaryFolder();
        folder.Write("x.ipynb", WithCharts("{}"));
        var browser = ChartPainterTests.Fake(folder, "sleep 600");
        using var gsr = GsrProcess.Start(folder, ("GSR_CHROMIUM", browser), "export", "x.ipynb", "--png", "-o", "out");
        GsrProcess.WaitUntil(() => File.Exists(folder["started"]), "the browser");
        gsr.Signal("TERM");
        Assert.Equal(130, gsr.WaitForExit());
        ChartPainterTests.AssertGone(folder, 1);
        Assert.False(Directory.Exists(folder["out"]));
    }

    [Theory]
    [InlineData("Say what to write", "export", "x.ipynb")]
    [InlineData("does not exist", "export", "none.ipynb", "--html")]
    [InlineData("would be overwritten; use --in-place", "export", "x.ipynb", "--png", "--out", ".")]
    [InlineData("--out DIR, or --in-place", "export", "x.ipynb", "--png")]
    [InlineData("name one folder", "export", "x.ipynb", "sub/x.ipynb", "--html")]
    [InlineData("a .dib holds no outputs", "export", "y.dib", "--png", "--in-place")]
    [InlineData("would both be written", "export", "x.ipynb", "sub/x.ipynb", "--html", "-o", "out")]
    public void What_makes_no_sense_is_refused(string expected, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        folder.Write("x.ipynb", Samples.Notebook("1"));
        folder.Write("sub/x.ipynb", Samples.Notebook("1"));
        folder.Write("y.dib", "1");
        var (exit, output) = GsrProcess.Run(folder, arguments);
        Assert.Contains(expected, output);
        Assert.DoesNotContain("   at ", output);
        Assert.Equal(2, exit);
        Assert.False(Directory.Exists(folder["out"]));
    }

    private static string WithCharts(params string[] figures)
    {
        var cell = Samples.Code("chart");
        foreach (var figure in figures)
        {
            cell["outputs"]!.AsArray().Add(new JsonObject
            {
                ["data"] = new JsonObject
                {
                    ["application/vnd.plotly.v1+json"] = JsonNode.Parse(figure),
                    ["text/plain"] = "Chart",
                },
                ["metadata"] = new JsonObject(),
                ["output_type"] = "display_data",
            });
        }
        return Samples.Notebook(Samples.Markdown("# T"), cell);
    }
}
