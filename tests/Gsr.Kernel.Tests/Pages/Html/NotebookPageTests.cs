using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Pages.Html;

namespace Gsr.Kernel.Tests.Pages.Html;

public partial class NotebookPageTests
{
    private const string PlotlyBanner = "plotly.js v2.28.0";
    private const string Figure = "application/vnd.plotly.v1+json";

    private static readonly PageFolder Alone = new(Path.Combine(Path.GetTempPath(), "none"), [], withIndex: false);

    [Fact]
    public void The_chart_library_is_there_once_however_many_charts()
    {
        var page = Render(Display(Figure, Chart("a")), Display(Figure, Chart("b")), Display(Figure, Chart("c")));
        Assert.Equal(1, Count(page, PlotlyBanner));
        Assert.Equal(3, Count(page, "<script type=\"application/json\">"));
    }

    [Theory]
    [InlineData("var x = 1;", "csharp", "<span")]
    [InlineData("#!lib\nclass A { }", "csharp", "<span")]
    [InlineData("#!time\nvar x = 1;", "csharp", "<span")]
    [InlineData("#!fsharp\nlet var = class 1", "csharp", "#!fsharp\nlet var = class 1")]
    [InlineData("#!fsharp\n#!time\nlet var = 1", "csharp", "#!fsharp\n#!time\nlet var = 1")]
    [InlineData("<b>var</b>", "html", "&lt;b&gt;var&lt;/b&gt;")]
    public void Only_CSharp_is_coloured_as_CSharp(string source, string language, string expected)
    {
        var html = SourceHtml.Of(source, language);
        if (expected == "<span")
            Assert.Contains(expected, html);
        else
            Assert.Equal(expected, html);
        Assert.Equal(source, System.Net.WebUtility.HtmlDecode(Regex.Replace(html, "<[^>]+>", "")));
    }

    [Fact]
    public void A_cell_that_changes_its_language_is_coloured_in_part()
    {
        var html = SourceHtml.Of("var a = 1;\n#!html\n<i>var b</i>\n#!csharp\nvar c = 2;", "csharp");
        Assert.Equal(2, Regex.Count(html, "<span[^>]*>var</span>"));
    }

    [Fact]
    public void Without_charts_and_formulas_there_is_no_script_at_all()
    {
        var page = Render(Samples.Markdown("# Title\ncosts 5 dollars"), Display("text/plain", "x"));
        Assert.DoesNotContain("<script", page);
        Assert.DoesNotContain("executed", page); // who makes a page need not have run the notebook
        Assert.True(page.Length < 20_000);
    }

    [Fact]
    public void Diagrams_are_drawn_by_the_library_inside()
    {
        Assert.DoesNotContain("mermaid", Render(Samples.Markdown("# T\n```csharp\nx\n```")));
        var page = Render(
            Samples.Markdown("```mermaid\ngraph LR; a-->b\n```"),
            Display("text/vnd.mermaid", "graph LR; c-->d"));
        Assert.InRange(page.Length, 2_500_000, 4_000_000);
        Assert.Contains("<code>graph LR; c--&gt;d</code>", page);
        Assert.Contains("class=\"language-mermaid mermaid\"", page);
    }

    [Fact]
    public void Nothing_is_fetched_from_elsewhere()
    {
        var page = Render(
            Samples.Markdown("# T\n$x^2$ [a link](https://example.org) ![i](attachment:none.png)"),
            Display(Figure, Chart("a"), fallback: "<script src=\"https://cdn.example.org/plotly.js\"></script>"));
        Assert.Empty(Fetches().Matches(page));
        // The search does find what it looks for.
        Assert.Single(Fetches().Matches(Render(Display("text/html", "<img src='https://example.org/x.png'>"))));
    }

    [Fact]
    public void No_figure_ends_its_script_element()
    {
        var page = Render(Display(Figure, Chart("</script><script>alert(1)</script><!--")));
        Assert.DoesNotContain("alert(1)<", page);
        var start = page.IndexOf("application/json\">", StringComparison.Ordinal) + "application/json\">".Length;
        var json = page[start..page.IndexOf("</script>", start, StringComparison.Ordinal)];
        Assert.Equal("</script><script>alert(1)</script><!--",
            JsonNode.Parse(json)!["data"]![0]!["name"]!.GetValue<string>());
        Assert.Equal(Count(page, "<script"), Count(page, "</script"));
    }

    [Fact]
    public void Text_is_text_and_html_is_html()
    {
        var page = Render(
            Display("text/plain", "<b>plain</b>"),
            Display("text/html", "<b>html</b>"), Samples.Code("var x = \"<i>\" + 1; // & <u>"));
        Assert.Contains("&lt;b&gt;plain", page);
        Assert.Contains("<b>html</b>", page);
        Assert.DoesNotContain("<i>", page);
        Assert.DoesNotContain("<u>", page);
        Assert.Contains("<span class=\"key\">var</span>", page);
    }

    [Fact]
    public void The_title_is_the_first_heading_else_the_files_name()
    {
        Assert.Contains("<title>Loss &lt; 1</title>", Render(Samples.Markdown("# Loss < 1")));
        Assert.Contains("<title>The title</title>",
            Render(Samples.Code("# no"), Samples.Markdown("text\n## The *title* ##\n# Other")));
        Assert.Contains("<title>x.ipynb</title>", Render(Samples.Code("1")));
    }

    [Fact]
    public void Errors_are_shown_without_control_codes()
    {
        var cell = Samples.Code("1");
        cell["outputs"]!.AsArray().Add(JsonNode.Parse(
            """
            {"output_type":"error","ename":"E","evalue":"v",
             "traceback":["\u001b[31mE\u001b[0m: \u001b[2Kv", "at <cell>"]}
            """));
        var page = Render(cell);
        Assert.Contains("<pre class=\"output error\"><span class=\"ansi1\">E</span>: v\nat &lt;cell&gt;</pre>", page);
        Assert.DoesNotContain('\e', page);
    }

    [Fact]
    public void Long_text_is_folded_and_nothing_of_it_lost()
    {
        var page = Render(Display("text/plain", string.Join('\n', Enumerable.Range(0, 500).Select(i => $"line {i}."))));
        Assert.Contains("<summary>470 more lines</summary>", page);
        Assert.All(Enumerable.Range(0, 500), i => Assert.Contains($"line {i}.", page));
        Assert.DoesNotContain("<summary>", Render(Display("text/plain", string.Join('\n', Enumerable.Range(0, 30)))));
    }

    [Fact]
    public void Images_of_the_prose_are_inside()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["a b.png"], [1, 2, 3]);
        var attached = Samples.Markdown("![x](attachment:y.png) ![z](a%20b.png)");
        attached["attachments"] = new JsonObject { ["y.png"] = new JsonObject { ["image/png"] = "BBBB" } };
        var page = NotebookPage.Render(
            Notebook.Parse(Samples.Notebook(attached), "x"), folder["x.ipynb"], Alone);
        Assert.Contains("src=\"data:image/png;base64,BBBB\"", page);
        Assert.Contains("src=\"data:image/png;base64,AQID\"", page);
    }

    [Theory]
    [InlineData(true, "#r \"a.dll\"")]
    [InlineData(true, "// what it takes\nusing System.IO;\n\nusing static System.Math;")]
    [InlineData(true, "#r \"nuget: X\"\nusing X;")]
    [InlineData(true, "var numbers = 1;\nrun.Write(numbers)")]
    [InlineData(true, "table.Save(\"x.csv\");")]
    [InlineData(false, "using System.IO;\nvar x = 1;")]
    [InlineData(false, "using var file = File.Open(\"x\");")]
    [InlineData(false, "// a thought")]
    [InlineData(false, "Console.Write(1);")]
    [InlineData(false, "run.Write(1); run.Show()")]
    [InlineData(false, "#!html\n<b>run</b>")]
    [InlineData(false, "#!time\nrun.Write(1)")]
    [InlineData(false, "")]
    public void Code_that_says_nothing_is_folded(bool folded, string source)
    {
        var cell = Samples.Code(source);
        cell["outputs"]!.AsArray().Add(JsonNode.Parse("""{"output_type":"stream","name":"stdout","text":"written"}"""));
        var page = Render(cell);
        Assert.Equal(folded, page.Contains("<details class=\"fold\">", StringComparison.Ordinal));
        Assert.Contains(source.Split('\n')[^1], System.Net.WebUtility.HtmlDecode(Tags().Replace(page, "")));
        Assert.Contains("written", page);
    }

    [Fact]
    public void A_tag_folds_any_cell_and_a_picture_is_reason_not_to()
    {
        Assert.Contains("class=\"fold\"", Render(Samples.Code("var x = 1;", "fold")));
        Assert.Contains("class=\"fold\"", Render(Samples.Code("var x = 1;", "hide-input")));
        var hidden = Samples.Code("var x = 1;");
        hidden["metadata"] = JsonNode.Parse("""{"jupyter":{"source_hidden":true}}""");
        Assert.Contains("class=\"fold\"", Render(hidden));
        var shown = Display("text/html", "<table></table>");
        shown["source"] = "report.Write(1)";
        Assert.DoesNotContain("class=\"fold\"", Render(shown));
    }

    [Fact]
    public void The_contents_lead_to_every_section_even_of_equal_names()
    {
        var page = Render(Samples.Markdown("# T\nopening"), Samples.Markdown("## The $x$ of `y` & *z*"),
            Samples.Markdown("## Same"), Samples.Markdown("## Same\n### below"), Samples.Markdown("## Same"));
        var places = Contents().Matches(page).Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(4, places.Distinct().Count());
        Assert.All(places, place => Assert.Equal(1, Count(page, $"id=\"{place}\"")));
        Assert.Contains(">The x of y &amp; z</a>", page);
        Assert.InRange(page.IndexOf("class=\"contents\"", StringComparison.Ordinal),
            page.IndexOf("opening", StringComparison.Ordinal), page.IndexOf("id=\"same\"", StringComparison.Ordinal));
        Assert.DoesNotContain("class=\"contents\"", Render(Samples.Markdown("# T\n## only")));
    }

    [Fact]
    public void Any_piece_of_source_keeps_its_text_when_coloured()
    {
        string[] sources =
            ["#r \"nuget: X\"\nvar x = $\"{1:0.0} <\" + @\"a\";", "foreach (", "#!csharp\n1", "\"\"\"\nraw <\n\"\"\"",
                "/* open", "a\r\nb", "'", "#if X\nno\n#endif"];
        Assert.All(sources, source => Assert.Equal(
            source, System.Net.WebUtility.HtmlDecode(Tags().Replace(CSharpHighlighter.ToHtml(source), ""))));
    }

    private static string Render(params JsonObject[] cells) =>
        NotebookPage.Render(Notebook.Parse(Samples.Notebook(cells), "x"), "x.ipynb", Alone);

    private static JsonObject Display(string type, JsonNode content, string? fallback = null)
    {
        var cell = Samples.Code("1");
        var data = new JsonObject { [type] = content };
        if (fallback is not null)
            data["text/html"] = fallback;
        cell["outputs"]!.AsArray()
            .Add(new JsonObject { ["data"] = data, ["metadata"] = new JsonObject(), ["output_type"] = "display_data" });
        return cell;
    }

    private static JsonObject Chart(string name) => new()
    {
        ["data"] = new JsonArray(new JsonObject { ["y"] = new JsonArray(1, 2), ["name"] = name }),
        ["layout"] = new JsonObject(),
    };

    private static int Count(string text, string part) => Regex.Count(text, Regex.Escape(part));

    [GeneratedRegex(
        """<(?!a\b)[a-z]+[^<>]*\s(?:src|href|data)\s*=\s*["']?\s*(?:https?:)?//|@import|url\(\s*["']?https?:""")]
    private static partial Regex Fetches();

    [GeneratedRegex("<li><a href=\"#([^\"]+)\">")]
    private static partial Regex Contents();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();
}
