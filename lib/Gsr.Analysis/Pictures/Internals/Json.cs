namespace Gsr.Analysis.Pictures;

/// <summary>Space in px around the panels of a figure.</summary>
internal readonly record struct Margins(int Left, int Top, int Right, int Bottom);

/// <summary>
/// Builds the property trees that Plotly.NET serialises. Plotly.NET's typed options would add its default template,
/// about 9 KB, to every figure.
/// </summary>
internal static class Json
{
    internal static DynamicObj.DynamicObj Of(params ReadOnlySpan<(string Name, object? Value)> properties)
    {
        var tree = new DynamicObj.DynamicObj();
        foreach (var (name, value) in properties) tree.With(name, value);
        return tree;
    }

    internal static Plotly.NET.Trace Trace(string type, params ReadOnlySpan<(string Name, object? Value)> properties)
    {
        var trace = new Plotly.NET.Trace(type);
        foreach (var (name, value) in properties) trace.With(name, value);
        return trace;
    }

    /// <summary>Sets a property and returns the tree; null leaves it out, which is Plotly's default.</summary>
    internal static T With<T>(this T tree, string name, object? value)
        where T : DynamicObj.DynamicObj
    {
        if (value is not null) tree.SetProperty(name, value);
        return tree;
    }
}
