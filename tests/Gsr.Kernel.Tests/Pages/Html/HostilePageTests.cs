using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Pages.Html;
using Gsr.Kernel.Pages.Pictures;

namespace Gsr.Kernel.Tests.Pages.Html;

/// <summary>Pages of notebooks that mean no good: they are written, and nothing of them runs.</summary>
[Collection(Pictures.ChartPainterTests.Browsers)]
public sealed partial class HostilePageTests
{
    [Theory]
    [InlineData("<script>P.push(1)</script>")]
    [InlineData("<SCRIPT src=x>P.push(1)</SCRIPT >")]
    [InlineData("<scr<script></script>ipt>P.push(1)</script>")]
    [InlineData("<script>P.push(1)")]
    [InlineData("<img src=x onerror=\"P.push(1)\">")]
    [InlineData("<img src=x onerror=P.push(1)>")]
    [InlineData("<img/src='x'/onerror='P.push(1)'>")]
    [InlineData("<img src=\"x\"onerror=P.push(1)>")]
    [InlineData("<img title=\">\" OnError = P.push(1)>")]
    [InlineData("<svg onload=\"P.push(1)\"></svg>")]
    [InlineData("<a href=\"javascript:P.push(1)\">x</a>")]
    [InlineData("<a href=\" &#106;ava\tscript:P.push(1)\">x</a>")]
    [InlineData("<a xlink:href='JavaScript:P.push(1)'>x</a>")]
    [InlineData("<a href=\"data:text/html,P.push(1)\">x</a>")]
    [InlineData("<iframe srcdoc=\"<p>P.push(1)\"></iframe>")]
    [InlineData("<p srcdoc=\"P.push(1)\">")]
    [InlineData("<object data=x>P.push(1)</object><embed src=\"P.push(1)\">")]
    [InlineData("<meta http-equiv=refresh content=\"0;P.push(1)\">")]
    [InlineData("<base href=\"P.push(1)\">")]
    // What is another thing to a browser than it was to its reader.
    [InlineData("<noscript><p title=\"</noscript><img src=x onerror=P.push(1)>\">")]
    [InlineData("<svg><p><style><g title=\"</style><img src onerror=P.push(1)>\">")]
    [InlineData("<form><math><mtext></form><form><mglyph><style></math><img src onerror=P.push(1)>")]
    [InlineData("<math><mtext><mglyph><style><!--</style><img title=\"--&gt;&lt;img src onerror=P.push(1)&gt;\">")]
    [InlineData("<table><td>x<b></table><img src=x onerror=P.push(1)>")]
    [InlineData("<!--><img src=x onerror=P.push(1)>-->")]
    [InlineData("<textarea><img title=\"</textarea><img src=x onerror=P.push(1)>\"></textarea>")]
    [InlineData("<template><img src=x onerror=P.push(1)></template><xmp><img src=x onerror=P.push(1)></xmp>")]
    // What is changed later.
    [InlineData("<svg><a id=a><animate attributeName=href values=\"javascript:P.push(1)\"/><text>x</text></a></svg>")]
    [InlineData("<svg><set attributeName=onmouseover to=\"P.push(1)\"/></svg>")]
    [InlineData("<svg><use href=\"data:image/svg+xml,<svg id=x onload=P.push(1)>#x\"/></svg>")]
    [InlineData("<svg><foreignObject><iframe src=\"javascript:P.push(1)\"></iframe></foreignObject></svg>")]
    [InlineData("<svg><desc><img src=x onerror=P.push(1)></desc></svg>")]
    [InlineData("<svg><a xlink:href=\"&#x6a;&#97;vascript&colon;P.push(1)\"><text>x</text></a></svg>")]
    [InlineData("<math href=\"javascript:P.push(1)\"><mi>x</mi></math>")]
    [InlineData("<a href=\"data:image/svg+xml,P.push(1)\">x</a>")]
    [InlineData("<a href=\"\u0001java&NewLine;script:P.push(1)\">x</a>")]
    [InlineData("<form action=\"javascript:P.push(1)\"><button formaction=\"javascript:P.push(1)\">x</button></form>")]
    public void Nothing_that_runs_is_in_a_page_of_unknown_origin(string markup)
    {
        Assert.DoesNotContain("P.push", ForeignHtml.WithoutScripts(markup), StringComparison.OrdinalIgnoreCase);
        foreach (var cell in (JsonObject[])
            [Shown("text/html", markup), Shown("image/svg+xml", markup), Shown("text/markdown", markup + "\n"),
                Samples.Markdown("text\n\n" + markup)])
        {
            var page = Render(true, cell);
            Assert.DoesNotContain("P.push(1)", Escaped().Replace(page, ""), StringComparison.OrdinalIgnoreCase);
            Assert.Contains("http-equiv=\"Content-Security-Policy\" content=\"script-src 'unsafe-eval'", page);
        }
    }

    [Theory]
    [InlineData("<table><tbody><tr><td class=\"on\" style=\"color: red\">on = 1</td></tr></tbody></table>")]
    [InlineData("<b data-on=\"1\">a &lt; b onclick=\"x\"</b>")]
    [InlineData("<img src=\"data:image/png;base64,AAAA\" alt=\"on\">")]
    [InlineData("<svg viewBox=\"0 0 1 1\"><path d=\"M0 0\"></path><text>1 &gt; 0</text></svg>")]
    [InlineData("<svg><style>.a { fill: red }</style><use xlink:href=\"#g\"></use>"
        + "<image xlink:href=\"data:image/png;base64,AAAA\"></image></svg>")]
    [InlineData("<style>td > a { color: red }</style><details open=\"\"><summary>x</summary><pre>y</pre></details>")]
    [InlineData("<a href=\"https://example.org/?on=1\">x</a> <a href=\"#x\">y</a> <a href=\"b.html\">z</a>")]
    public void What_does_not_run_stays(string markup) => Assert.Equal(markup, ForeignHtml.WithoutScripts(markup));

    [Theory]
    [InlineData("a < b and c > d", "a &lt; b and c &gt; d")]
    [InlineData("</div></main><b>x", "<b>x</b>")]
    [InlineData("<?xml version=\"1.0\"?><!DOCTYPE svg><svg><g/></svg>", "<svg><g></g></svg>")]
    public void What_is_left_open_or_closed_does_not_reach_the_rest_of_the_page(string markup, string expected) =>
        Assert.Equal(expected, ForeignHtml.WithoutScripts(markup));

    [Theory]
    [InlineData(true, "")]
    [InlineData(false, "html,img,md,prose,svg")]
    public async Task A_browser_runs_nothing_of_it(bool sanitizes, string expected)
    {
        var browser = BrowserLocation.Find();
        Assert.SkipWhen(browser.Path is null, browser.Reason);
        var page = Render(sanitizes,
            Shown("text/html", "<script>P.push('html')</script><img src=x onerror=\"P.push('img')\">"
                + "<div class=\"chart\"></div><svg><style>&lt;img src=x onerror=\"P.push('style')\"&gt;</style></svg>"),
            Shown("image/svg+xml", "<svg onload=\"P.push('svg')\"></svg>"),
            Shown("text/markdown", "<script>P.push('md')</script>\n"),
            Samples.Markdown("<script>P.push('prose')</script>\n\n[x](javascript:P.push('link')) $x$"),
            Shown("application/vnd.plotly.v1+json", new JsonObject
            {
                ["data"] = new JsonArray(new JsonObject { ["y"] = new JsonArray(1, 2) }),
                ["layout"] = new JsonObject { ["title"] = "</script><script>P.push('chart')</script>" },
            }));
        // Before the policy, which holds for what follows it.
        page = page.Replace("<head>", """
            <head><script>
            window.P = [];
            const count = selector => document.querySelectorAll(selector).length;
            setTimeout(() => console.log("gsr-picture " + P.sort().join() + ";" + count(".chart svg.main-svg")
              + ";" + count("math")), 5000);
            </script>
            """);
        await using var console = BrowserConsole.Open(browser.Path!, page);
        var seen = await console.ReadAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        Assert.NotNull(seen);
        var parts = seen.Split(';');
        Assert.Equal(expected, parts[0]);
        // Charts and formulas are drawn all the same.
        Assert.NotEqual("0", parts[1]);
        Assert.Equal("1", parts[2]);
    }

    [Fact]
    public void A_page_runs_its_own_scripts_and_that_of_a_notebook_just_run_all()
    {
        var chart = Shown("application/vnd.plotly.v1+json", new JsonObject { ["data"] = new JsonArray() });
        var page = Render(true, chart, Samples.Markdown("$x$"));
        Assert.Equal(3, Regex.Count(page, "'sha256-"));
        Assert.Equal(3, Regex.Count(page, "<script>"));
        page = Render(false, Shown("text/html", "<script>P.push(1)</script>"));
        Assert.Contains("<script>P.push(1)</script>", page);
        Assert.DoesNotContain("Content-Security-Policy", page);
    }

    [Fact]
    public void Links_of_the_prose_lead_to_pages()
    {
        var page = Render(false, Samples.Markdown(
            "[a](javascript:alert) [b](JaVaScRiPt:1) [c](data:text/html,x) [d](vbscript:x) <javascript:alert(1)> "
            + "[e](java\tscript:1) [f](https://example.org) [g](#h) [h](mailto:x@example.org) [i](b.ipynb)\n\n"
            + "[k]\n\n[k]: javascript:1"));
        Assert.DoesNotMatch("href=\"(?:[^\"]*script|data):", page);
        Assert.Equal(["https://example.org", "#h", "mailto:x@example.org", "b.ipynb"],
            Regex.Matches(page, "href=\"([^\"]+)\"").Select(match => match.Groups[1].Value).Where(url => url != "#"));
    }

    [Fact]
    public void Only_pictures_of_the_notebooks_own_folder_are_in_its_page()
    {
        using var folder = new TemporaryFolder();
        folder.Write("secret.png", "secret");
        folder.Write("notebooks/sub/own.png", "own");
        File.CreateSymbolicLink(folder["notebooks/link.png"], folder["secret.png"]);
        Directory.CreateSymbolicLink(folder["notebooks/up"], folder.Path);
        string Page(string url) => NotebookPage.Render(
            Notebook.Parse(Samples.Notebook(Samples.Markdown($"![x]({url})")), "x"), folder["notebooks/x.ipynb"],
            new PageFolder(folder["out"], [], withIndex: false));
        Assert.Contains("base64,", Page("sub/own.png"));
        Assert.Contains("base64,", Page("sub/../sub/own.png"));
        Assert.All(
            ["../secret.png", "link.png", "up/secret.png", folder["secret.png"], "file://" + folder["secret.png"],
                "sub/../../secret.png", "a%00b.png", "con%3a%2f.png"],
            url => Assert.DoesNotContain("base64,", Page(url)));
        Assert.Contains("src=\"data:image/png;base64,AAAA\"", Page("data:image/png;base64,AAAA"));
        var attached = Samples.Markdown("![x](attachment:a) ![y](attachment:b)");
        attached["attachments"] = JsonNode.Parse(
            """{"a":{"image/png\" onerror=\"P.push()":"AAAA"},"b":{"text/html":"AAAA"}}""");
        Assert.DoesNotContain("AAAA", NotebookPage.Render(
            Notebook.Parse(Samples.Notebook(attached), "x"), folder["notebooks/x.ipynb"],
            new PageFolder(folder["out"], [], withIndex: false)));
    }

    [Theory]
    [InlineData("code", "(", ")")]
    [InlineData("code", "- ", "")]
    [InlineData("code", "if (true) ", "")]
    [InlineData("code", "x => ", "")]
    [InlineData("code", "$\"{", "}\"")]
    [InlineData("markdown", ">", "")]
    [InlineData("markdown", "- ", "")]
    [InlineData("markdown", "[", "]")]
    [InlineData("markdown", "*a ", "")]
    [InlineData("markdown", "<div>", "")]
    public void What_is_nested_without_measure_is_in_the_page_as_text(string kind, string open, string close)
    {
        var source = string.Concat(Enumerable.Repeat(open, 20_000)) + "1"
            + string.Concat(Enumerable.Repeat(close, 20_000));
        var cell = kind == "code" ? Samples.Code(source) : Samples.Markdown(source);
        var notes = new List<string>();
        var page = NotebookPage.Render(
            Notebook.Parse(Samples.Notebook(Samples.Markdown("before"), cell, Samples.Markdown("after")), "x"),
            "x.ipynb", new PageFolder(Path.GetTempPath(), [], withIndex: false), notes.Add);
        Assert.Contains("before", page);
        Assert.Contains("after", page);
        Assert.All(notes, note => Assert.StartsWith("x.ipynb: cells[1] ", note));
    }

    [Theory]
    [InlineData("<div>")]
    [InlineData("<svg><g>")]
    [InlineData("<a><b><i>")]
    // As deep, but each another one, which took minutes; in the second, each paragraph holds all before anew.
    [InlineData("<i id={0}>")]
    [InlineData("<font size={0}><p>")]
    [InlineData("</p><i id={0}></p>")]
    public void Markup_that_is_nested_without_measure_is_in_a_page_of_unknown_origin_as_text(string open)
    {
        var notes = new List<string>();
        var cell = Shown("text/html",
            string.Concat(Enumerable.Range(0, 20_000).Select(i => open.Replace("{0}", $"{i}"))));
        var page = NotebookPage.Render(
            Notebook.Parse(Samples.Notebook(cell, Samples.Markdown("after")), "x"), "x.ipynb",
            new PageFolder(Path.GetTempPath(), [], withIndex: false, sanitizes: true), notes.Add);
        Assert.Contains("after", page);
        Assert.StartsWith("x.ipynb: cells[0] ", Assert.Single(notes));
    }

    private static string Render(bool sanitizes, params JsonObject[] cells) => NotebookPage.Render(
        Notebook.Parse(Samples.Notebook(cells), "x"), "x.ipynb",
        new PageFolder(Path.Combine(Path.GetTempPath(), "none"), [], withIndex: false, sanitizes));

    private static JsonObject Shown(string type, JsonNode content)
    {
        var cell = Samples.Code("1");
        cell["outputs"]!.AsArray().Add(new JsonObject
        {
            ["data"] = new JsonObject { [type] = content },
            ["metadata"] = new JsonObject(),
            ["output_type"] = "display_data",
        });
        return cell;
    }

    // Text that a reader sees, and a picture's address.
    [GeneratedRegex("(?<=>)[^<]*(?=<)|&[a-z0-9#]+;[^<]*")]
    private static partial Regex Escaped();
}
