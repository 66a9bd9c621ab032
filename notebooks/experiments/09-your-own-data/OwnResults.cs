using Gsr.Analysis;
using Gsr.SingleCell;
using Gsr.SingleCell.Writing;

namespace Gsr.Experiments.OwnData;

/// <summary>
/// What a run leaves to the user: a table of nodes, a table of cells, and both as AnnData for scanpy, in the run's
/// folder and named after the data set.
/// </summary>
/// <param name="Name">Of the data set.</param>
/// <param name="Cells">Names and annotations of the cells that the networks saw.</param>
/// <param name="Genes">Those of the genes.</param>
/// <param name="Data">The networks; the first one is shown.</param>
/// <param name="Named">The first network's modules and their genes.</param>
/// <param name="Verdict">The classes of cells, and whether the data support them.</param>
public sealed record OwnResults(
    string Name, AnnotationTable Cells, AnnotationTable Genes, TrainedModules Data, NamedModules Named,
    StructureVerdict Verdict)
{
    private ModuleActivations First => Data.Modules[0];

    /// <summary>Writes NAME.nodes.csv, NAME.cells.csv and NAME.gsr.h5ad, and returns their paths.</summary>
    /// <param name="folder">The run's folder by default, see <see cref="ResultsFile.Folder"/>.</param>
    /// <param name="uns">What else the AnnData file says, such as the parameters.</param>
    public IReadOnlyList<string> Write(
        string? folder = null, IReadOnlyDictionary<string, object>? uns = null) => OwnFiles.Write(
        folder ?? ResultsFile.Folder, Name,
        ("nodes.csv", WriteNodes), ("cells.csv", WriteCells),
        ("gsr.h5ad", path => AnnData(uns ?? new Dictionary<string, object>()).Write(path)));

    /// <summary>
    /// For each node, module by module along the graph: module, place, how steady its module is (mean largest |r| with
    /// a module of the other networks), the network's seed, and the genes that rise and those that fall with it.
    /// </summary>
    private void WriteNodes(string path)
    {
        var steadiness = Steadiness();
        TableFile.Write(path,
            ["node", "module", "place", "module_stability", "seed", "networks", "top_genes", "correlations"],
            First.Nodes.SelectMany((nodes, m) => nodes.Select((node, place) => Row(node, m, place)))
                .Concat(Enumerable.Range(0, First.Labels.Count).Where(node => First.Labels[node] < 0)
                    .Select(node => Row(node, -1, 0))));

        IReadOnlyList<object?> Row(int node, int module, int place)
        {
            var genes = Named.NodeGenes.Top(node);
            return [node + 1, module < 0 ? null : module + 1, module < 0 ? null : place + 1,
                module < 0 ? null : Math.Round(steadiness[module], 3), Data.Seeds[0], Data.Seeds.Count,
                string.Join(" ", genes), string.Join(" ", genes.Select(g =>
                    FormattableString.Invariant($"{g.Correlation:F3}")))];
        }
    }

    private void WriteCells(string path)
    {
        var positions = CellOrder.Positions(Data.Codes[0], Data.Graphs[0].Graph!);
        string?[][] annotations = [.. Cells.ColumnNames.Select(Cells.Text)];
        TableFile.Write(path,
            ["cell", .. Cells.ColumnNames, "gsr_class", "gsr_order", .. Columns("module", First.Count)],
            Cells.Names.Select((name, c) => (IReadOnlyList<object?>)[name, .. annotations.Select(column => column[c]),
                Verdict.Classes.Numbers[c] + 1, Math.Round(positions[c], 4),
                .. Enumerable.Range(0, First.Count).Select(m => (object)MathF.Round(First.Values[c, m], 4))]));
    }

    private H5adFile AnnData(IReadOnlyDictionary<string, object> uns)
    {
        var positions = CellOrder.Positions(Data.Codes[0], Data.Graphs[0].Graph!);
        var correlations = Named.NodeGenes.Correlations;
        return new H5adFile(Cells
            .With("gsr_class", Array.ConvertAll(Verdict.Classes.Numbers, c => $"{c + 1}"))
            .With("gsr_order", positions), Genes)
        {
            CellArrays = new Dictionary<string, float[,]>
            {
                ["X_gsr_inputs"] = Data.Inputs,
                ["X_gsr_code"] = Data.Codes[0],
                ["X_gsr_modules"] = First.Values,
            },
            GeneArrays = new Dictionary<string, float[,]>
            {
                ["gsr_node_correlations"] = Matrices.Of(
                    correlations.GetLength(1), correlations.GetLength(0), (g, n) => (float)correlations[n, g]),
            },
            Unstructured = new Dictionary<string, object>
            {
                ["gsr"] = new Dictionary<string, object>(uns)
                {
                    ["supported"] = Verdict.IsSupported,
                    ["verdict"] = Verdict.ToString(),
                    ["seeds"] = Data.Seeds.ToArray(),
                    ["classes"] = Verdict.Choice.Chosen,
                    ["gap"] = Verdict.Gap.Value,
                    ["agreement"] = Verdict.Classes.Agreement.Mean,
                    ["module_of_node"] = First.Labels.Select(m => m + 1).ToArray(),
                },
            },
        };
    }

    /// <summary>For each module the largest |r| with a module of another network, mean over the others.</summary>
    private double[] Steadiness()
    {
        var cells = CellSample.Of(First.Values.GetLength(0), CellSample.ForComparison);
        var own = First.Values.SelectRows(cells);
        float[][,] others = [.. Data.Modules.Skip(1).Where(m => m.Count > 0).Select(m => m.Values.SelectRows(cells))];
        return [.. Enumerable.Range(0, First.Count).Select(m => others.Length == 0 ? double.NaN
            : others.Average(other => Enumerable.Range(0, other.GetLength(1))
                .Max(o => Math.Abs(Product(own, m, other, o)))))];

        static double Product(float[,] a, int i, float[,] b, int j) => Enumerable.Range(0, a.GetLength(0))
            .Average(cell => (double)a[cell, i] * b[cell, j]);
    }

    private static IEnumerable<string> Columns(string name, int count) =>
        Enumerable.Range(1, count).Select(i => $"{name}_{i}");
}
