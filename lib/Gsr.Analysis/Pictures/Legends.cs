namespace Gsr.Analysis.Pictures;

/// <summary>Where a figure explains its colours.</summary>
internal static class Legends
{
    /// <summary>One line above the panels, from the left, so that the panels keep the figure's width.</summary>
    /// <param name="innerHeight">Height of the panels in px.</param>
    /// <param name="lift">Distance from the panels in px.</param>
    internal static DynamicObj.DynamicObj Above(double innerHeight, double lift = 4) => Json.Of(
        ("orientation", "h"), ("x", 0), ("xanchor", "left"), ("y", Math.Round(1 + (lift / innerHeight), 4)), ("yanchor", "bottom"),
        ("bgcolor", "rgba(0,0,0,0)"));
}
