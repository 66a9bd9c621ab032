namespace Gsr.Training;

/// <summary>Training stopped because a term of the loss was NaN or infinite; no update was made from it.</summary>
public sealed class DivergenceException : Exception
{
    internal DivergenceException(long step, string term, double value, string remedy)
        : base($"Training diverged at step {step}: the term '{term}' is {value}. {remedy}") =>
        (Step, Term, Value) = (step, term, value);

    /// <summary>The step, from 0.</summary>
    public long Step { get; }

    /// <summary>The name of the first term that is not finite.</summary>
    public string Term { get; }

    /// <summary>NaN or an infinity.</summary>
    public double Value { get; }
}
