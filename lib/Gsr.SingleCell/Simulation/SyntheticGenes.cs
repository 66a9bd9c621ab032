namespace Gsr.SingleCell.Simulation;

/// <summary>The genes of synthetic cells: module by module, their markers first, then the background.</summary>
internal sealed class SyntheticGenes
{
    private readonly string[] _modules;
    private readonly int[] _moduleOf;
    private readonly bool[] _markers;
    private readonly double[] _levels;
    private readonly double _logFold;

    public SyntheticGenes(SyntheticCellsOptions options, string[] modules)
    {
        _modules = modules;
        _logFold = Math.Log(options.FoldChange);
        int count = checked((modules.Length * options.GenesPerModule) + options.BackgroundGenes);
        (_moduleOf, _markers, _levels) = (new int[count], new bool[count], new double[count]);
        for (int gene = 0; gene < count; gene++)
        {
            int module = gene / options.GenesPerModule;
            _moduleOf[gene] = module < modules.Length ? module : -1;
            _markers[gene] = _moduleOf[gene] >= 0 && gene % options.GenesPerModule < options.MarkersPerModule;
            _levels[gene] = SyntheticCells.BaseLevel(options, gene, _moduleOf[gene] >= 0) / (_markers[gene] ? options.FoldChange : 1);
        }
    }

    public int Count => _levels.Length;

    /// <summary>Writes the expected counts of a cell, whose sum is its library size.</summary>
    public void Means(double[] activity, double[] noise, double size, double[] means)
    {
        double sum = 0;
        for (int gene = 0; gene < means.Length; gene++)
        {
            int module = _moduleOf[gene];
            double exponent = module < 0 ? 0 : (activity[module] * _logFold * (_markers[gene] ? 2 : 1)) + noise[module];
            means[gene] = _levels[gene] * Math.Exp(exponent);
            sum += means[gene];
        }
        for (int gene = 0; gene < means.Length; gene++)
            means[gene] *= size / sum;
    }

    public AnnotationTable Table()
    {
        var numbers = new int[_modules.Length + 1];
        string[] names = Array.ConvertAll(_moduleOf, module => module < 0 ? "background" : _modules[module]);
        return new AnnotationTable(_moduleOf.Select((module, gene) => $"{names[gene]}_gene{++numbers[module + 1]}"))
            .With("module", names).With("marker", _markers).With("base_level", _levels);
    }
}
