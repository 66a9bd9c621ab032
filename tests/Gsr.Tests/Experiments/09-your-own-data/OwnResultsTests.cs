using Gsr.Experiments.OwnData;
using Gsr.SingleCell;
using Gsr.SingleCell.Preparation;
using Gsr.SingleCell.Simulation;

namespace Gsr.Tests.Experiments.OwnData;

public sealed class OwnResultsTests : IDisposable
{
    private static readonly AnnotatedMatrix Cells =
        SyntheticCells.Generate(new() { Groups = 3, Cells = 120, Seed = 1 });

    private readonly string _folder = Directory.CreateTempSubdirectory("gsr-results-").FullName;

    [Fact]
    public void Nodes_cells_and_a_file_for_scanpy_are_left_and_the_same_run_leaves_them_once()
    {
        var results = Results(3);
        string[] names = ["x.nodes.csv", "x.cells.csv", "x.gsr.h5ad"];
        Assert.Equal(names, results.Write(_folder).Select(Path.GetFileName));
        Assert.Equal(names, results.Write(_folder).Select(Path.GetFileName));
        Assert.Equal(3, Directory.GetFileSystemEntries(_folder).Length);

        var nodes = File.ReadAllLines(Path.Combine(_folder, names[0]));
        Assert.Equal("node,module,place,module_stability,seed,networks,top_genes,correlations", nodes[0]);
        Assert.Equal(7, nodes.Length);
        Assert.Equal(Enumerable.Range(1, 6), nodes.Skip(1).Select(line => int.Parse(line.Split(',')[0])).Order());

        var cells = File.ReadAllLines(Path.Combine(_folder, names[1]));
        Assert.Equal("cell,cell_type,library_size,gsr_class,gsr_order,module_1,module_2,module_3", cells[0]);
        Assert.Equal(Cells.CellTable.Names, cells.Skip(1).Select(line => line.Split(',')[0]));
        Assert.All(cells.Skip(1), line => Assert.Equal(8, line.Split(',').Length));
    }

    [Fact]
    public void A_network_without_modules_leaves_its_nodes_and_cells_all_the_same()
    {
        var paths = Results(0).Write(_folder, new Dictionary<string, object> { ["alpha"] = 0.001 });
        Assert.Equal("2,,,,0,4", File.ReadAllLines(paths[0])[2][..8]);
        Assert.Equal(
            "cell,cell_type,library_size,gsr_class,gsr_order", File.ReadLines(paths[1]).First());
        Assert.True(new FileInfo(paths[2]).Length > 0);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static OwnResults Results(int modules)
    {
        var (inputs, _) = Networks.Groups(120, 3, 3, seed: 1);
        TrainedModules data = Networks.Of(inputs, modules: 3), other = Networks.Of(MatchedNull.Of(inputs, 1));
        if (modules == 0)
        {
            var alone = Gsr.Graphs.FeatureGraph.FromEdges(6, []);
            data = data with
            {
                Graphs = [.. data.Graphs.Select(graph => graph with { Graph = alone })],
                Modules = [.. data.Codes.Select(code => ModuleActivations.Of(code, alone))],
            };
        }

        return new("x", Cells.CellTable, Cells.GeneTable, data,
            NamedModules.Of(data.Modules[0], data.Codes[0], NetworkInputs.Of(Cells)), StructureVerdict.Of(data, other));
    }
}
