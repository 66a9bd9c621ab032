using Gsr.Learning;
using TorchSharp;

namespace Gsr.Tests.Learning;

[Collection(Alone.Name)]
public sealed class BuilderResourceTests
{
    [Fact]
    public void One_thread_and_two_give_the_same_graph()
    {
        var activations = NodeActivations.From(Many());
        foreach (var builder in BuilderTests.All)
        {
            var one = Alone.WithThreads(1, () => builder.Build(activations));
            Assert.Equal(one.Edges, Alone.WithThreads(2, () => builder.Build(activations)).Edges);
        }
    }

    [Fact]
    public void Activations_of_a_tensor_leave_no_tensor()
    {
        using var tensor = torch.from_array(Many());
        Assert.Equal(0, Alone.Growth(50, () => NodeActivations.From(tensor)));
    }

    private static double[,] Many()
    {
        var random = new Random(5);
        var matrix = new double[400, 500];
        for (var s = 0; s < 400; s++)
            for (var i = 0; i < 500; i++) matrix[s, i] = random.NextDouble() + (i % 7);
        return matrix;
    }
}
