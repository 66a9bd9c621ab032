using System.Diagnostics;
using Gsr.Analysis.Pictures;
using Gsr.Training;

namespace Gsr.Benchmarks;

/// <summary>A live display that is drawn and thrown away, and the time that this takes.</summary>
internal sealed class MeasuredProgress : IProgress<TrainingStatus>
{
    private readonly LiveProgress _live;
    private long _ticks;

    public MeasuredProgress() => _live = LiveProgress.On(view =>
    {
        Draw(view);
        return Draw;
    });

    public int Pictures { get; private set; }

    public TimeSpan Spent => Stopwatch.GetElapsedTime(0, _ticks);

    public void Report(TrainingStatus value)
    {
        var start = Stopwatch.GetTimestamp();
        _live.Report(value);
        _ticks += Stopwatch.GetTimestamp() - start;
    }

    private void Draw(TrainingView view)
    {
        Pictures++;
        GC.KeepAlive(view.ToHtml() + view);
    }
}
