using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gsr.Kernel.Outputs;
using Plotly.NET;

namespace Gsr.Kernel.Display;

/// <summary>Plotly.NET's charts: the JSON that VS Code and Jupyter draw, and HTML for pages that do not know it.</summary>
internal static class ChartFormat
{
    /// <summary>The version that Plotly.NET 6.0.0 was made for.</summary>
    private const string Library = "https://cdn.plot.ly/plotly-2.28.0.min";

    private static readonly JsonSerializerOptions Compact = new() { WriteIndented = false };

    internal static MimeBundle? TryFormat(object value) => value switch
    {
        GenericChart chart => Format(PlotlyJson.Of(GenericChart.getTraces(chart))!,
            PlotlyJson.Of(GenericChart.getLayout(chart))!, PlotlyJson.Of(GenericChart.getConfig(chart))!, null),
        Figure figure => Format(PlotlyJson.Of(figure.Data)!, PlotlyJson.Of(figure.Layout)!, new JsonObject(),
            figure.Frames.IsEmpty ? null : PlotlyJson.Of(figure.Frames)),
        _ => null,
    };

    private static MimeBundle Format(JsonNode traces, JsonNode layout, JsonNode config, JsonNode? frames)
    {
        var json = new JsonObject { ["data"] = traces, ["layout"] = layout, ["config"] = config };
        if (frames is not null)
            json["frames"] = frames;
        return MimeFormatter.Plain(Summary(traces.AsArray(), layout))
            .Add("application/vnd.plotly.v1+json", json)
            .Add("text/html", Page(json, layout));
    }

    private static string Summary(JsonArray traces, JsonNode layout)
    {
        var kinds = traces.Select(trace => trace?["type"]?.ToString() ?? "scatter").Distinct().ToList();
        var title = layout["title"] is JsonObject named ? named["text"]?.ToString() : layout["title"]?.ToString();
        var noun = traces.Count == 1 ? "trace" : "traces";
        var kind = kinds.Count is 1 or 2 ? string.Join(" and ", kinds) + " " : "";
        return $"Chart: {traces.Count} {kind}{noun}{(string.IsNullOrEmpty(title) ? "" : $", '{title}'")}";
    }

    private static string Page(JsonObject json, JsonNode layout)
    {
        // System.Text.Json's default encoder writes "<", ">" and "&" as \u003C and so on: no text can end the script.
        var figure = json.ToJsonString(Compact);
        // The identity comes from the content, so that a rerun with equal results gives an equal file.
        var id = "chart-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(figure)).AsSpan(0, 8));
        var height = layout["height"] is JsonValue given && given.TryGetValue<int>(out var pixels) ? pixels : 450;
        // The script finds the div that stands before it: the same chart shown twice would bear the same id twice.
        return $$"""
            <div id="{{id}}" class="plotly-graph-div" style="min-height:{{height}}px"></div><script>(function(){
            var s=document.currentScript,e=s&&s.previousElementSibling||document.getElementById("{{id}}"),f={{figure}};
            function draw(p){p.newPlot(e,f).catch(fail);}
            function fail(){e.textContent="This chart needs plotly.js, which could not be loaded (offline?).";}
            if(window.Plotly)draw(window.Plotly);
            else if(typeof require==="function"&&require.config){require.config({paths:{plotly:"{{Library}}"} });require(["plotly"],draw,fail);}
            else{var l=document.createElement("script");l.src="{{Library}}.js";l.onload=function(){draw(window.Plotly);};l.onerror=fail;document.head.appendChild(l);}
            })();</script>
            """.ReplaceLineEndings("\n");
    }
}
