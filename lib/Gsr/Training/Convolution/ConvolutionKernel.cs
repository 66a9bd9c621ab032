using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using TorchSharp;

namespace Gsr.Training;

/// <summary>
/// A convolution, its bias, pooling and activation for one image at a time, in single precision. An image's sums stay in
/// cache until they are pooled, and the gradients of the sums until the products of which they are part.
/// </summary>
/// <param name="shape">Sizes and places.</param>
/// <param name="slope">The activation is max(x, slope · x): 1 for none, 0 for ReLU.</param>
internal sealed unsafe class ConvolutionKernel(ConvolutionShape shape, float slope)
{
    private const int Lanes = 8;

    // A mark beside the place of the largest of four: whether the activation's argument was above 0.
    private const int Positive = 4;

    private static readonly int Panel = PatchProduct.Panel;

    /// <summary>Floats of the sums of an image.</summary>
    public int Sums => shape.Panels * shape.Pixels * Panel;

    /// <summary>Numbers of an image's result, by panels.</summary>
    public int PanelResults => shape.Panels * shape.Results * Panel;

    /// <summary>Floats of the weights by panels.</summary>
    public int PanelWeights => shape.Panels * shape.PatchAt.Length * Panel;

    /// <summary>Floats of the biases by panels.</summary>
    public int PanelBiases => shape.Panels * Panel;

    /// <summary>The weights by panels, and the biases behind them.</summary>
    public AlignedFloats Panels(torch.Tensor weight, torch.Tensor bias)
    {
        var panels = new AlignedFloats(PanelWeights + PanelBiases);
        var to = panels.Start;
        var at = shape.WeightAt;
        fixed (byte* weights = weight.bytes, biases = bias.bytes)
        {
            for (var i = 0; i < at.Length; i++) to[at[i]] = ((float*)weights)[i];
            for (var i = 0; i < shape.Filters; i++) to[PanelWeights + i] = ((float*)biases)[i];
        }

        return panels;
    }

    /// <summary>The weights as the gradient of an image needs them.</summary>
    public AlignedFloats Turned(torch.Tensor weight)
    {
        var turned = new AlignedFloats(shape.Kernel * shape.PanelsOfRow * shape.Filters * Panel);
        var to = turned.Start;
        var at = shape.TurnedAt;
        fixed (byte* weights = weight.bytes)
        {
            for (var i = 0; i < at.Length; i++) to[at[i]] = ((float*)weights)[i];
        }

        return turned;
    }

    /// <summary>The gradients of weights and biases, of which each piece of memory begins with a share.</summary>
    public void AddUp(AlignedFloats[] shares, torch.Tensor ofWeight, torch.Tensor ofBias)
    {
        fixed (byte* weights = ofWeight.bytes, biases = ofBias.bytes)
        {
            for (var i = 0; i < PanelWeights + PanelBiases; i += Lanes)
            {
                var sum = Vector256.Load(shares[0].Start + i);
                foreach (var share in shares.AsSpan(1)) sum += Vector256.Load(share.Start + i);
                sum.Store(shares[0].Start + i);
            }

            var from = shares[0].Start;
            var at = shape.WeightAt;
            for (var i = 0; i < at.Length; i++) ((float*)weights)[i] = from[at[i]];
            for (var i = 0; i < shape.Filters; i++) ((float*)biases)[i] = from[PanelWeights + i];
        }
    }

    /// <summary>From [channels, height, width] to an image with its padding, which is zero and stays so.</summary>
    public void Pad(float* image, float* padded)
    {
        for (var y = 0; y < shape.Height; y++)
        {
            var row = padded + ((y + shape.Padding) * shape.Pitch) + (shape.Padding * shape.Channels);
            for (var c = 0; c < shape.Channels; c++)
            {
                var from = image + (((c * shape.Height) + y) * shape.Width);
                for (var x = 0; x < shape.Width; x++) row[(x * shape.Channels) + c] = from[x];
            }
        }
    }

    /// <summary>The way back, of an image's gradient.</summary>
    public void Unpad(float* padded, float* image)
    {
        for (var y = 0; y < shape.Height; y++)
        {
            var row = padded + ((y + shape.Padding) * shape.Pitch) + (shape.Padding * shape.Channels);
            for (var c = 0; c < shape.Channels; c++)
            {
                var to = image + (((c * shape.Height) + y) * shape.Width);
                for (var x = 0; x < shape.Width; x++) to[x] = row[(x * shape.Channels) + c];
            }
        }
    }

    /// <summary>An image's result, [filters, height, width], and what its gradient needs to know, by panels.</summary>
    /// <param name="padded">The image.</param>
    /// <param name="weights">By panels, and the biases behind them.</param>
    /// <param name="sums">Room for the sums.</param>
    /// <param name="results">Room for the results by panels.</param>
    /// <param name="marks">By panels; null where no gradient is needed.</param>
    /// <param name="to">The result.</param>
    public void Forward(float* padded, float* weights, float* sums, float* results, int* marks, float* to)
    {
        for (var panel = 0; panel < shape.Panels; panel++)
        {
            PatchProduct.Multiply(
                padded, shape.PixelAt, shape.PatchAt, weights + (panel * shape.PatchAt.Length * Panel),
                sums + (panel * shape.Pixels * Panel), shape.RowAt, weights + PanelWeights + (panel * Panel));
            var at = panel * shape.Results * Panel;
            Pool(sums + (panel * shape.Pixels * Panel), results + at, marks is null ? null : marks + at);
        }

        for (var o = 0; o < shape.Filters; o++)
        {
            var from = results + (o / Panel * shape.Results * Panel) + (o % Panel);
            for (var i = 0; i < shape.Results; i++) to[(o * shape.Results) + i] = from[i * Panel];
        }
    }

    /// <summary>The gradient of the sums of an image from that of its result; adds that of the biases.</summary>
    /// <param name="gradient">[filters, height, width].</param>
    /// <param name="marks">By panels.</param>
    /// <param name="results">Room by panels.</param>
    /// <param name="sums">The gradient; pixels that no result has seen are zero and stay so.</param>
    /// <param name="biases">By panels.</param>
    public void BackwardOfResult(float* gradient, int* marks, float* results, float* sums, float* biases)
    {
        for (var o = 0; o < shape.Filters; o++)
        {
            var to = results + (o / Panel * shape.Results * Panel) + (o % Panel);
            for (var i = 0; i < shape.Results; i++) to[i * Panel] = gradient[(o * shape.Results) + i];
        }

        for (var panel = 0; panel < shape.Panels; panel++)
        {
            var at = panel * shape.Results * Panel;
            Unpool(results + at, marks + at, sums + (panel * shape.Pixels * Panel), biases + (panel * Panel));
        }
    }

    /// <summary>Adds to the gradient of the weights, by panels.</summary>
    public void BackwardOfWeights(float* padded, float* sums, float* weights)
    {
        for (var panel = 0; panel < shape.Panels; panel++)
        {
            PatchProduct.Multiply(
                padded, shape.PatchAt, shape.PixelAt, sums + (panel * shape.Pixels * Panel),
                weights + (panel * shape.PatchAt.Length * Panel), shape.RowAt, null);
        }
    }

    /// <summary>Adds to the gradient of an image with its padding, which begins with zeros.</summary>
    public void BackwardOfImage(float* sums, float* turned, float* padded)
    {
        for (var y = 0; y < shape.Kernel; y++)
        {
            for (var panel = 0; panel < shape.PanelsOfRow; panel++)
            {
                PatchProduct.Multiply(
                    sums, shape.RowAt.AsSpan(0, shape.Pixels), shape.FilterAt,
                    turned + (((y * shape.PanelsOfRow) + panel) * shape.Filters * Panel),
                    padded + (y * shape.Pitch) + (panel * Panel), shape.PixelAt, null);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pool(float* sums, float* results, int* marks)
    {
        nint right = Panel, below = shape.OutWidth * Panel;
        for (var y = 0; y < shape.ResultHeight; y++)
        {
            for (var x = 0; x < shape.ResultWidth; x++)
            {
                var pixel = shape.Pools ? (2 * y * shape.OutWidth) + (2 * x) : (y * shape.OutWidth) + x;
                var at = ((y * shape.ResultWidth) + x) * Panel;
                for (var lane = 0; lane < Panel; lane += Lanes)
                {
                    var from = sums + (pixel * Panel) + lane;
                    var largest = Vector256.Load(from);
                    var mark = Vector256<int>.Zero;
                    if (shape.Pools)
                    {
                        Larger(Vector256.Load(from + right), 1, ref largest, ref mark);
                        Larger(Vector256.Load(from + below), 2, ref largest, ref mark);
                        Larger(Vector256.Load(from + below + right), 3, ref largest, ref mark);
                    }

                    Vector256.Max(largest, largest * slope).Store(results + at + lane);
                    if (marks is null) continue;
                    var positive = Vector256.GreaterThan(largest, Vector256<float>.Zero).AsInt32();
                    (mark | (positive & Vector256.Create(Positive))).Store(marks + at + lane);
                }
            }
        }
    }

    // As libtorch does: of equal ones the first, and NaN before any number.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Larger(Vector256<float> value, int place, ref Vector256<float> largest, ref Vector256<int> mark)
    {
        var taken = Vector256.GreaterThan(value, largest) | ~Vector256.Equals(value, value);
        largest = Vector256.ConditionalSelect(taken, value, largest);
        mark = Vector256.ConditionalSelect(taken.AsInt32(), Vector256.Create(place), mark);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Unpool(float* results, int* marks, float* sums, float* biases)
    {
        nint right = Panel, below = shape.OutWidth * Panel;
        for (var y = 0; y < shape.ResultHeight; y++)
        {
            for (var x = 0; x < shape.ResultWidth; x++)
            {
                var pixel = shape.Pools ? (2 * y * shape.OutWidth) + (2 * x) : (y * shape.OutWidth) + x;
                var at = ((y * shape.ResultWidth) + x) * Panel;
                for (var lane = 0; lane < Panel; lane += Lanes)
                {
                    var mark = Vector256.Load(marks + at + lane);
                    var positive = Vector256.GreaterThanOrEqual(mark, Vector256.Create(Positive)).AsSingle();
                    var gradient = Vector256.Load(results + at + lane);
                    gradient = Vector256.ConditionalSelect(positive, gradient, gradient * slope);
                    (Vector256.Load(biases + lane) + gradient).Store(biases + lane);
                    var to = sums + (pixel * Panel) + lane;
                    if (!shape.Pools)
                    {
                        gradient.Store(to);
                        continue;
                    }

                    mark &= Vector256.Create(Positive - 1);
                    At(gradient, mark, 0).Store(to);
                    At(gradient, mark, 1).Store(to + right);
                    At(gradient, mark, 2).Store(to + below);
                    At(gradient, mark, 3).Store(to + below + right);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> At(Vector256<float> gradient, Vector256<int> mark, int place) =>
        gradient & Vector256.Equals(mark, Vector256.Create(place)).AsSingle();
}
