namespace Gsr.Kernel.Sessions.Execution;

/// <summary>
/// What the runtime of a process that runs cells is told: it reads it from the environment alone, as it starts.
/// </summary>
/// <remarks>
/// The runtime compiles code that runs often once more to count its branches and types, and then for good. Of code that
/// is compiled ahead of time, which here is Roslyn's, that costs a steady cell a quarter of its time and the process
/// 15 MB; at 0 only code that is not, the cells' own, is counted. The setting's source:
/// https://github.com/dotnet/runtime/blob/main/src/coreclr/inc/clrconfignames.h.
/// </remarks>
internal static class RuntimeSettings
{
    /// <summary>Names and values in the environment.</summary>
    public static IReadOnlyDictionary<string, string> Variables { get; } =
        new Dictionary<string, string> { ["DOTNET_TieredPGO_InstrumentOnlyHotCode"] = "0" };

    /// <summary>Takes them out of this process's environment: what cells start has a runtime of its own.</summary>
    public static void Forget()
    {
        foreach (var name in Variables.Keys)
            Environment.SetEnvironmentVariable(name, null);
    }
}
