using Gsr.Experiments.OwnData;
using Gsr.Graphs;
using Gsr.SingleCell;
using Gsr.SingleCell.Preparation;
using Gsr.SingleCell.Simulation;

namespace Gsr.Tests.Experiments.OwnData;

public sealed class NamedModulesTests
{
    private static readonly AnnotatedMatrix Cells =
        SyntheticCells.Generate(new() { Groups = 3, Cells = 300, Seed = 1 });

    private static readonly NetworkInputs Inputs = NetworkInputs.Of(Cells, new() { MinGenes = 0 });

    [Fact]
    public void A_module_that_follows_one_group_has_genes_of_that_group_alone()
    {
        var labels = CellLabels.Of(Cells.CellTable, "cell_type");
        var named = Named((cell, node) => labels.Numbers[cell] == node / 2 ? 1 : 0);
        Assert.Equal(1, named.ShareOfOneGroup(Inputs.GeneTable, "module"), 1e-12);
        Assert.InRange(NamedModules.ShareByChance(Inputs.GeneTable, "module"), 0.3, 0.9);
        Assert.Equal(3, named.Table().Length);
        Assert.Equal([1, 1, 2, 2, 3, 3], named.ModuleOfNode());
        Assert.All(named.Markers(), gene => Assert.Contains("group", gene));
        Assert.Equal("2", named.Names()[1]);
    }

    [Fact]
    public void Modules_of_noise_have_genes_of_several_groups()
    {
        var random = new Random(5);
        var noise = Enumerable.Range(0, 300 * 3).Select(_ => random.NextSingle()).ToArray();
        var named = Named((cell, node) => noise[3 * cell + node / 2]);
        Assert.InRange(named.ShareOfOneGroup(Inputs.GeneTable, "module"), 0.1, 0.9);
    }

    [Fact]
    public void Without_a_module_there_is_no_share_and_nodes_have_their_numbers()
    {
        var codes = new float[300, 2];
        for (var cell = 0; cell < 300; cell++) codes[cell, 0] = cell;
        var alone = FeatureGraph.FromEdges(2, []);
        var named = NamedModules.Of(ModuleActivations.Of(codes, alone), codes, Inputs);
        Assert.Equal(double.NaN, named.ShareOfOneGroup(Inputs.GeneTable, "module"));
        Assert.Equal(["1", "2"], named.Names());
        Assert.NotEmpty(named.Markers());
    }

    private static NamedModules Named(Func<int, int, float> activation)
    {
        var codes = new float[300, 6];
        for (var cell = 0; cell < 300; cell++)
            for (var node = 0; node < 6; node++) codes[cell, node] = activation(cell, node);
        return NamedModules.Of(ModuleActivations.Of(codes, FeatureGraph.Path(2).Copies(3)), codes, Inputs);
    }
}
