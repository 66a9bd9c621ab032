using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Outputs;
using Plotly.NET;

namespace Gsr.Kernel.Display;

/// <summary>Plotly.NET's charts: the JSON that VS Code and Jupyter draw, and HTML for pages that do not know it.</summary>
internal static class ChartFormat
{
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
        // The script's own div stands before it, unless the page runs scripts elsewhere than they stand (Jupyter Notebook 6): then
        // it is the first of its name that no script has taken; a chart shown twice bears one name twice. With RequireJS in
        // the page the library may come through it alone; without, all charts of the page wait for one script.
        return $$"""
            <div id="{{id}}" class="plotly-graph-div" style="min-height:{{height}}px"></div><script>(function(){
            var s=document.currentScript,e=s&&s.previousElementSibling,f={{figure}};
            if(!e||e.id!=="{{id}}")e=[].find.call(document.querySelectorAll("#{{id}}"),function(d){return !d.taken;});
            if(!e)return;
            e.taken=true;
            function draw(p){p.newPlot(e,f).catch(fail);}
            function fail(){e.textContent="This chart needs plotly.js, which could not be loaded (offline?).";}
            var w=window,n="{{ChartLibrary.Name}}",a=["{{ChartLibrary.Address}}"];
            try{
            var c=document.getElementById("jupyter-config-data"),b=c?JSON.parse(c.textContent).baseUrl:document.body.dataset.baseUrl;
            var m=w.Jupyter&&w.Jupyter.notebook&&w.Jupyter.notebook.metadata.kernelspec;
            if(b)a.unshift(b+"kernelspecs/"+(m?m.name:"{{Notebook.KernelName}}")+"/"+n);
            }catch(x){}
            function load(u){return new Promise(function(y,z){var l=document.createElement("script");l.src=u+".js";l.onload=function(){y(w.Plotly);};l.onerror=z;document.head.appendChild(l);});}
            if(w.Plotly)draw(w.Plotly);
            else if(typeof require==="function"&&require.config){var q={};q[n]=a;require.config({paths:q});require([n],draw,fail);}
            else(w.gsrPlotly=w.gsrPlotly||a.slice(1).reduce(function(p,u){return p.catch(function(){return load(u);});},load(a[0]))).then(draw,fail);
            })();</script>
            """.ReplaceLineEndings("\n");
    }
}

/// <summary>
/// Where a page finds plotly.js, in the version that Plotly.NET 6.0.0 was made for. The server of a notebook gives out what
/// lies beside its kernel's kernelspec, so that charts are drawn there without a network; other pages have the web only.
/// </summary>
internal static class ChartLibrary
{
    /// <summary>The file beside the kernelspec.</summary>
    public const string FileName = Name + ".js";

    /// <summary>The address on the web, without the ending that RequireJS adds.</summary>
    public const string Address = "https://cdn.plot.ly/" + Name;

    /// <summary>The name of file and module, by which no other version is taken for this one.</summary>
    public const string Name = "plotly-2.28.0.min";
}
