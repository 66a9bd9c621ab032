using Gsr.Native;

namespace Gsr.Experiments;

/// <summary>One run of a notebook: its profile, its claims and, at its end, its results file.</summary>
/// <example><code>
/// var run = NotebookRun.Start("02-mnist-grid-maps", PROFILE);
/// var (quick, claims) = (run.IsQuick, run.Claims);
/// run.Write(new Dictionary&lt;string, object&gt; { ["accuracy"] = accuracy })
/// </code></example>
public sealed class NotebookRun
{
    private readonly string _name;

    private NotebookRun(string name, bool isQuick)
    {
        (_name, IsQuick) = (name, isQuick);
        Claims = new Claims(isQuick ? "quick profile" : null);
    }

    /// <summary>Whether the run only goes through the code: few seeds, few steps, no claim decided.</summary>
    public bool IsQuick { get; }

    /// <summary>What the notebook claims, checked under its evidence.</summary>
    public Claims Claims { get; }

    /// <summary>Checks the profile and prepares the process for long training.</summary>
    /// <param name="name">The notebook's name without ending.</param>
    /// <param name="profile">Its parameter PROFILE: "full" or "quick".</param>
    /// <exception cref="ArgumentException">There is no such profile.</exception>
    public static NotebookRun Start(string name, string profile)
    {
        var isQuick = NotebookParameter.OneOf("PROFILE", profile, "full", "quick") == "quick";
        TorchNatives.KeepFreedMemory();
        return new NotebookRun(name, isQuick);
    }

    /// <summary>Writes numbers and claims for other programs, to artifacts/results.</summary>
    /// <param name="numbers">As for <see cref="ResultsFile.Write"/>.</param>
    /// <returns>The line to show.</returns>
    public string Write(IEnumerable<KeyValuePair<string, object>> numbers) =>
        $"written to artifacts/results/{Path.GetFileName(ResultsFile.Write(_name, numbers, Claims))}";
}
