using System.Text.Json.Nodes;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Pages.Html;

namespace Gsr.Kernel.Tests.Pages.Html;

public class PageFolderTests
{
    [Theory]
    [InlineData("b c.ipynb", "b%20c.html")]
    [InlineData("b%20c.ipynb#there", "b%20c.html#there")]
    [InlineData("./01-a.ipynb", "01-a.html")]
    [InlineData("../README.md", "index.html")]
    [InlineData("../01-a.ipynb", "../01-a.ipynb")]
    [InlineData("none.ipynb", "none.ipynb")]
    [InlineData("data.csv", "data.csv")]
    [InlineData("#part", "#part")]
    [InlineData("", "")]
    [InlineData("https://example.org/01-a.ipynb", "https://example.org/01-a.ipynb")]
    public void A_link_to_a_notebook_leads_to_its_page_where_there_is_one(string link, string expected) =>
        Assert.Equal(
            expected, new PageFolder("out", ["in/01-a.ipynb", "in/b c.ipynb"], withIndex: true).Address(link));

    [Fact]
    public void The_bar_has_all_pages_marks_one_and_the_ends_have_one_neighbour()
    {
        var pages = new PageFolder("out", ["02-b.ipynb", "01-a-b.ipynb", "<c>.ipynb"], withIndex: false);
        var bar = pages.Bar("02-b.ipynb");
        Assert.Equal(["01-a-b.html", "02-b.html", "%3Cc%3E.html"], Links(bar));
        Assert.Contains("<a href=\"02-b.html\" aria-current=\"page\"><b>02</b><span> b</span></a>", bar);
        Assert.Contains("<b>01</b><span> a b</span>", bar);
        Assert.DoesNotContain("<c>", bar);
        Assert.Equal(["02-b.html"], Links(pages.Neighbours("01-a-b.ipynb")));
        Assert.Equal(["01-a-b.html", "%3Cc%3E.html"], Links(pages.Neighbours("02-b.ipynb")));
        Assert.Equal("", pages.Neighbours("unknown.ipynb"));
        var alone = new PageFolder("out", ["a.ipynb"], withIndex: true);
        Assert.Equal(("", ""), (alone.Bar("a.ipynb"), alone.Neighbours("a.ipynb")));
    }

    [Fact]
    public void A_page_that_lies_there_already_counts_as_one()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in (string[])["in/a.ipynb", "in/b.ipynb", "in/c.ipynb", "out/b.html", "out/x.html"])
            folder.Write(name, "");
        var pages = new PageFolder(folder["out"], [folder["in/a.ipynb"]], withIndex: false);
        Assert.Equal(["a.html", "b.html"], Links(pages.Bar("a.ipynb")));
        Assert.Equal("../README.md", pages.Address("../README.md"));
        folder.Write("out/index.html", "");
        Assert.Equal("index.html",
            new PageFolder(folder["out"], [folder["in/a.ipynb"]], withIndex: false).Address("../README.md"));
    }

    [Fact]
    public void The_index_has_a_picture_and_a_sentence_of_each_notebook_and_needs_no_network()
    {
        using var folder = new TemporaryFolder();
        folder.Write("README.md", "# All < 3\n\nWhat *it* is.\n\nMore.");
        var plain = Samples.Notebook(
            Samples.Markdown("# One\n\nA promise of $n$ things, e.g. this & that. Then more."),
            With("image/png", "AAAA"), With("image/png", "BBBB"));
        var tagged = With("image/png", "DDDD");
        tagged["metadata"] = JsonNode.Parse("""{"tags":["cover"]}""");
        var notebooks = new[]
        {
            plain, Samples.Notebook(Samples.Markdown("# Two"), With("image/png", "CCCC"), tagged),
            Samples.Notebook(With("application/vnd.plotly.v1+json", JsonNode.Parse("""{"data":[{"y":[1]}]}""")!)),
        }.Select((text, i) => (Notebook.Parse(text, "x"), folder[$"in/{i}.ipynb"])).ToList();
        var pages = new PageFolder(folder["out"], [.. notebooks.Select(entry => entry.Item2)], withIndex: true);
        Assert.True(pages.WritesIndex);
        var page = File.ReadAllText(pages.SaveIndex(notebooks));
        // The chart library, of which there is one, has links and addresses of its own in its texts.
        page = page[..page.IndexOf("<script>", StringComparison.Ordinal)];
        Assert.Contains("<h1>All &lt; 3</h1>\n<p>What it is.</p>", page);
        Assert.Contains("<h2>One</h2>\n<p>A promise of n things, e.g. this &amp; that.</p>", page);
        Assert.Contains("<h2>2.ipynb</h2>", page);
        Assert.Equal(["0.html", "1.html", "2.html"], Links(page));
        Assert.Contains("base64,AAAA", page);
        Assert.Contains("base64,DDDD", page);
        Assert.DoesNotContain("base64,BBBB", page);
        Assert.DoesNotContain("base64,CCCC", page);
        Assert.Contains("{\"data\":[{\"y\":[1]}]}", page);
        Assert.DoesNotContain("src=\"http", page);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_site_holds_scripts_once_and_leads_to_notebooks_and_other_places(bool sanitizes)
    {
        using var folder = new TemporaryFolder();
        var chart = Samples.Notebook(
            With("application/vnd.plotly.v1+json", JsonNode.Parse("""{"data":[{"y":[1]}]}""")!));
        var notebooks = ((string[])["a b.ipynb", "c.ipynb"])
            .Select(name => (Notebook.Parse(chart, name), folder[$"in/{name}"])).ToList();
        var pages = new PageFolder(
            folder["out"], [.. notebooks.Select(entry => entry.Item2)], withIndex: true, sanitizes)
        {
            IsSite = true,
            Links = [("R & D", "api/index.html")],
        };
        foreach (var (notebook, source) in notebooks)
            NotebookPage.Save(notebook, source, pages, _ => { });
        var index = File.ReadAllText(pages.SaveIndex(notebooks));
        var page = File.ReadAllText(folder["out/a b.html"]);
        Assert.All(new[] { index, page }, text =>
        {
            Assert.Contains("<script src=\"plotly.min.js\"></script>", text);
            Assert.Contains("<a href=\"api/index.html\">R &amp; D</a>", text);
            Assert.True(text.Length < 100_000, "the chart library lies in the page");
        });
        Assert.Contains("<a href=\"a%20b.ipynb\" download>", page);
        Assert.Contains("href=\"index.html\"", page);
        Assert.Equal(["a b.html", "c.html", "index.html", "plotly.min.js"],
            Directory.EnumerateFiles(folder["out"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.True(new FileInfo(folder["out/plotly.min.js"]).Length > 1_000_000);
        // Scripts beside the page run, and those of the page's own hash; nothing else does.
        Assert.Equal(sanitizes, page.Contains("script-src 'unsafe-eval' 'self' 'sha256-", StringComparison.Ordinal));
    }

    [Fact]
    public void A_notebook_named_index_keeps_its_page()
    {
        Assert.False(new PageFolder("out", ["a.ipynb", "index.ipynb"], withIndex: true).WritesIndex);
    }

    private static JsonObject With(string type, JsonNode content)
    {
        var cell = Samples.Code("1");
        cell["outputs"]!.AsArray().Add(new JsonObject
        {
            ["data"] = new JsonObject { [type] = content, ["text/plain"] = "x" },
            ["metadata"] = new JsonObject(),
            ["output_type"] = "display_data",
        });
        return cell;
    }

    private static IEnumerable<string> Links(string html) =>
        System.Text.RegularExpressions.Regex.Matches(html, "<a [^>]*href=\"([^\"]*)\"")
            .Select(match => match.Groups[1].Value);
}
