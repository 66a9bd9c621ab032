using System.Runtime.CompilerServices;
using Gsr.Native;

namespace Gsr.Experiments;

/// <summary>One run of a notebook: its profile, its claims and, at its end, its results file.</summary>
/// <example><code>
/// var run = NotebookRun.Start("02-mnist-grid-maps", PROFILE);
/// var seeds = run.Seeds(SEED, SEEDS, quick: 1, full: 3, thorough: 10);
/// run.Claims.Add("accuracy is kept", cost.AtLeast(-0.3))
/// run.Verdict()
/// run.Write(new Dictionary&lt;string, object&gt; { ["accuracy"] = accuracy })
/// </code></example>
public sealed class NotebookRun
{
    private readonly string _name;
    private readonly string _profile;

    private NotebookRun(string name, string profile)
    {
        (_name, _profile) = (name, profile);
        Claims = IsQuick ? new Claims("quick profile") : new Claims(committed: CommittedClaims.Read(name));
    }

    /// <summary>Whether the run only goes through the code: few seeds, few steps, no claim decided.</summary>
    public bool IsQuick => _profile == "quick";

    /// <summary>What the notebook claims, with its numbers.</summary>
    public Claims Claims { get; }

    /// <summary>Checks the profile and prepares the process for long training.</summary>
    /// <param name="name">The notebook's name without ending.</param>
    /// <param name="profile">
    /// Its parameter PROFILE: "thorough" (every claim with all its seeds; makes the committed notebook), "full" (fewer
    /// seeds, compared with the committed numbers) or "quick" (decides nothing).
    /// </param>
    /// <exception cref="ArgumentException">There is no such profile.</exception>
    public static NotebookRun Start(string name, string profile)
    {
        NotebookParameter.OneOf("PROFILE", profile, "thorough", "full", "quick");
        InteractiveHost.Prepare();
        return Begin(name, profile);
    }

    // A method of its own: those who name the library's types bind them when they are compiled.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static NotebookRun Begin(string name, string profile)
    {
        TorchNatives.KeepFreedMemory();
        return new NotebookRun(name, profile);
    }

    /// <summary>A value by profile, such as a number of steps.</summary>
    public T Pick<T>(T quick, T full, T thorough) =>
        _profile switch { "quick" => quick, "full" => full, _ => thorough };

    /// <summary>The run's seeds: as many as the parameter SEEDS says, or by profile where that is 0.</summary>
    /// <param name="first">The parameter SEED; the others follow it.</param>
    /// <param name="asked">The parameter SEEDS, 0 to 1000.</param>
    /// <param name="quick">Seeds of the quick profile.</param>
    /// <param name="full">Seeds of the full profile.</param>
    /// <param name="thorough">Seeds of the thorough profile.</param>
    /// <exception cref="ArgumentException">There cannot be so many.</exception>
    public int[] Seeds(int first, int asked, int quick, int full, int thorough)
    {
        NotebookParameter.Between("SEEDS", asked, 0, 1000, "networks per condition, 0 for the profile's number");
        return [.. Enumerable.Range(first, asked > 0 ? asked : Pick(quick, full, thorough))];
    }

    /// <summary>All claims so far as a table to show.</summary>
    public ClaimTable Verdict() => new(Claims, _profile);

    /// <summary>Writes numbers and claims for other programs, to <see cref="ResultsFile.Folder"/>.</summary>
    /// <param name="numbers">As for <see cref="ResultsFile.Write"/>.</param>
    /// <returns>The line to show.</returns>
    /// <exception cref="ClaimFailedException">
    /// The run misses a claim that the committed notebook reaches; the file is written all the same.
    /// </exception>
    public string Write(IEnumerable<KeyValuePair<string, object>> numbers)
    {
        var file = ResultsFile.Write(_name, numbers, Verdict());
        return Claims.Committed is { } committed && Claims.All.FirstOrDefault(committed.IsLost) is { } lost
            ? throw new ClaimFailedException(lost.Text, $"{lost.Here}, which the committed notebook reaches")
            : $"written to {ResultsFile.Shown(file)}";
    }
}
