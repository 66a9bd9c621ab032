using Gsr.Graphs;
using Microsoft.DotNet.Interactive.Directives;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;
using HostKernel = Microsoft.DotNet.Interactive.Kernel;

namespace Gsr.Interactive;

/// <summary>The command <c>#!gsr</c>, which says what there is.</summary>
internal static class GsrDirective
{
    public static void Add(HostKernel kernel) => kernel.AddDirective(
        new KernelActionDirective("#!gsr") { Description = "Says what Graph Spectral Regularization has." },
        (_, context) =>
        {
            context.Publish(new DisplayedValueProduced(
                Text, context.Command, [new FormattedValue("text/markdown", Text)]));
            return Task.CompletedTask;
        });

    private static string Text => $"""
        **Graph Spectral Regularization** {typeof(FeatureGraph).Assembly.GetName().Version?.ToString(3)}

        - `Gsr.Graphs`: `FeatureGraph.Grid`, `.Ring`, `.Tree`, `.Pairs`, … and their `.Laplacian()`
        - `Gsr.Penalties`: `GraphPenalty`, α·mean(zᵀLz) on a layer's activations
        - `Gsr.Learning`: a graph learned from the neurons' co-activations
        - `Gsr.Training`: `Regularizer`, attached to a layer; `Trainer`
        - `Gsr.Analysis.Pictures`: graphs, maps and curves as charts

        Charts, graphs, Laplacians, tensors, frames and progress are shown by themselves.
        """;
}
