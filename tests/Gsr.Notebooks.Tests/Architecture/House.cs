namespace Gsr.Notebooks.Tests.Architecture;

/// <summary>The tables of layers that the compiled assemblies must keep to.</summary>
internal static class House
{
    /// <summary>The tables that CONTRIBUTING.md shows as pictures.</summary>
    public static readonly string[] Pictured = ["Rooms", "Gsr", "Gsr.Kernel"];

    public static readonly Layers[] Tables =
    [
        Layers.Between(
            "Rooms", ["Gsr", "Gsr.Analysis", "Gsr.SingleCell", "Gsr.Experiments"],
            "Gsr", "Gsr.Analysis|Gsr.SingleCell", "Gsr.Experiments"),
        Layers.Inside("Gsr", "Root", "Internals|Native", "Graphs", "Penalties", "Training", "Models", "Learning"),
        Layers.Inside("Gsr.Analysis", "Root", "Metrics", "Pictures"),
        Layers.Inside("Gsr.SingleCell", "Root", "Reading|Writing|Simulation", "Preparation"),
        Layers.Inside(
            "Gsr.Experiments", "Root", "StartHere|Subclusters|GridMaps|LearnedGraphs|ScRnaSeq|TCells|Capsules|Costs"
            + "|SpectralFilters|OwnData|Disentanglement|SeveralLayers|Variants"),
        Layers.Inside(
            "Gsr.Kernel", "Outputs", "Documents", "Display", "Sessions", "Pages", "Running|Jupyter", "Sweeps", "Cli"),
        Layers.Between(
            "Engine and library", ["Gsr.Kernel", "Gsr", "Gsr.Analysis", "Gsr.SingleCell", "Gsr.Experiments"],
            "Gsr.Kernel|Gsr"),
        Layers.Between(
            "Library and .NET Interactive", ["Gsr", "Gsr.Analysis", "Gsr.SingleCell", "Gsr.Experiments"],
            "Gsr", "Gsr.Analysis|Gsr.SingleCell", "Gsr.Experiments", "Gsr.Interactive|Microsoft.DotNet.Interactive"),
        Layers.Between("Engine and .NET Interactive", ["Gsr.Kernel"], "Gsr.Kernel|Microsoft.DotNet.Interactive"),
        Layers.Between("Engine and libtorch", ["Gsr.Kernel"], "Gsr.Kernel|TorchSharp"),
        Layers.Between("Core and others' libraries", ["Gsr"], "Gsr|Plotly.NET|Deedle|PureHDF"),
        Layers.Between("Files and pictures", ["Gsr.SingleCell"], "Gsr.SingleCell|Plotly.NET|Deedle"),
        Layers.Between("Pictures and files", ["Gsr.Analysis"], "Gsr.Analysis|PureHDF"),
    ];
}
