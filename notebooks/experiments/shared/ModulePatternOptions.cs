namespace Gsr.Experiments;

/// <summary>The model of <see cref="ModulePatternGenerator"/>; the defaults are those of the paper.</summary>
public sealed record ModulePatternOptions
{
    /// <summary>n, the number of modules, 1 to 16; the data have 2ⁿ patterns.</summary>
    public required int Modules { get; init; }

    /// <summary>Columns of a module; 50 by default.</summary>
    public int ColumnsPerModule { get; init; } = 50;

    /// <summary>Columns after those of the modules that are always off, noise alone; 0 by default.</summary>
    public int NoiseColumns { get; init; }

    /// <summary>
    /// Rows of each pattern; 1,000 by default, which for n = 8 are 256,000 rows of 400 columns, 410 MB.
    /// </summary>
    public int RowsPerPattern { get; init; } = 1000;

    /// <summary>Standard deviation of the noise on the values 0 and 1; 0.1 by default.</summary>
    public double Noise { get; init; } = 0.1;

    /// <summary>What all values are multiplied by, noise included; 10 by default.</summary>
    public double Scale { get; init; } = 10;

    /// <summary>Equal seeds and options give equal data; 0 by default.</summary>
    public int Seed { get; init; }
}
