using System.Text.Json.Nodes;
using Gsr.Kernel.Display;
using Microsoft.FSharp.Collections;
using Plotly.NET;

namespace Gsr.Kernel.Tests.Display;

public sealed class ChartTests
{
    private static readonly double[][] Surface = [[1, 2.5], [3, 1e300]];
    private static readonly double[] Line = [1, 2, 2];

    public static TheoryData<string> Kinds => [.. Charts().Keys];

    private static Dictionary<string, GenericChart> Charts() => new()
    {
        ["line"] = Call(typeof(Chart2D_Scatter.Chart), "Line", "x", new[] { 1.0, 2 }, new[] { 0.1, 1e-9 }),
        ["heatmap"] = Call(typeof(Chart2D_Heatmap.Chart), "Heatmap", "zData", (object)Surface),
        ["column"] = Call(typeof(Chart2D_Bar.Chart), "Column", "values", new[] { 1.0, 2 }),
        ["surface"] = Call(typeof(Chart3D_Surface.Chart), "Surface", "zData", (object)Surface),
        ["scatter3d"] = Call(
            typeof(Chart3D_Scatter.Chart), "Scatter3D", "x", Line, Line, Line, StyleParam.Mode.Markers),
        ["pie"] = Call(typeof(ChartDomain_Pie.Chart), "Pie", "values", new[] { 1.0, 2 }),
        ["histogram"] = Call(
            typeof(Chart2D_Histogram.Chart), "Histogram", "data", Line, StyleParam.Orientation.Vertical),
        ["several"] = GenericChart.combine([Of(("y", new[] { 1f, 0.1f })), Of(("y", new List<long> { 1, 2 }))]),
        ["categories"] = Of(("x", new[] { "a", "b</script>é" }), ("y", new object?[] { 1, null, 2.5m, 'c', true })),
        ["errors"] = Of(("y", new[] { 1, 2 }), ("error_y", Tree(("type", "data"), ("array", new[] { 0.5, 1 })))),
        ["matrix"] = Of(("z", new double[,] { { 1, 2 }, { 3, 4 } }), ("cube", new int[1, 2, 2])),
        ["times"] = Of(
            ("x", new[] { new DateTime(2020, 1, 2, 3, 4, 5) }), ("d", DayOfWeek.Friday), ("b", new byte[] { 1 })),
        ["colours"] = Of(("marker", Tree(("color", Color.fromARGB(128, 1, 2, 3))))),
        ["gap"] = Of(("y", new[] { 1, double.NaN, double.PositiveInfinity })),
        ["layout"] = GenericChart.setLayout(Laid(), Of(("y", new[] { 1 }))),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_walk_agrees_with_Plotlys_own_serialiser(string kind)
    {
        var chart = Charts()[kind];
        var ours = MimeFormatter.Format(chart).Data["application/vnd.plotly.v1+json"];
        var theirs = JsonNode.Parse(GenericChart.toFigureJson(chart)
            .Replace("\"NaN\"", "null").Replace("\"Infinity\"", "null"))!;
        Assert.True(JsonNode.DeepEquals(theirs["data"], Reread(ours["data"]!)), $"{theirs["data"]}\n{ours["data"]}");
        Assert.True(
            JsonNode.DeepEquals(theirs["layout"], Reread(ours["layout"]!)), $"{theirs["layout"]}\n{ours["layout"]}");
        Assert.NotNull(ours["config"]);
    }

    [Fact]
    public void Text_cannot_end_the_script_and_a_rerun_gives_an_equal_file()
    {
        var bundle = MimeFormatter.Format(Charts()["categories"]);
        var html = bundle.Get("text/html")!;
        Assert.Equal(html.IndexOf("</script>", StringComparison.Ordinal),
            html.LastIndexOf("</script>", StringComparison.Ordinal));
        Assert.InRange(html.Length, 500, 20_000);
        Assert.Equal(Bundles.Json(bundle), Bundles.Json(MimeFormatter.Format(Charts()["categories"])));
        Assert.NotEqual(html[..40], Bundles.Html(Charts()["errors"])![..40]);
    }

    [Fact]
    public void The_text_names_traces_and_title()
    {
        Assert.Equal("Chart: 1 heatmap trace", Bundles.Plain(Charts()["heatmap"]));
        Assert.Equal("Chart: 1 scatter trace, 'Two panels'", Bundles.Plain(Charts()["layout"]));
        Assert.Equal("Chart: 2 scatter traces", Bundles.Plain(Charts()["several"]));
    }

    /// <summary>Plotly.NET's F# functions take some forty optional arguments, none of which C# may leave out.</summary>
    private static GenericChart Call(Type module, string name, string firstParameter, params object?[] arguments)
    {
        var method = module.GetMethods().First(method => method.Name == name && method.GetParameters()[0] is var first
            && first.Name == firstParameter);
        var types = method.GetGenericArguments().Select(_ => typeof(double)).ToArray();
        if (arguments[0] is double[][])
            types[0] = typeof(double[]);
        var all = new object?[method.GetParameters().Length];
        arguments.CopyTo(all, 0);
        return (GenericChart)method.MakeGenericMethod(types).Invoke(null, all)!;
    }

    private static GenericChart Of(params (string, object?)[] properties)
    {
        var trace = new Trace("scatter");
        foreach (var (name, value) in properties)
            trace.SetProperty(name, value);
        return GenericChart.ofTraceObject(true, trace);
    }

    private static DynamicObj.DynamicObj Tree(params (string, object?)[] properties)
    {
        var tree = new DynamicObj.DynamicObj();
        foreach (var (name, value) in properties)
            tree.SetProperty(name, value);
        return tree;
    }

    private static Layout Laid()
    {
        var layout = new Layout();
        layout.SetProperty("title", Tree(("text", "Two panels")));
        layout.SetProperty("grid", Tree(("rows", 1), ("columns", 2)));
        layout.SetProperty("annotations", ListModule.OfSeq([Tree(("text", "a"), ("showarrow", false))]));
        layout.SetProperty("shapes", new[] { Tree(("type", "rect"), ("x0", 0.5)) });
        layout.SetProperty("sliders", new[] { Tree(("steps", new[] { Tree(("method", "animate")) })) });
        return layout;
    }

    // Numbers made from int, float or decimal compare by text; a parsed tree compares as the file will.
    private static JsonNode? Reread(JsonNode node) => JsonNode.Parse(node.ToJsonString());
}
