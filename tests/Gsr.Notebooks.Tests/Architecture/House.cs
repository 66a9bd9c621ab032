namespace Gsr.Notebooks.Tests.Architecture;

/// <summary>The tables of layers that the compiled assemblies must keep to.</summary>
internal static class House
{
    public static readonly Layers[] Tables =
    [
        Layers.Inside(
            "Gsr.Kernel", "Outputs", "Documents", "Display", "Sessions", "Pages", "Running|Jupyter", "Cli"),
        Layers.Between("engine and library", ["Gsr.Kernel", "Gsr"], "Gsr.Kernel|Gsr"),
        Layers.Between("engine and libtorch", ["Gsr.Kernel"], "Gsr.Kernel|TorchSharp"),
    ];
}
