namespace Gsr.Analysis.Pictures;

/// <summary>Which maps share one range of colours.</summary>
public enum ColorRange
{
    /// <summary>All maps of the figure: values compare everywhere.</summary>
    Shared,
    /// <summary>The maps of one row: for models whose activations differ in scale.</summary>
    PerRow,
}
