namespace Gsr.Kernel.Sessions.Execution;

/// <summary>
/// What the runtime of a process that runs cells is told: it reads it from the environment alone, as it starts.
/// </summary>
/// <remarks>
/// The runtime compiles code that runs often once more to count its branches and types, and then for good. Of code that
/// is compiled ahead of time, which here is Roslyn's, that costs a steady cell a quarter of its time and the process
/// 15 MB; at 0 only code that is not, the cells' own, is counted.
/// <para>
/// Often is 30 calls. A notebook that runs from end to end is over before that pays: the runtime compiles some ten
/// thousand methods once more, a quarter of all processor time of a short notebook. Whoever waits for one cell after
/// another gets them sooner with 30.
/// </para>
/// The settings' source: https://github.com/dotnet/runtime/blob/main/src/coreclr/inc/clrconfignames.h.
/// </remarks>
internal static class RuntimeSettings
{
    /// <summary>Names and values in the environment of a kernel, which somebody sends one cell after another.</summary>
    public static IReadOnlyDictionary<string, string> OfKernel { get; } =
        new Dictionary<string, string> { ["DOTNET_TieredPGO_InstrumentOnlyHotCode"] = "0" };

    /// <summary>Those of a process that runs a notebook from end to end. The runtime reads numbers as hexadecimal.</summary>
    public static IReadOnlyDictionary<string, string> OfRun { get; } =
        new Dictionary<string, string>(OfKernel) { ["DOTNET_TC_CallCountThreshold"] = 3000.ToString("X", null) };

    /// <summary>Takes them out of this process's environment: what cells start has a runtime of its own.</summary>
    public static void Forget()
    {
        foreach (var name in OfRun.Keys)
            Environment.SetEnvironmentVariable(name, null);
    }
}
