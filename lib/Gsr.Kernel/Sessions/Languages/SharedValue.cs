namespace Gsr.Kernel.Sessions.Languages;

/// <summary>Where a value lies while it goes from one language to another; generated code takes it from here.</summary>
public static class SharedValue
{
    /// <summary>The value on its way, on the cell thread.</summary>
    [field: ThreadStatic]
    public static object? Current { get; internal set; }
}
