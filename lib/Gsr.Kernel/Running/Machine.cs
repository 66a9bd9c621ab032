namespace Gsr.Kernel.Running;

/// <summary>What of the machine this process may use: control groups and affinity are respected by the runtime.</summary>
internal static class Machine
{
    // What a notebook that trains networks was seen to take at most.
    private const long MemoryPerNotebook = 3L << 30;

    /// <summary>How many notebooks run well side by side: one a core, and what fits into memory.</summary>
    public static int Jobs() => (int)Math.Clamp(
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / MemoryPerNotebook, 1, Environment.ProcessorCount);
}
