using Gsr.Training;

namespace Gsr.Analysis.Pictures;

/// <summary>The course of a training as its statuses told it, in no more rows than a curve can show.</summary>
internal sealed class RecentCourse
{
    /// <summary>A curve has that many points at most.</summary>
    public const int MostRows = 200;

    private readonly RunningMeans _pending = new();
    private int _pendingCount;
    private int _statusesPerRow = 1;

    /// <summary>The rows so far.</summary>
    public TrainingHistory Rows { get; private set; } = new();

    public void Add(TrainingStatus status)
    {
        _pending.Add(status.Loss);
        foreach (var (name, value) in status.Terms) _pending.Add(name, value);
        if (++_pendingCount < _statusesPerRow) return;
        Rows.Add(status.Step, _pending.Loss, _pending.Terms);
        _pending.Clear();
        _pendingCount = 0;
        if (Rows.Steps.Count < MostRows) return;
        Rows = Rows.Thinned(MostRows / 2);
        _statusesPerRow *= 2;
    }
}
