using System.Runtime.Intrinsics;
using Gsr.Models;
using Gsr.Training;
using TorchSharp;

namespace Gsr.Tests.Training;

[Collection(Alone.Name)]
public sealed class ConvolutionTests
{
    public static TheoryData<int> Cases => [.. Enumerable.Range(0, 40)];

    private static readonly Activation[] Known = [Activation.None, Activation.ReLU, Activation.LeakyReLU];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Output_and_gradients_are_libtorchs_for_random_shapes(int seed)
    {
        using var scope = torch.NewDisposeScope();
        var random = new Random(seed);
        int kernel = random.Next(1, 8), channels = seed % 4 == 0 ? 1 : random.Next(1, 40);
        int filters = random.Next(1, 70), stride = seed % 5 == 0 ? random.Next(1, 4) : 1;
        int padding = random.Next(kernel), batch = seed % 6 == 0 ? 1 : random.Next(1, 40);
        int Side() => random.Next(Math.Max(1, kernel + stride - (2 * padding)), 20);
        using var ours = new ConvolutionBlock(
            channels, filters, kernel, Known[random.Next(3)], stride, padding, pools: random.Next(3) > 0);
        // Of few digits: sums are exact, and of equal pixels there are many. Else rounding decides which is the largest.
        using (torch.no_grad())
            foreach (var parameter in ours.parameters()) parameter.mul_(64).round_().div_(64);
        var images = torch.randn(batch, channels, Side(), Side()).mul_(8).round_().div_(8);
        torch.Tensor[] Run(bool fused, int threads) => Alone.WithThreads<torch.Tensor[]>(threads, () =>
        {
            ours.IsFused = fused;
            foreach (var parameter in ours.parameters()) parameter.grad = null;
            var input = images.clone().requires_grad_();
            var output = ours.call(input);
            // Between 1 and 2: a sum that cancels would say nothing.
            var towards = torch.sin(torch.arange(output.numel(), dtype: torch.float32)).view(output.shape);
            towards = (towards * 0.5) + 1.5;
            (output * towards).sum().backward();
            return [output.detach(), input.grad!, .. ours.parameters().Select(p => p.grad!.clone())];
        });

        var (expected, alone, together) = (Run(false, 1), Run(true, 1), Run(true, 2));
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i].shape, alone[i].shape);
            var (theirs, own) = (Values(expected[i]), Values(alone[i]));
            var size = theirs.Max(Math.Abs);
            for (var j = 0; j < own.Length; j++) Assert.Equal(theirs[j], own[j], 1e-5f * Math.Max(1e-2f, size));
            Assert.Equal(own, Values(together[i]));
        }

        using (torch.no_grad())
        {
            ours.IsFused = true;
            Assert.Equal(Values(alone[0]), Values(ours.call(images)));
        }
    }

    [Theory]
    [InlineData(Activation.ReLU)]
    [InlineData(Activation.LeakyReLU)]
    public void Of_equal_pixels_the_one_that_libtorch_takes_has_the_gradient(Activation activation)
    {
        using var scope = torch.NewDisposeScope();
        // Whole numbers of a small range: many are equal, many are 0, and every sum is exact.
        using var ours = new ConvolutionBlock(1, 2, 1, activation, pools: true);
        using (torch.no_grad())
        {
            foreach (var parameter in ours.parameters()) parameter.zero_();
            ours.parameters().First().add_(1);
        }

        var images = torch.randint(-2, 3, [7, 1, 9, 6], torch.float32);
        // libtorch's ReLU lets the gradient of NaN pass; a loss of NaN ends a training before.
        if (activation == Activation.LeakyReLU) images[0, 0, 0, 1] = float.NaN;
        float[] Gradient(bool fused)
        {
            ours.IsFused = fused;
            var input = images.clone().requires_grad_();
            ours.call(input).sum().backward();
            return Values(input.grad!);
        }

        Assert.Equal(Gradient(fused: false), Gradient(fused: true));
    }

    [Fact]
    public unsafe void Every_width_of_vectors_gives_the_same_product()
    {
        const int Rows = 13, Depth = 21;
        var random = new Random(1);
        var a = Numbers(Rows + Depth);
        int[] rowAt = [.. Enumerable.Range(0, Rows)], depthAt = [.. Enumerable.Range(0, Depth)];
        Check<Vector512<float>, Lanes512>();
        Check<Vector256<float>, Lanes256>();
        Check<Vector128<float>, Lanes128>();

        void Check<TVector, TLanes>()
            where TLanes : struct, ILanes<TVector>
        {
            var panel = 2 * TLanes.Count;
            var (b, c) = (Numbers(Depth * panel), new float[Rows * panel]);
            int[] cAt = [.. Enumerable.Range(0, Rows).Select(row => row * panel)];
            fixed (float* pa = a, pb = b, pc = c)
            fixed (int* rows = rowAt, columns = depthAt, to = cAt)
            {
                PatchProduct.Block<TVector, TLanes>(pa, rows, Rows, columns, Depth, pb, pc, to, null);
                PatchProduct.Block<TVector, TLanes>(pa, rows, Rows, columns, Depth, pb, pc, to, null);
            }

            for (var row = 0; row < Rows; row++)
            {
                for (var i = 0; i < panel; i++)
                {
                    var sum = Enumerable.Range(0, Depth).Sum(k => (double)a[row + k] * b[(k * panel) + i]);
                    Assert.Equal(2 * sum, c[(row * panel) + i], 1e-5);
                }
            }
        }

        float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
    }

    [Fact]
    public void What_is_no_image_in_single_precision_on_a_CPU_is_libtorchs()
    {
        using var scope = torch.NewDisposeScope();
        using var convolution = new ConvolutionBlock(2, 3, 3, Activation.LeakyReLU, padding: 1, pools: true);
        using var single = convolution.call(torch.ones(2, 2, 4, 4));
        Assert.ThrowsAny<Exception>(() => convolution.call(torch.ones(2, 1, 4, 4)));
        Assert.ThrowsAny<Exception>(() => convolution.call(torch.ones(2, 2, 1, 1)));
        Assert.Equal([0, 3, 2, 2], convolution.call(torch.ones(0, 2, 4, 4)).shape);
        Assert.Equal([3, 2, 2], convolution.call(torch.ones(2, 4, 4)).shape);
        convolution.to(torch.float64);
        var twice = convolution.call(torch.ones(2, 2, 4, 4, torch.float64));
        Assert.Equal(torch.ScalarType.Float64, twice.dtype);
        foreach (var (a, b) in Values(single).Zip(Values(twice.to(torch.float32)))) Assert.Equal(a, b, 1e-5f);
    }

    [Fact]
    public void A_thousand_steps_of_a_classifier_end_where_libtorchs_end()
    {
        using var scope = torch.NewDisposeScope();
        var images = torch.rand(64, 1, 8, 8);
        var labels = images.flatten(1).argmax(1).remainder(4);
        double[] Train(bool fused)
        {
            using var model = new GridClassifier(new()
            {
                ImageSize = 8,
                GridSize = 4,
                Classes = 4,
                Seed = 1,
                ConvolutionAfterGrid = true,
            });
            var trainer = new Trainer(model, model.Objective);
            Assert.Contains("one node", trainer.ToString());
            var history = trainer.Fit([images, labels], new TrainingOptions
            {
                Steps = 1000,
                Seed = 3,
                LearningRate = 1e-4,
                Fused = fused,
                Threads = 1,
                StepsPerRecord = 100,
            });
            return [.. history.Losses];
        }

        var (ours, theirs) = (Train(true), Train(false));
        Assert.True(ours[^1] < ours[0] / 2, $"The loss went from {ours[0]} to {ours[^1]}.");
        // Rounding grows from step to step: it is not seen in the first hundreds, and is half a per cent at the end.
        for (var i = 0; i < ours.Length; i++) Assert.Equal(theirs[i], ours[i], (i < 4 ? 1e-5 : 2e-2) * theirs[i]);
    }

    [Fact]
    public void Nothing_is_left_of_a_step()
    {
        using var images = torch.randn(20, 1, 8, 8);
        using var labels = torch.zeros(20, torch.ScalarType.Int64);
        using var model = new GridClassifier(new() { ImageSize = 8, GridSize = 4 });
        var options = new TrainingOptions { Steps = 3, BatchSize = 20 };
        Assert.Equal(0, Alone.Growth(5, () => new Trainer(model, model.Objective).Fit([images, labels], options)));
    }

    private static float[] Values(torch.Tensor tensor) => tensor.contiguous().data<float>().ToArray();
}
