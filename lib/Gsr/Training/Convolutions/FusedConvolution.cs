using TorchSharp;
using TorchSharp.Modules;

namespace Gsr.Training;

/// <summary>
/// Convolution, pooling and activation as one node of libtorch's graph, in single precision on a CPU, on images whose
/// channels are last in memory: for the shapes of the library's own networks.
/// </summary>
/// <remarks>
/// Images are taken in parts, whose shares of the weights' gradient are added up in their order: the result is the same
/// on any number of threads. Its gradients cannot be differentiated once more: whoever needs that trains with
/// <see cref="TrainingOptions.Fused"/> off.
/// </remarks>
internal sealed unsafe class FusedConvolution : torch.autograd.SingleTensorFunction<FusedConvolution>
{
    private const int SmallestPart = 16;
    private const int MostParts = 16;
    private const string SizesKey = "sizes";

    [ThreadStatic]
    private static bool Disabled;

    /// <inheritdoc/>
    public override string Name => nameof(FusedConvolution);

    /// <summary>Leaves all to libtorch, on this thread, until the result is disposed of.</summary>
    public static IDisposable Off() => new Switch();

    /// <summary>
    /// The convolution of images [n, channels, height, width], of each 2 x 2 of its pixels the largest where it is
    /// pooled, and a ReLU with a slope below zero (1 for none). The caller owns the result, [n, outputs, rows, columns]
    /// with the channels last in memory.
    /// </summary>
    /// <returns>Null where the convolution or its images are not of a form that is known here.</returns>
    public static torch.Tensor? Of(torch.Tensor images, Conv2d convolution, bool isPooled, float slope)
    {
        if (Disabled || convolution.bias is not { } bias
            || !IsPlain(images) || !IsPlain(convolution.weight) || !IsPlain(bias)
            || images.dim() != 4 || images.shape[1] != convolution.weight.shape[1] || images.shape[0] == 0)
            return null;
        var sizes = Sizes(images, convolution, isPooled, slope);
        var isTraining = torch.is_grad_enabled()
            && (images.requires_grad || convolution.weight.requires_grad || bias.requires_grad);
        if (!Suits(convolution, sizes, isTraining && images.requires_grad)) return null;
        // Besides the result, TorchSharp makes tensors that it does not free: the scope does.
        using var scope = torch.NewDisposeScope();
        using var call = new Call(sizes, isTraining);
        var output = isTraining
            ? apply(images, convolution.weight, bias, call)
            : Forward(images, convolution.weight, bias, call);
        return output.permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.autograd.AutogradContext ctx, params object[] vars)
    {
        var (images, weight, bias, call) = (
            (torch.Tensor)vars[0], (torch.Tensor)vars[1], (torch.Tensor)vars[2], (Call)vars[3]);
        var output = Forward(images, weight, bias, call);
        // The node takes its own hold of these after this method has returned.
        call.Output = output.detach().DetachFromDisposeScope();
        ctx.save_for_backward([images, weight, bias, call.Output, call.Largest!]);
        ctx.save_data(SizesKey, call.Sizes);
        return output;
    }

    /// <inheritdoc/>
    public override List<torch.Tensor> backward(torch.autograd.AutogradContext ctx, torch.Tensor grad_output)
    {
        using var scope = torch.NewDisposeScope();
        var (saved, sizes) = (ctx.get_saved_variables(), (ConvolutionSizes)ctx.get_data(SizesKey));
        var images = ChannelsLast(saved[0]);
        var (weights, gradient) = (Turned(saved[1]), grad_output.contiguous());
        var (ofWeights, ofBias) = (torch.empty_like(weights), torch.zeros(sizes.Outputs));
        var ofImages = saved[0].requires_grad ? torch.empty_like(images) : null;
        using var convolution = Make(sizes, weights);
        var parts = Parts(sizes.Images);
        var shares = torch.empty(parts, convolution.ShareLength);
        fixed (byte* input = images.bytes, bias = saved[2].bytes, output = saved[3].bytes, largest = saved[4].bytes,
            outer = gradient.bytes, share = shares.bytes, weight = ofWeights.bytes, sum = ofBias.bytes)
        fixed (byte* inner = ofImages is null ? default : ofImages.bytes)
        {
            var squares = new SquareOutput(
                sizes, (float*)bias, (float*)output, sizes.IsPooled ? (int*)largest : null, (float*)outer);
            var (own, from, to) = ((nint)share, (nint)input, (nint)inner);
            OnThreads(parts, part => convolution.Backward(
                (float*)from, squares, (float*)own + ((nint)part * convolution.ShareLength), (float*)to,
                Start(part, parts, sizes.Images), Start(part + 1, parts, sizes.Images)));
            squares.AddBiases((float*)sum);
            fixed (byte* total = shares.sum(dim: 0).bytes) convolution.WeightGradient((float*)total, (float*)weight);
        }

        var shaped = ofWeights.t().reshape(saved[1].shape);
        return
        [
            ofImages?.permute(0, 3, 1, 2).MoveToOuterDisposeScope()!, shaped.MoveToOuterDisposeScope(),
            ofBias.MoveToOuterDisposeScope(), null!,
        ];
    }

    private static torch.Tensor Forward(torch.Tensor images, torch.Tensor weight, torch.Tensor bias, Call call)
    {
        using var scope = torch.NewDisposeScope();
        var sizes = call.Sizes;
        var (read, weights) = (ChannelsLast(images), Turned(weight));
        var output = torch.empty(sizes.OutputShape);
        call.Largest = (call.IsTraining && sizes.IsPooled
            ? torch.empty(sizes.OutputShape, torch.int32) : torch.empty(0)).DetachFromDisposeScope();
        using var convolution = Make(sizes, weights);
        var parts = Parts(sizes.Images);
        fixed (byte* input = read.bytes, biases = bias.bytes, values = output.bytes, largest = call.Largest.bytes)
        {
            var squares = new SquareOutput(
                sizes, (float*)biases, (float*)values, call.Largest.numel() > 0 ? (int*)largest : null, null);
            var from = (nint)input;
            OnThreads(parts, part => convolution.Forward(
                (float*)from, squares, Start(part, parts, sizes.Images), Start(part + 1, parts, sizes.Images)));
        }

        return output.MoveToOuterDisposeScope();
    }

    private static bool IsPlain(torch.Tensor tensor) =>
        tensor.dtype == torch.ScalarType.Float32 && tensor.device_type == DeviceType.CPU;

    private static ConvolutionSizes Sizes(torch.Tensor images, Conv2d convolution, bool isPooled, float slope) => new(
        (int)images.shape[0], (int)images.shape[1], (int)images.shape[2], (int)images.shape[3],
        (int)convolution.weight.shape[0], (int)convolution.weight.shape[2], (int)convolution.stride![0],
        convolution.padding is { } padding ? (int)padding[0] : 0, isPooled, slope);

    private static bool Suits(Conv2d convolution, ConvolutionSizes sizes, bool needsInputGradient) =>
        convolution is { groups: 1, padding_mode: PaddingModes.Zeros } && convolution.dilation!.All(d => d == 1)
        && convolution.weight.shape[2] == convolution.weight.shape[3]
        && IsSquare(convolution.stride) && IsSquare(convolution.padding)
        && sizes.Outputs % MatrixProduct.Padding == 0 && sizes.Rows >= 2 && sizes.Columns >= 2
        && sizes.Rows % 2 == 0 && sizes.Columns % 2 == 0
        && (PatchConvolution.Suits(sizes, needsInputGradient) || WinogradConvolution.Suits(sizes));

    private static bool IsSquare(long[]? lengths) => lengths is null || lengths.All(length => length == lengths[0]);

    private static IConvolution Make(ConvolutionSizes sizes, torch.Tensor weights)
    {
        // Native memory, which stays where it is; the caller holds the tensor.
        fixed (byte* values = weights.bytes)
        {
            return WinogradConvolution.Suits(sizes)
                ? new WinogradConvolution(sizes, (float*)values) : new PatchConvolution(sizes, (float*)values);
        }
    }

    private static torch.Tensor ChannelsLast(torch.Tensor images) => images.detach().permute(0, 2, 3, 1).contiguous();

    // [outputs, channels, kernel, kernel] to [channels · kernel², outputs].
    private static torch.Tensor Turned(torch.Tensor weight) => weight.detach().flatten(1).t().contiguous();

    private static int Parts(int images) => Math.Clamp(images / SmallestPart, 1, MostParts);

    private static int Start(int part, int parts, int images) => (int)((long)images * part / parts);

    private static void OnThreads(int parts, Action<int> run)
    {
        var threads = Math.Min(torch.get_num_threads(), parts);
        if (threads > 1) Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = threads }, run);
        else for (var part = 0; part < parts; part++) run(part);
    }

    private sealed class Switch : IDisposable
    {
        private readonly bool _before = Disabled;

        public Switch() => Disabled = true;

        public void Dispose() => Disabled = _before;
    }

    /// <summary>One run forward, and what its node keeps for the way back.</summary>
    private sealed class Call(ConvolutionSizes sizes, bool isTraining) : IDisposable
    {
        public ConvolutionSizes Sizes => sizes;

        public bool IsTraining => isTraining;

        public torch.Tensor? Output { get; set; }

        public torch.Tensor? Largest { get; set; }

        public void Dispose()
        {
            Output?.Dispose();
            Largest?.Dispose();
        }
    }
}

/// <summary>A model that asks for <see cref="FusedConvolution"/>.</summary>
internal interface IFusedConvolutions;
