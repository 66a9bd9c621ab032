namespace Gsr.Training;

/// <summary>
/// Renders training progress for whoever looks: a terminal (one line, rewritten), a log (a line now and then), or any
/// callback. <c>LiveProgress</c> of Gsr.Analysis draws, where there is a display to draw on.
/// </summary>
/// <example><code>
/// var shown = display("training");                                   // in a notebook
/// var options = new TrainingOptions { Epochs = 5, Progress = ProgressLine.To(s => shown.Update(s.ToString())) };
/// </code></example>
public sealed class ProgressLine : IProgress<TrainingStatus>
{
    private readonly Action<TrainingStatus> _render;

    private ProgressLine(Action<TrainingStatus> render) => _render = render;

    /// <summary>
    /// Calls <paramref name="render"/> with each status, on the training thread; an exception in it ends the training.
    /// </summary>
    public static ProgressLine To(Action<TrainingStatus> render) => new(render);

    /// <summary>
    /// For the console: rewrites one line on a terminal, and writes a line every ten seconds where output is
    /// redirected.
    /// </summary>
    public static ProgressLine ToConsole(string label = "") =>
        Console.IsOutputRedirected ? ToLog(Console.Out, TimeSpan.FromSeconds(10), label)
            : ToTerminal(Console.Out, label);

    /// <summary>For a terminal: one line, rewritten in place, ended at the end.</summary>
    internal static ProgressLine ToTerminal(TextWriter terminal, string label = "")
    {
        var width = 0;
        return new ProgressLine(status =>
        {
            var line = Line(label, status);
            terminal.Write('\r' + line.PadRight(width));
            width = line.Length;
            if (status.IsFinal) terminal.WriteLine();
            terminal.Flush();
        });
    }

    /// <summary>For a log: a whole line at intervals of training time, and one at the end.</summary>
    internal static ProgressLine ToLog(TextWriter log, TimeSpan interval, string label = "")
    {
        var next = interval;
        return new ProgressLine(status =>
        {
            if (!status.IsFinal && status.Elapsed < next) return;
            next = status.Elapsed + interval;
            log.WriteLine(Line(label, status));
        });
    }

    /// <inheritdoc/>
    public void Report(TrainingStatus value) => _render(value);

    internal static string Line(string label, TrainingStatus status) => label.Length == 0 ? status.ToString()
        : $"{label}: {status}";
}
