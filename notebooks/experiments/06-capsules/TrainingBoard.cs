namespace Gsr.Experiments.Capsules;

/// <summary>A line for each of several trainings that run side by side, in their order, renewed as each goes on.</summary>
/// <param name="count">How many there are.</param>
/// <param name="show">Shows all lines so far as one text.</param>
public sealed class TrainingBoard(int count, Action<string> show)
{
    private readonly string?[] _lines = new string?[count];

    /// <summary>Renews a training's line; from any thread.</summary>
    public void Show(int training, string line)
    {
        lock (_lines)
        {
            _lines[training] = line;
            show(string.Join('\n', _lines.OfType<string>()));
        }
    }
}
