namespace Gsr.Training;

/// <summary>The course of a training: rows of means over consecutive steps.</summary>
public sealed class TrainingHistory
{
    private readonly List<long> _steps = [];
    private readonly List<double> _losses = [];
    private readonly Dictionary<string, List<double>> _terms = [];

    internal TrainingHistory()
    {
    }

    /// <summary>The last step of each row's interval, counted from 1.</summary>
    public IReadOnlyList<long> Steps => _steps;

    /// <summary>Mean total loss of each row.</summary>
    public IReadOnlyList<double> Losses => _losses;

    /// <summary>Names of the terms, in the order in which they first appeared.</summary>
    public IReadOnlyCollection<string> TermNames => _terms.Keys;

    /// <summary>
    /// Whether the training was not repeated but taken from an earlier run that was the same, as <c>gsr run --reuse</c>
    /// does.
    /// </summary>
    public bool IsReused { get; private init; }

    /// <summary>Wall-clock time of the whole training; of one that is reused, as it was.</summary>
    public TimeSpan Elapsed { get; internal set; }

    /// <summary>Steps done.</summary>
    public long StepCount { get; internal set; }

    /// <summary>
    /// Mean of a term in each row: task terms as in the loss, penalties without weight; NaN where it was absent.
    /// </summary>
    public IReadOnlyList<double> Term(string name) => _terms.TryGetValue(name, out var values)
        ? values
        : throw new KeyNotFoundException($"The history has no term '{name}'; it has {string.Join(", ", _terms.Keys)}.");

    /// <summary>Such as "5,000 steps in 12.3 s, loss 0.532 → 0.0123", and ", reused" where it is.</summary>
    public override string ToString() => _losses.Count == 0
        ? "no steps"
        : FormattableString.Invariant(
            $"{StepCount:n0} steps in {Elapsed.TotalSeconds:0.0} s, loss {_losses[0]:g4} → {_losses[^1]:g4}")
            + (IsReused ? ", reused" : "");

    internal void Add(long step, double loss, IEnumerable<KeyValuePair<string, double>> terms)
    {
        _steps.Add(step);
        _losses.Add(loss);
        foreach (var (name, value) in terms)
        {
            if (!_terms.TryGetValue(name, out var values)) _terms[name] = values = [];
            while (values.Count < _losses.Count - 1) values.Add(double.NaN);
            values.Add(value);
        }

        foreach (var values in _terms.Values)
            while (values.Count < _losses.Count) values.Add(double.NaN);
    }

    /// <summary>
    /// The same in no more than so many rows: each the mean of as many consecutive ones as that takes.
    /// </summary>
    internal TrainingHistory Thinned(int most)
    {
        var each = (_steps.Count + most - 1) / most;
        if (each <= 1) return this;
        var thinned = new TrainingHistory { Elapsed = Elapsed, StepCount = StepCount, IsReused = IsReused };
        for (var start = 0; start < _steps.Count; start += each)
        {
            var count = Math.Min(each, _steps.Count - start);
            thinned.Add(
                _steps[start + count - 1],
                Mean(_losses, start, count),
                _terms.Select(term => KeyValuePair.Create(term.Key, Mean(term.Value, start, count))));
        }

        return thinned;
    }

    /// <summary>Writes it for <see cref="Read"/>.</summary>
    internal void Write(BinaryWriter writer)
    {
        writer.Write(StepCount);
        writer.Write(Elapsed.Ticks);
        writer.Write(_steps.Count);
        writer.Write(_terms.Count);
        foreach (var step in _steps) writer.Write(step);
        foreach (var loss in _losses) writer.Write(loss);
        foreach (var (name, values) in _terms)
        {
            writer.Write(name);
            foreach (var value in values) writer.Write(value);
        }
    }

    /// <summary>What <see cref="Write"/> has written, as a history that is reused.</summary>
    internal static TrainingHistory Read(BinaryReader reader)
    {
        var (steps, elapsed) = (reader.ReadInt64(), TimeSpan.FromTicks(reader.ReadInt64()));
        var history = new TrainingHistory { StepCount = steps, Elapsed = elapsed, IsReused = true };
        var (rows, terms) = (reader.ReadInt32(), reader.ReadInt32());
        for (var i = 0; i < rows; i++) history._steps.Add(reader.ReadInt64());
        history._losses.AddRange(Numbers());
        for (var i = 0; i < terms; i++) history._terms.Add(reader.ReadString(), Numbers());
        return history;

        List<double> Numbers() => [.. Enumerable.Range(0, rows).Select(_ => reader.ReadDouble())];
    }

    /// <summary>The last row, for a status.</summary>
    internal void AddLast(RunningMeans means)
    {
        foreach (var (name, values) in _terms) means.Add(name, values[^1]);
        means.Add(_losses[^1]);
    }

    /// <summary>Of the finite values; of none, NaN.</summary>
    private static double Mean(List<double> values, int start, int count)
    {
        var finite = values.GetRange(start, count).Where(double.IsFinite).ToList();
        return finite.Count > 0 ? finite.Average() : double.NaN;
    }
}
