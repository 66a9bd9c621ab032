using Gsr.Experiments.OwnData;

namespace Gsr.Tests.Experiments.OwnData;

public class ModuleTrainingTests
{
    private static readonly ModuleTraining Training = new() { Nodes = 4, Seeds = [1, 2, 3], Steps = 100 };

    [Fact]
    public void Of_many_cells_a_condition_beside_the_data_keeps_a_sample_and_is_compared_all_the_same()
    {
        var inputs = Networks.Groups(cells: 20_400, groups: 4, inputs: 4, seed: 1).Inputs;
        var whole = Training.Train("data", inputs, alpha: 0.1);
        var part = Training.TrainToCompare("null", inputs, alpha: 0.1);
        var sample = CellSample.Of(20_400, CellSample.ForClasses);
        Assert.Equal((20_400, 20_000), (whole.Inputs.GetLength(0), part.Inputs.GetLength(0)));
        Assert.All(Enumerable.Range(0, 3), network =>
        {
            Assert.Equal(whole.Graphs[network].Graph!.Edges, part.Graphs[network].Graph!.Edges);
            for (var i = 0; i < sample.Length; i += 997)
            {
                for (var node = 0; node < 4; node++)
                {
                    Assert.Equal(whole.Codes[network][sample[i], node], part.Codes[network][i, node], 1e-5f);
                    Assert.Equal(inputs[sample[i], node], part.Inputs[i, node]);
                }
            }
        });
        var permuted = Training.TrainToCompare("null", MatchedNull.Of(inputs, seed: 1), alpha: 0.1);
        Assert.Equal(20_400, StructureVerdict.Of(whole, permuted).Classes.Numbers.Length);
        double[] quantity = [.. Enumerable.Range(0, 20_400).Select(cell => (double)inputs[cell, 0])];
        Assert.InRange(CellOrder.Of(quantity, whole, permuted).NullModule.Mean, 0, 0.1);
    }

    [Fact]
    public void Of_few_cells_it_keeps_all()
    {
        var inputs = Networks.Groups(cells: 60, groups: 3, inputs: 4, seed: 1).Inputs;
        Assert.Equal(
            Training.Train("data", inputs, alpha: 0.1).Codes[0], Training.TrainToCompare("null", inputs, 0.1).Codes[0]);
    }
}
