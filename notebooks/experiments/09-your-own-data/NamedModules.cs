using Gsr.Analysis;
using Gsr.SingleCell;
using Gsr.SingleCell.Preparation;

namespace Gsr.Experiments.OwnData;

/// <summary>What notebook 09 shows and saves of one network's modules.</summary>
/// <param name="Modules">The modules.</param>
/// <param name="NodeGenes">Correlation of each node with each gene.</param>
/// <param name="ModuleGenes">The same for the modules; null where there is none.</param>
public sealed record NamedModules(ModuleActivations Modules, NodeGenes NodeGenes, NodeGenes? ModuleGenes)
{
    /// <summary>Names modules and nodes from activations [cells, nodes] and the genes of the same cells.</summary>
    /// <param name="modules">The modules.</param>
    /// <param name="codes">Activations of their network, [cells, nodes].</param>
    /// <param name="inputs">The cells.</param>
    /// <param name="markers">The genes that names are made of; all where null.</param>
    public static NamedModules Of(ModuleActivations modules, float[,] codes, NetworkInputs inputs,
        IReadOnlyList<string>? markers = null) => new(
        modules, NodeGenes.Of(codes, inputs, markers),
        modules.Count > 0 ? NodeGenes.Of(modules.Values, inputs, markers) : null);

    /// <summary>A name for each node: the top gene at a module's first node, else the node's number.</summary>
    public string[] Names()
    {
        string[] names = [.. Enumerable.Range(1, Modules.Labels.Count).Select(n => $"{n}")];
        for (var m = 0; m < Modules.Count; m++) names[Modules.Nodes[m][0]] = ModuleGenes!.Name(m, 1);
        return names;
    }

    /// <summary>Each node's module from 1, NaN for a node without one.</summary>
    public double[] ModuleOfNode() => [.. Modules.Labels.Select(m => m < 0 ? double.NaN : m + 1)];

    /// <summary>A line for each module: its nodes and its genes of highest correlation.</summary>
    public object[] Table(int genes = 6) => [.. Enumerable.Range(0, Modules.Count).Select(m => (object)new
    {
        module = m + 1, nodes = string.Join(", ", Modules.Nodes[m].Select(n => n + 1)),
        top_genes = string.Join(", ", ModuleGenes!.Top(m, genes).Select(g => $"{g} {Math.Abs(g.Correlation):F2}")),
    })];

    /// <summary>The first three genes of every module, at most 40; without modules ten of the first node.</summary>
    public string[] Markers()
    {
        string[] genes = [.. Enumerable.Range(0, Modules.Count)
            .SelectMany(m => ModuleGenes!.Top(m, 3).Select(g => g.Gene)).Distinct().Take(40)];
        return genes.Length > 0 ? genes : [.. NodeGenes.Top(0, 10).Select(g => g.Gene)];
    }

    /// <summary>Correlations [genes, nodes] of some genes.</summary>
    public double[,] Correlations(IReadOnlyList<string> genes, AnnotationTable geneTable) =>
        NodeGenes.Correlations.SelectColumns([.. genes.Select(geneTable.IndexOf)]).Transposed();

    /// <summary>
    /// For each module, of its ten top genes the share of the commonest value of a column of genes; NaN if there is no
    /// module.
    /// </summary>
    public double ShareOfOneGroup(AnnotationTable genes, string column) => Modules.Count == 0 ? double.NaN
        : Enumerable.Range(0, Modules.Count).Average(m => Commonest(
            ModuleGenes!.Top(m, 10).Select(g => genes.IndexOf(g.Gene)), genes, column));

    /// <summary>The same share of ten genes taken at random, mean of 999 draws.</summary>
    public static double ShareByChance(AnnotationTable genes, string column)
    {
        var random = new Random(1);
        return Enumerable.Range(0, 999).Average(_ => Commonest(
            random.GetItems([.. Enumerable.Range(0, genes.Count)], 10), genes, column));
    }

    private static double Commonest(IEnumerable<int> some, AnnotationTable genes, string column)
    {
        string[] groups = [.. some.Select(gene => genes.Text(column)[gene] ?? "")];
        return groups.CountBy(group => group).Max(group => group.Value) / (double)groups.Length;
    }
}
