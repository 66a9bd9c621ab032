using Gsr.Kernel.Display;

namespace Gsr.Kernel.Tests.Display;

public sealed class ValueTests
{
    private enum Colour { Red }

    private sealed class Node
    {
        public string Name => "n";
        public Node? Next { get; set; }
        public int Broken => throw new InvalidOperationException("not today");
    }

    private sealed class Hostile
    {
        public override string ToString() => throw new InvalidOperationException("no text");
    }

    private sealed record Point(int X, string Y);

    public static TheoryData<object?, string> Scalars => new()
    {
        { null, "null" }, { 42, "42" }, { 1.5, "1.5" }, { double.NaN, "NaN" }, { double.NegativeInfinity, "-∞" },
        { float.PositiveInfinity, "∞" }, { "a<b>", "a<b>" }, { true, "true" }, { 'c', "c" }, { 12.50m, "12.50" },
        { new DateTime(2020, 1, 2), "2020-01-02" }, { new DateTime(2020, 1, 2, 3, 4, 5), "2020-01-02 03:04:05" },
        { TimeSpan.FromSeconds(90), "00:01:30" }, { Colour.Red, "Red" }, { DayOfWeek.Friday, "Friday" },
        { typeof(Dictionary<string, int?[]>), "Dictionary<string, int?[]>" }, { (1, "two"), "(1, two)" },
        { new object(), "object" }, { new[] { 1, 2, 3 }, "[1, 2, 3]" }, { Array.Empty<int>(), "[]" },
        { new int?[] { 1, null }, "[1, null]" },
    };

    [Theory]
    [MemberData(nameof(Scalars))]
    public void Simple_values_are_plain_text_only(object? value, string expected)
    {
        var bundle = MimeFormatter.Format(value);
        Assert.Equal(expected, bundle.Get("text/plain"));
        Assert.Equal(["text/plain"], bundle.Data.Keys);
    }

    [Fact]
    public void A_huge_string_is_cut_and_says_so()
    {
        var text = Bundles.Plain(new string('x', 1_000_000));
        Assert.InRange(text.Length, 1_000, 11_000);
        Assert.EndsWith("(1,000,000 characters)", text);
    }

    [Fact]
    public void Cycles_and_throwing_getters_are_shown_as_such()
    {
        var node = new Node();
        node.Next = node;
        Assert.Contains("Next = (cycle)", Bundles.Plain(node));
        Assert.Contains("Broken = (InvalidOperationException: not today)", Bundles.Plain(node));
        Assert.Contains("not today", Bundles.Html(node));
        var list = new List<object>();
        list.Add(list);
        Assert.Equal("[(cycle)]", Bundles.Plain(list));
    }

    [Fact]
    public void A_deep_chain_stops_at_the_depth_limit()
    {
        Node? chain = null;
        for (var i = 0; i < 10_000; i++)
            chain = new Node { Next = chain };
        Assert.InRange(Bundles.Plain(chain).Length, 50, 1_000);
    }

    [Fact]
    public void A_value_that_cannot_be_shown_names_its_type_and_the_reason()
    {
        var text = Bundles.Plain(new Hostile());
        Assert.Contains("Hostile", text);
        Assert.Contains("no text", text);
    }

    [Fact]
    public void Markup_in_values_is_escaped()
    {
        var html = Bundles.Html(new[] { new Point(1, "<script>alert(\"&\")</script>") })!;
        Assert.DoesNotContain("<script>", html);
        Assert.Contains("&lt;script&gt;alert(&quot;&amp;&quot;)", html);
    }

    [Fact]
    public void Records_and_anonymous_objects_become_tables()
    {
        Assert.Contains("<th>X</th><td style=\"text-align:left\">1</td>", Bundles.Html(new Point(1, "a")));
        Assert.Equal("anonymous { A = 1, B = [1, 2] }", Bundles.Plain(new { A = 1, B = new[] { 1, 2 } }));
        Assert.Contains("<th>X</th><th>Y</th>", Bundles.Html(new[] { new Point(1, "a"), new Point(2, "b") }));
    }

    [Fact]
    public void An_endless_sequence_is_read_only_to_the_limit()
    {
        var read = 0;
        IEnumerable<int> Endless()
        {
            while (true)
                yield return read++;
        }
        Assert.Contains("more follow", Bundles.Plain(Endless()));
        Assert.InRange(read, 1, 200);
    }

    [Fact]
    public void A_million_rows_show_both_ends()
    {
        var rows = Enumerable.Range(0, 1_000_000).Select(at => new Point(at, "r")).ToList();
        var html = Bundles.Html(rows)!;
        Assert.Contains("first 10 ... last 10 of 1,000,000 rows", html);
        Assert.Contains("<th>999999</th><td>999999</td>", html);
        Assert.InRange(html.Length, 500, 5_000);
    }

    [Fact]
    public void A_matrix_is_a_numeric_table()
    {
        var html = Bundles.Html(new[,] { { 1.0 / 3, double.NaN }, { 2, 3 } })!;
        Assert.Contains("<th>0</th><td>0.333333</td><td>NaN</td>", html);
        Assert.StartsWith("double[2×2]", Bundles.Plain(new double[2, 2]));
        Assert.Equal("double[0×3]", Bundles.Plain(new double[0, 3]));
        Assert.InRange(Bundles.Html(new double[1000, 1000])!.Length, 5_000, 20_000);
    }

    [Fact]
    public void Dictionaries_are_tables_of_keys()
    {
        Assert.Contains("<th>a</th><td>1</td>", Bundles.Html(new Dictionary<string, int> { ["a"] = 1 }));
        Assert.Contains("first 20 of 5,000 entries",
            Bundles.Html(Enumerable.Range(0, 5_000).ToDictionary(at => at, at => at)));
        Assert.Equal("{ a: 1 }", Bundles.Plain(new Dictionary<string, int> { ["a"] = 1 }));
    }

    [Fact]
    public void Exceptions_fold_and_tasks_and_delegates_are_named()
    {
        Assert.StartsWith("<details><summary>System.InvalidOperationException: a&lt;b",
            Bundles.Html(new InvalidOperationException("a<b")));
        Assert.Equal("Task: RanToCompletion, 5", Bundles.Plain(Task.FromResult(5)));
        Assert.Equal("Task: WaitingForActivation", Bundles.Plain(new TaskCompletionSource<int>().Task));
        Assert.Equal("Func<int, string>: (int x) → string", Bundles.Plain((int x) => x.ToString()));
    }

    [Fact]
    public void What_fails_does_not_hide_what_is_beside_it()
    {
        static IEnumerable<int> Broken()
        {
            yield return 1;
            throw new InvalidOperationException("midway");
        }
        Assert.Equal("[1, (InvalidOperationException: midway)]", Bundles.Plain(Broken()));
        Assert.Equal("[(InvalidOperationException: at once)]", Bundles.Plain(new Unreadable()));
        Assert.Equal("[7, Hostile (InvalidOperationException: no text)]",
            Bundles.Plain(new object[] { 7, new Hostile() }));
        Assert.Contains("{ a: 1, b: Hostile (InvalidOperationException: no text) }",
            Bundles.Plain(new Dictionary<string, object> { ["a"] = 1, ["b"] = new Hostile() }));
        Assert.Contains("A = [1, (InvalidOperationException: midway)]", Bundles.Plain(new { A = Broken(), B = 2 }));
    }

    private sealed class Unreadable : IEnumerable<int>
    {
        public IEnumerator<int> GetEnumerator() => throw new InvalidOperationException("at once");

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }

    [Fact]
    public void Reading_ends_with_the_sequence_disposed()
    {
        var disposed = 0;
        IEnumerable<int> Watched()
        {
            try
            {
                for (var at = 0; ; at++)
                    yield return at;
            }
            finally
            {
                disposed++;
            }
        }
        Bundles.Plain(Watched());
        Assert.Equal(1, disposed);
    }

    [Fact]
    public void Json_is_shown_as_json()
    {
        var text = "{\"a\":[1,null,{\"b<\":\"é\"}]}";
        var expected = "{\n  \"a\": [\n    1,\n    null,\n    {\n      \"b<\": \"é\"\n    }\n  ]\n}";
        Assert.Equal(expected, Bundles.Plain(System.Text.Json.Nodes.JsonNode.Parse(text)));
        using var document = System.Text.Json.JsonDocument.Parse(text);
        Assert.Equal(expected, Bundles.Plain(document.RootElement));
        Assert.Equal(expected, Bundles.Plain(document));
        Assert.Null(Bundles.Html(document.RootElement));
        Assert.Contains("JsonElement", Bundles.Plain(default(System.Text.Json.JsonElement)));
    }

    [Fact]
    public void An_empty_text_is_replaced_by_the_types_name() =>
        Assert.Equal("CultureInfo", Bundles.Plain(System.Globalization.CultureInfo.InvariantCulture));
}
