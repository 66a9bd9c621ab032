using Gsr.Models;
using Gsr.Native;
using Gsr.Tests.Graphs;
using Gsr.Tests.Penalties;
using TorchSharp;

namespace Gsr.Tests.Models;

[Collection(Alone.Name)]
public sealed class DenseClassifierTests
{
    static DenseClassifierTests() => TorchNatives.Load();

    [Fact]
    public void It_is_784_128_64_10_by_default()
    {
        using var scope = torch.NewDisposeScope();
        using var model = new DenseClassifier(new());
        Assert.Equal((784 * 128) + 128 + (128 * 64) + 64 + (64 * 10) + 10, model.parameters().Sum(p => p.numel()));
        var x = torch.rand(3, 784);
        var nodes = model.Nodes(x);
        Assert.Equal([3, 64], nodes.shape);
        Assert.Equal([3, 10], model.call(x).shape);
        Assert.Same(model.AllLayers[1], model.NodeLayer);
        Near.Equal(PenaltyCases.ToArray(model.AllLayers[2].call(nodes)), PenaltyCases.ToArray(model.call(x)), 1e-6);
        // The node layer is linear by default: some of its activations are negative and not a fifth of anything.
        Assert.Equal(3, model.AllLayers.Count);
        using var bounded = new DenseClassifier(new() { NodeActivation = Activation.Sigmoid });
        Assert.All(PenaltyCases.ToArray(bounded.Nodes(x)), v => Assert.InRange(v, 0, 1));
    }

    [Fact]
    public void The_seed_decides_the_weights_and_an_ensemble_starts_with_them()
    {
        using var scope = torch.NewDisposeScope();
        var shape = new DenseClassifierOptions { Inputs = 5, Hidden = [8, 7], Nodes = 4, Classes = 3 };
        using var ensemble = new DenseClassifierEnsemble(shape, [2, 9, 2]);
        var x = torch.rand(6, 5);
        var all = ensemble.call(x.expand(3, -1, -1));
        foreach (var (seed, m) in new[] { (2, 0), (9, 1), (2, 2) })
        {
            using var single = new DenseClassifier(shape with { Seed = seed });
            Near.Equal(PenaltyCases.ToArray(single.call(x)), PenaltyCases.ToArray(all[m]), 1e-6);
        }

        Assert.NotEqual(PenaltyCases.ToArray(all[0]), PenaltyCases.ToArray(all[1]));
        Assert.Equal(PenaltyCases.ToArray(all[0]), PenaltyCases.ToArray(all[2]));
    }

    [Fact]
    public void It_comes_back_from_a_file()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            using var scope = torch.NewDisposeScope();
            using var model = new DenseClassifier(new() { Inputs = 5, Hidden = [8], Nodes = 4, Seed = 3 });
            model.Save(path);
            using var loaded = DenseClassifier.Load(path);
            var x = torch.rand(6, 5);
            Assert.Equal(PenaltyCases.ToArray(model.call(x)), PenaltyCases.ToArray(loaded.call(x)));
            Assert.Equal(model.Options.Hidden, loaded.Options.Hidden);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Calling_it_leaves_only_its_result()
    {
        using var noGradient = torch.no_grad();
        using var model = new DenseClassifier(new() { Inputs = 5 });
        using var ensemble = new DenseClassifierEnsemble(new() { Inputs = 5 }, [1, 2]);
        using var x = torch.randn(3, 5);
        using var twice = torch.randn(2, 3, 5);
        foreach (var run in new Func<torch.Tensor>[] { () => model.call(x), () => model.Nodes(x), () => ensemble.call(twice) })
            Assert.Equal(0, Alone.Growth(100, () => run().Dispose()));
    }

    [Fact]
    public void Sizes_are_checked()
    {
        Refuses("Inputs is 0", () => new DenseClassifier(new() { Inputs = 0 }));
        Refuses("Nodes is 0", () => new DenseClassifier(new() { Nodes = 0 }));
        Refuses("Classes is 1", () => new DenseClassifierEnsemble(new() { Classes = 1 }, [1]));
        Refuses("Hidden holds -1", () => new DenseClassifier(new() { Hidden = [4, -1] }));
        Refuses("seeds is empty", () => new DenseClassifierEnsemble(new(), []));
        using var ensemble = new DenseClassifierEnsemble(new() { Inputs = 5 }, [1, 2]);
        Assert.Throws<ArgumentOutOfRangeException>(() => ensemble.Member(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => ensemble.Member(-1));
    }

    private static void Refuses(string part, Func<object> action) =>
        Assert.Contains(part, Assert.ThrowsAny<ArgumentException>(action).Message);
}
