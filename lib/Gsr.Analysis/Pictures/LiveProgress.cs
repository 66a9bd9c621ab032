using Gsr.Training;

namespace Gsr.Analysis.Pictures;

/// <summary>
/// Shows a training under way as one picture that is replaced in place: bar, time left, the curve of the loss and of
/// each of its terms. A callback, such as a notebook's <c>display</c>, shows a picture and replaces it.
/// </summary>
/// <example><code>
/// var options = new TrainingOptions { Epochs = 5, Progress = LiveProgress.On(view => display(view).Update) };
/// </code></example>
/// <remarks>
/// A picture is drawn at most four times a second, and always at the end; the last one depends on nothing but the
/// training's course and its times. One instance may follow several trainings in turn: each gets a display of its own.
/// </remarks>
public sealed class LiveProgress : IProgress<TrainingStatus>
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private readonly Func<TrainingView, Action<TrainingView>> _show;
    private readonly string _label;
    private readonly TimeProvider _clock;
    private RecentCourse _course = new();
    private Action<TrainingView>? _replace;
    private long _shownAt;

    private LiveProgress(Func<TrainingView, Action<TrainingView>> show, string label, TimeProvider clock) =>
        (_show, _label, _clock) = (show, label, clock);

    /// <summary>
    /// Makes a display that appears with the first status: <paramref name="show"/> shows the first picture and returns
    /// what replaces it by a later one. Both are called on the training thread, and an exception in them ends the
    /// training. The label stands in front of the line above the curves.
    /// </summary>
    public static LiveProgress On(
        Func<TrainingView, Action<TrainingView>> show, string label = "", TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(show);
        return new LiveProgress(show, label, clock ?? TimeProvider.System);
    }

    /// <inheritdoc/>
    public void Report(TrainingStatus value)
    {
        _course.Add(value);
        var now = _clock.GetTimestamp();
        if (!value.IsFinal && _replace is not null && _clock.GetElapsedTime(_shownAt, now) < Interval) return;
        _shownAt = now;
        // Statuses come by the clock and differ from run to run; the history's rows do not.
        var rows = value is { IsFinal: true, History: { } history } ? history.Thinned(RecentCourse.MostRows)
            : _course.Rows;
        var view = new TrainingView(_label, value, rows);
        if (_replace is null) _replace = _show(view);
        else _replace(view);
        if (value.IsFinal) (_replace, _course) = (null, new RecentCourse());
    }

    /// <summary>The course of the training from its statuses, in no more rows than a curve can show.</summary>
    private sealed class RecentCourse
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
}
