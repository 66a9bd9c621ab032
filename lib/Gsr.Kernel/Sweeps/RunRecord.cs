using System.Text.Json;
using Gsr.Internals;
using Gsr.Kernel.Documents;

namespace Gsr.Kernel.Sweeps;

/// <summary>How a run stands: the file <c>run.json</c> of its folder.</summary>
/// <param name="State">One of the states.</param>
/// <param name="Host">The machine.</param>
/// <param name="Job">The scheduler's number of the job; null where there is none.</param>
/// <param name="Started">When it began.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Memory">The most that its process held, in MB.</param>
/// <param name="Exit">The exit code that <c>gsr run</c> would have given.</param>
/// <param name="Problem">What went wrong, in one line; null for nothing.</param>
internal sealed record RunRecord(
    string State, string Host, string? Job, DateTimeOffset Started, double Seconds = 0, long Memory = 0, int Exit = 0,
    string? Problem = null)
{
    /// <summary>The states; the last two are of a run that left no record of its end, and of one to come.</summary>
    public const string Done = "done", Running = "running", Failed = "failed", OutOfTime = "out of time",
        Stopped = "stopped", Died = "died", Waiting = "waiting";

    private const string FileName = "run.json";

    /// <summary>The record of a folder; null where there is none that can be read.</summary>
    public static RunRecord? Read(string folder)
    {
        try
        {
            return JsonSerializer.Deserialize<RunRecord>(File.ReadAllText(Path.Combine(folder, FileName)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes it, whole or not at all.</summary>
    public void Write(string folder) => AtomicFile.WriteAllText(
        Path.Combine(folder, FileName), JsonSerializer.Serialize(this, JsonObjects.Compact) + "\n");

    /// <summary>Says that the run of a folder is alive.</summary>
    public static void Touch(string folder) =>
        File.SetLastWriteTimeUtc(Path.Combine(folder, FileName), DateTime.UtcNow);

    /// <summary>Whether the run of a folder was alive within the last two minutes.</summary>
    public static bool IsAlive(string folder) =>
        DateTime.UtcNow - File.GetLastWriteTimeUtc(Path.Combine(folder, FileName)) < TimeSpan.FromMinutes(2);
}
