namespace Gsr.Experiments;

/// <summary>The model of <see cref="ModulePatternGenerator"/>; the defaults are those of the paper's E6.</summary>
public sealed record ModulePatternOptions
{
    /// <summary>n, the number of modules, 1 to 16; the data have 2ⁿ patterns.</summary>
    public required int Modules { get; init; }

    /// <summary>Columns of a module, 1 or more; 50 by default.</summary>
    public int ColumnsPerModule { get; init; } = 50;

    /// <summary>
    /// Rows of each pattern, 1 or more; 1,000 by default, which for n = 8 are 256,000 rows of 400 columns, 410 MB.
    /// </summary>
    public int RowsPerPattern { get; init; } = 1000;

    /// <summary>Standard deviation of the noise on the values 0 and 1; finite and not negative, 0.1 by default.</summary>
    public double Noise { get; init; } = 0.1;

    /// <summary>What all values are multiplied by, noise included; positive and finite, 10 by default.</summary>
    public double Scale { get; init; } = 10;

    /// <summary>Equal seeds and options give equal data; 0 by default.</summary>
    public int Seed { get; init; }

    internal void Check()
    {
        InRange(Modules is >= 1 and <= 16, nameof(Modules), Modules, "1 to 16");
        InRange(ColumnsPerModule >= 1, nameof(ColumnsPerModule), ColumnsPerModule, "at least 1");
        InRange(RowsPerPattern >= 1, nameof(RowsPerPattern), RowsPerPattern, "at least 1");
        InRange(double.IsFinite(Noise) && Noise >= 0, nameof(Noise), Noise, "finite and not negative");
        InRange(double.IsFinite(Scale) && Scale > 0, nameof(Scale), Scale, "positive and finite");
        InRange((double)RowsPerPattern * Math.Pow(2, Modules) * Modules * ColumnsPerModule <= Array.MaxLength, nameof(RowsPerPattern),
            RowsPerPattern, "fewer: the values do not fit one array");

        static void InRange(bool holds, string option, object value, string remedy)
        {
            if (!holds) throw new ArgumentOutOfRangeException(option, value, FormattableString.Invariant($"{option} is {value}; it must be {remedy}."));
        }
    }
}
