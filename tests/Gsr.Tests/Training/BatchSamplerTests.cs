using Gsr.Tests.Penalties;
using Gsr.Training;
using TorchSharp;

namespace Gsr.Tests.Training;

public sealed class BatchSamplerTests
{
    [Theory]
    [InlineData(10, 3)]
    [InlineData(10, 5)]
    [InlineData(10, 10)]
    [InlineData(10, 64)]
    [InlineData(1, 1)]
    [InlineData(257, 32)]
    public void Each_epoch_visits_every_example_once(int count, int batchSize)
    {
        using var examples = torch.arange(count);
        using var sampler = new BatchSampler([examples], batchSize, seed: 7);
        Assert.Equal((count + batchSize - 1) / batchSize, sampler.BatchesPerEpoch);
        List<long>? last = null;
        for (var epoch = 0; epoch < 3; epoch++)
        {
            var seen = Epoch(sampler);
            Assert.Equal(Enumerable.Range(0, count).Select(i => (long)i), seen.Order());
            if (count > 9) Assert.NotEqual(last, seen);
            last = seen;
        }
    }

    [Fact]
    public void Only_the_last_batch_of_an_epoch_is_smaller()
    {
        using var examples = torch.arange(10);
        using var sampler = new BatchSampler([examples], 4, seed: 1);
        for (var epoch = 0; epoch < 2; epoch++)
        {
            foreach (var expected in new[] { 4, 4, 2 })
            {
                using var batch = sampler.Next()[0];
                Assert.Equal(expected, batch.shape[0]);
            }
        }
    }

    [Fact]
    public void The_seed_alone_decides_the_order()
    {
        using var examples = torch.arange(100);
        Assert.Equal(Order(3), Order(3));
        Assert.NotEqual(Order(3), Order(4));

        List<long> Order(int seed)
        {
            torch.rand(seed).Dispose();
            using var sampler = new BatchSampler([examples], 7, seed);
            return [.. Epoch(sampler), .. Epoch(sampler)];
        }
    }

    [Fact]
    public void Rows_of_all_tensors_belong_together()
    {
        using var scope = torch.NewDisposeScope();
        var images = torch.arange(20 * 6, dtype: torch.float32).reshape(20, 1, 2, 3);
        var labels = torch.arange(20);
        using var sampler = new BatchSampler([images, labels], 6, seed: 2);
        for (var i = 0; i < 8; i++)
        {
            var batch = sampler.Next();
            Assert.Equal([batch[1].shape[0], 1, 2, 3], batch[0].shape);
            var ids = batch[1].data<long>().ToArray();
            Assert.Equal(ids.SelectMany(id => Enumerable.Range((int)id * 6, 6))
                .Select(v => (double)v), PenaltyCases.ToArray(batch[0]));
        }
    }

    [Fact]
    public void Errors_name_what_is_wrong()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Throws<ArgumentException>("examples", () => new BatchSampler([], 1, 0));
        Assert.Throws<ArgumentException>("examples", () => new BatchSampler([torch.zeros(0, 3)], 1, 0));
        Assert.Throws<ArgumentException>("examples", () => new BatchSampler([torch.zeros(10), torch.zeros(9)], 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("batchSize", () => new BatchSampler([torch.zeros(10)], 0, 0));
        Assert.Throws<ArgumentException>("examples", () => new BatchSampler([torch.tensor(1f)], 1, 0));
    }

    private static List<long> Epoch(BatchSampler sampler)
    {
        var seen = new List<long>();
        for (var i = 0; i < sampler.BatchesPerEpoch; i++)
        {
            using var batch = sampler.Next()[0];
            seen.AddRange(batch.data<long>().ToArray());
        }

        return seen;
    }
}
