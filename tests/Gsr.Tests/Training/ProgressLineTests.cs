using Gsr.Training;

namespace Gsr.Tests.Training;

public sealed class ProgressLineTests
{
    [Fact]
    public void A_status_reads_as_one_line()
    {
        var status = Status(1200, 5000, 0.012345, seconds: 4);
        Assert.Equal("step 1,200/5,000 (24 %)  loss 0.01235  300 steps/s  0:12 left", status.ToString());
        var done = status with
        {
            Step = 5000,
            IsFinal = true,
            Elapsed = TimeSpan.FromSeconds(3725),
            Terms = [new("a", 1), new("penalty", 0.5)]
        };
        Assert.Equal(
            "step 5,000/5,000 (100 %)  loss 0.01235  a 1  penalty 0.5  1 steps/s  done in 62:05", done.ToString());
        Assert.Equal(TimeSpan.Zero, (status with { Elapsed = TimeSpan.Zero }).TimeLeft);
    }

    [Fact]
    public void A_terminal_has_one_line_rewritten()
    {
        var terminal = new StringWriter { NewLine = "\n" };
        var progress = ProgressLine.ToTerminal(terminal, "ae");
        progress.Report(Status(99_999, 100_000, 0.123456, 4));
        progress.Report(Status(100_000, 100_000, 1, 4, isFinal: true));
        var lines = terminal.ToString().Split('\r');
        Assert.Equal(["", 0], new object[] { lines[0], lines[0].Length });
        Assert.Equal(3, lines.Length);
        Assert.All(lines[1..], line => Assert.StartsWith("ae: step ", line));
        Assert.DoesNotContain('\n', lines[1]);
        Assert.EndsWith("\n", lines[2]);
        // What was longer before is written over with spaces.
        Assert.True(lines[2].TrimEnd('\n').Length >= lines[1].Length);
    }

    [Fact]
    public void A_log_has_whole_lines_now_and_then()
    {
        var log = new StringWriter { NewLine = "\n" };
        var progress = ProgressLine.ToLog(log, TimeSpan.FromSeconds(10));
        foreach (var seconds in new[] { 1.0, 9, 11, 12, 20.9, 21.5, 22 }) progress.Report(
            Status((long)(10 * seconds), 1000, 1, seconds));
        progress.Report(Status(1000, 1000, 1, 23, isFinal: true));
        var lines = log.ToString().Split('\n');
        Assert.Equal(4, lines.Length);
        Assert.Equal(["step 110/", "step 215/", "step 1,00"], lines[..3].Select(l => l[..9]));
        Assert.DoesNotContain('\r', log.ToString());
    }

    private static TrainingStatus Status(long step, long steps, double loss, double seconds, bool isFinal = false) =>
        new(step, steps, 1, loss, [new("a", loss)], TimeSpan.FromSeconds(seconds), isFinal);
}
