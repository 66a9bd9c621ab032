namespace Gsr.Training;

/// <summary>Means of the loss and its terms over some steps.</summary>
internal sealed class RunningMeans
{
    private readonly OrderedDictionary<string, (double Sum, long Count)> _terms = [];
    private double _loss;
    private long _steps;

    public bool IsEmpty => _steps == 0;

    public double Loss => _loss / _steps;

    public KeyValuePair<string, double>[] Terms =>
        [.. _terms.Select(t => KeyValuePair.Create(t.Key, t.Value.Sum / t.Value.Count))];

    public void Add(double loss)
    {
        _loss += loss;
        _steps++;
    }

    public void Add(string term, double value)
    {
        var (sum, count) = _terms.GetValueOrDefault(term);
        _terms[term] = (sum + value, count + 1);
    }

    public void Clear()
    {
        (_loss, _steps) = (0, 0);
        _terms.Clear();
    }
}
