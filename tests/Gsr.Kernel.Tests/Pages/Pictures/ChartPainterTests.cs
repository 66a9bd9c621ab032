using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Gsr.Kernel.Pages.Pictures;
using Gsr.Kernel.Tests.Running;

namespace Gsr.Kernel.Tests.Pages.Pictures;

/// <summary>Charts through a real Chromium, and through programs that behave as a broken one would.</summary>
/// <remarks>
/// One browser at a time: each takes a second of a processor, and one test looks for what another one left.
/// </remarks>
[Collection(Browsers)]
public class ChartPainterTests
{
    public const string Browsers = "browsers";

    private const string Line =
        """{"data":[{"type":"scatter","y":[1,3,2]}],"layout":{"title":{"text":"a </script> b"}}}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_broken_figure_loses_no_other_picture()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var port = ((IPEndPoint)server.LocalEndpoint).Port;
        var painter = Real();
        var pictures = await painter.DrawAsync(
            [
                .. new[]
                {
                    Line, "7", """{"data":7,"layout":[]}""", """{"data":[{"type":"nonsense","z":{}},null]}""",
                    """{"data":[],"layout":{"width":-1e9,"height":1e9}}""",
                    $$$"""{"data":[{"y":[1]}],"layout":{"images":[{"source":"http://127.0.0.1:{{{port}}}/x.png","x":0,"y":1,"sizex":1,"sizey":1}]}}""",
                    """{"data":[{"type":"surface","z":[[1,2],[3,4]]}]}""", Line,
                }.Select(json => JsonNode.Parse(json)!),
            ], Token);
        Assert.Equal(1, painter.Starts);
        Assert.All(pictures, picture => Assert.True(picture.Base64 is not null || picture.Problem.Length > 0));
        Assert.Equal(pictures[0].Base64, pictures[^1].Base64);
        Assert.Equal((900, 450), (pictures[0].Width, pictures[0].Height));
        var (width, height) = Size(pictures[0].Base64!);
        Assert.Equal((1350, 675), (width, height));
        Assert.InRange(Convert.FromBase64String(pictures[0].Base64!).Length, 5_000, 150_000);
        Assert.Equal((100, 4000), (pictures[4].Width, pictures[4].Height));
        // An image that a figure names is not fetched, not even from this machine.
        Assert.False(server.Pending());
    }

    [Fact]
    public async Task A_picture_has_a_palette_and_paper_of_its_own()
    {
        var ramp = string.Join(',', Enumerable.Range(0, 2000));
        var figure = $$$"""
            {"data":[{"type":"heatmap","z":[[{{{ramp}}}]],"colorscale":[[0,"#000000"],[1,"#ff00ff"]]}],
             "layout":{"paper_bgcolor":"rgba(0,0,0,0)","plot_bgcolor":"rgba(0,0,0,0)"}}
            """;
        var pictures = await Real().DrawAsync([JsonNode.Parse(figure)!, JsonNode.Parse(Line)!], Token);
        foreach (var png in pictures.Select(picture => Convert.FromBase64String(picture.Base64!)))
        {
            Assert.Equal([8, 3], png[24..26]); // bits a pixel, and indices into a palette
            Assert.Equal("PLTE"u8, png.AsSpan(37, 4));
            var palette = png[41..][..BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(33))].Chunk(3).ToList();
            Assert.InRange(palette.Count, 2, 256);
            Assert.Contains(palette, colour => colour is [255, 255, 255]);
            // No transparency, and the first pixel, of which a row's filter is told before, is paper.
            Assert.Equal(-1, png.AsSpan().IndexOf("tRNS"u8));
            var data = png.AsSpan().IndexOf("IDAT"u8) + 4;
            using var pixels = new ZLibStream(new MemoryStream(png[data..]), CompressionMode.Decompress);
            var start = new byte[2];
            pixels.ReadExactly(start);
            Assert.Equal([255, 255, 255], palette[start[1]]);
        }
    }

    [Fact]
    public async Task Nothing_is_left_of_the_browser()
    {
        var before = Leftovers();
        await Real().DrawAsync([JsonNode.Parse(Line)!], Token);
        Assert.Empty(Leftovers().Except(before));
    }

    [Fact]
    public async Task A_chart_that_never_ends_is_given_up_and_the_next_ones_are_drawn()
    {
        using var folder = new TemporaryFolder();
        var clock = Stopwatch.StartNew();
        var painter = new ChartPainter(Fake(folder, """
            say $n begin
            if [ $n = 1 ]; then sleep 600; fi
            say $n data iVBORw0KGgo=
            say $n done 900 450
            """)) { Patience = TimeSpan.FromSeconds(2) };
        var pictures = await painter.DrawAsync([.. Enumerable.Range(0, 4).Select(_ => new JsonObject())], Token);
        Assert.Equal(["", "it was not drawn within 2 s", "", ""], pictures.Select(picture => picture.Problem));
        Assert.Equal("iVBORw0KGgo=", pictures[3].Base64);
        Assert.Equal(2, painter.Starts);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60));
        AssertGone(folder, 2);
    }

    [Fact]
    public async Task The_rest_is_left_alone_after_three_that_never_end()
    {
        using var folder = new TemporaryFolder();
        var painter = new ChartPainter(Fake(folder, "say $n begin; exit 1"));
        var pictures = await painter.DrawAsync([.. Enumerable.Range(0, 6).Select(_ => new JsonObject())], Token);
        Assert.Equal(3, pictures.Count(picture => picture.Problem == "it ended the browser"));
        Assert.Equal(3, pictures.Count(picture => picture.Problem.StartsWith("left alone", StringComparison.Ordinal)));
        Assert.Equal(3, painter.Starts);
    }

    [Theory]
    [InlineData("sleep 600", "did not answer within 1 s")]
    [InlineData("echo No usable sandbox >&2; exit 1", "ended at once: No usable sandbox")]
    public async Task A_browser_that_never_starts_is_a_problem_of_its_own(string behaviour, string expected)
    {
        using var folder = new TemporaryFolder();
        var painter = new ChartPainter(Fake(folder, behaviour)) { Patience = TimeSpan.FromSeconds(1) };
        var error = await Assert.ThrowsAsync<IOException>(() => painter.DrawAsync([new JsonObject()], Token));
        Assert.Contains(expected, error.Message);
        AssertGone(folder, 1);
    }

    [Fact]
    public async Task What_is_no_picture_is_not_taken_for_one()
    {
        using var folder = new TemporaryFolder();
        var painter = new ChartPainter(Fake(folder, """
            say nonsense; say; say 99 done 1 1; say -1 begin
            say $n begin
            case $n in
              0) say 0 data AAAA; say 0 done 1 1;;
              1) say 1 data %%%; say 1 done 1 1;;
              2) say 2 done 1 1;;
              3) say 3 failed no such trace;;
            esac
            """));
        var pictures = await painter.DrawAsync([.. Enumerable.Range(0, 4).Select(_ => new JsonObject())], Token);
        Assert.All(pictures, picture => Assert.Null(picture.Base64));
        Assert.Equal("no such trace", pictures[3].Problem);
    }

    [Fact]
    public async Task Cancellation_ends_the_browser()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        var drawing = new ChartPainter(Fake(folder, "sleep 600")).DrawAsync([new JsonObject()], stop.Token);
        GsrProcess.WaitUntil(() => File.Exists(folder["started"]), "the start");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => drawing);
        AssertGone(folder, 1);
    }

    internal static ChartPainter Real()
    {
        var search = BrowserLocation.Find();
        Assert.SkipWhen(search.Path is null, search.Reason);
        // A shared machine under load may take its time.
        return new ChartPainter(search.Path!) { Patience = TimeSpan.FromSeconds(100) };
    }

    /// <summary>
    /// A program that goes through the page's figures ($n) as a browser would, and behaves as it is told.
    /// </summary>
    internal static string Fake(TemporaryFolder folder, string behaviour)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The fake browser is a shell script.");
        var path = folder.Write("browser", $$"""
            #!/bin/sh
            echo $$ >> "{{folder["started"]}}"
            for page; do :; done
            say() { echo "[1:1:INFO:CONSOLE:2] \"gsr-picture $*\", source: x (2)" >&2; }
            for n in $(grep -o 'data-figure="[0-9]*"' "${page#file://}" | tr -dc '0-9\n'); do
            {{behaviour}}
            done
            say - end
            sleep 600
            """.ReplaceLineEndings("\n"));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    internal static void AssertGone(TemporaryFolder folder, int starts)
    {
        var ids = File.ReadAllLines(folder["started"]).Select(line => int.Parse(line, CultureInfo.InvariantCulture))
            .ToList();
        Assert.Equal(starts, ids.Count);
        Assert.All(ids, id => Assert.False(GsrProcess.IsAlive(id)));
    }

    private static List<string> Leftovers()
    {
        var folders = Directory.EnumerateDirectories(Path.GetTempPath(), "gsr-pictures-*").ToList();
        if (!OperatingSystem.IsLinux())
            return folders;
        foreach (var process in Directory.EnumerateDirectories("/proc")
            .Where(path => Path.GetFileName(path).All(char.IsAsciiDigit)))
        {
            try
            {
                if (File.ReadAllText(Path.Combine(process, "cmdline")) is var line
                    && line.Contains("gsr-pictures-", StringComparison.Ordinal))
                    folders.Add($"{process} {line.Replace('\0', ' ')}");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                continue;
            }
        }
        return folders;
    }

    private static (int Width, int Height) Size(string base64)
    {
        var png = Convert.FromBase64String(base64);
        return (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)),
            BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
    }
}
