using System.Security.Cryptography;
using System.Text;
using Gsr.Kernel.Sessions.Execution;

namespace Gsr.Kernel.Running;

/// <summary>
/// What a library needs to take results of an earlier run for its own, and what it says of that: all code that has run,
/// as a hash, and how many results were taken. Both are in the process' data, by name.
/// </summary>
internal sealed class ReusedTrainings
{
    /// <summary>The environment's variable that names the folder.</summary>
    public const string Variable = "GSR_REUSE";

    private const string Code = "Gsr.Reuse.Code", Count = "Gsr.Reuse.Count";
    private IncrementalHash? _code = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>The folder: that of the environment, else with the user's data; null for a user who has none.</summary>
    public static string? Folder => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named
        ? Path.GetFullPath(named)
        : Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify)
                is var data && Path.IsPathRooted(data) ? Path.Combine(data, "gsr", "trained") : null;

    /// <summary>A cell is about to run, which may take such results or not.</summary>
    public void Begin(Submission cell, bool isAllowed)
    {
        // What these bring may be another thing next time.
        if (cell.Code.Contains("#load", StringComparison.Ordinal)
            || cell.Code.Contains("#!import", StringComparison.Ordinal))
            _code = null;
        _code?.AppendData(Encoding.UTF8.GetBytes($"{cell.Language}\0{cell.Code.Length}\0{cell.Code}"));
        AppContext.SetData(Code, isAllowed && _code is not null ? Convert.ToHexString(_code.GetCurrentHash()) : null);
        AppContext.SetData(Count, null);
    }

    /// <summary>What is to be said below a cell that has ended.</summary>
    public static string? Remark => AppContext.GetData(Count) is not int count ? null
        : $"{count} training{(count == 1 ? " was" : "s were")} not repeated but taken from an earlier run (--reuse).\n";
}
