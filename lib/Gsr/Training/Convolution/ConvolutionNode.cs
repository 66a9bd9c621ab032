using TorchSharp;

namespace Gsr.Training;

/// <summary>
/// Convolution, bias, pooling and activation as one node of the graph of gradients, Float32 on a CPU. Examples are taken
/// in groups of a fixed size, whose gradients of the weights are added in order: the result does not depend on the
/// number of threads.
/// </summary>
internal sealed unsafe class ConvolutionNode : torch.autograd.SingleTensorFunction<ConvolutionNode>
{
    private const int Group = 16;
    private const string Layout = "call";

    /// <inheritdoc/>
    public override string Name => nameof(ConvolutionNode);

    /// <summary>From images [n, channels, height, width] to [n, filters, height, width]; the caller owns it.</summary>
    /// <param name="images">The images.</param>
    /// <param name="weight">[filters, channels, kernel, kernel].</param>
    /// <param name="bias">[filters].</param>
    /// <param name="shape">The sizes of them.</param>
    /// <param name="slope">The activation is max(x, slope · x): 1 for none, 0 for ReLU.</param>
    public static torch.Tensor Run(
        torch.Tensor images, torch.Tensor weight, torch.Tensor bias, ConvolutionShape shape, float slope)
    {
        var call = new Call(new ConvolutionKernel(shape, slope), shape, images.requires_grad);
        // Besides the result, TorchSharp makes tensors that it does not free: the scope does.
        using var scope = torch.NewDisposeScope();
        var needed = torch.is_grad_enabled() && (images.requires_grad || weight.requires_grad || bias.requires_grad);
        var result = needed ? apply(images, weight, bias, call) : Forward(images, weight, bias, call, null);
        return result.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.autograd.AutogradContext ctx, params object[] vars)
    {
        var (images, weight, bias) = ((torch.Tensor)vars[0], (torch.Tensor)vars[1], (torch.Tensor)vars[2]);
        var call = (Call)vars[3];
        var marks = torch.empty(images.shape[0], call.Kernel.PanelResults, dtype: torch.ScalarType.Int32);
        ctx.save_for_backward([images, weight, marks]);
        ctx.save_data(Layout, call);
        return Forward(images, weight, bias, call, marks);
    }

    /// <inheritdoc/>
    public override List<torch.Tensor> backward(torch.autograd.AutogradContext ctx, torch.Tensor grad_output)
    {
        using var scope = torch.NewDisposeScope();
        var call = (Call)ctx.get_data(Layout);
        var (kernel, shape) = (call.Kernel, call.Shape);
        var saved = ctx.get_saved_variables();
        var (x, w, g) = (
            saved[0].detach().contiguous(), saved[1].detach().contiguous(), grad_output.detach().contiguous());
        var (ofImages, ofWeight, ofBias) = (
            call.OfImages ? torch.empty_like(x) : null, torch.empty_like(w), torch.empty(shape.Filters));
        var examples = (int)x.shape[0];
        var groups = new AlignedFloats[Groups(examples)];
        using var turned = call.OfImages ? kernel.Turned(w) : null;
        var turnedAt = turned is null ? null : turned.Start;
        fixed (byte* images = x.bytes, outer = g.bytes, marks = saved[2].bytes,
            result = ofImages is null ? [] : ofImages.bytes)
        {
            float* image = (float*)images, gradient = (float*)outer, to = (float*)result;
            var mark = (int*)marks;
            InGroups(examples, (group, from, end) =>
            {
                // Of the weights and the biases first: these are added up.
                var memory = groups[group] = new AlignedFloats(
                    kernel.PanelWeights + kernel.PanelBiases + (2L * shape.PaddedImage) + kernel.Sums
                        + kernel.PanelResults);
                float* weights = memory.Take(kernel.PanelWeights), biases = memory.Take(kernel.PanelBiases),
                    sums = memory.Take(kernel.Sums), results = memory.Take(kernel.PanelResults),
                    padded = memory.Take(shape.PaddedImage), ofPadded = memory.Take(shape.PaddedImage);
                for (nint i = from; i < end; i++)
                {
                    kernel.Pad(image + (i * shape.Image), padded);
                    kernel.BackwardOfResult(
                        gradient + (i * shape.Filters * shape.Results), mark + (i * kernel.PanelResults), results, sums,
                        biases);
                    kernel.BackwardOfWeights(padded, sums, weights);
                    if (to is null) continue;
                    new Span<float>(ofPadded, shape.PaddedImage).Clear();
                    kernel.BackwardOfImage(sums, turnedAt, ofPadded);
                    kernel.Unpad(ofPadded, to + (i * shape.Image));
                }
            });
        }

        kernel.AddUp(groups, ofWeight, ofBias);
        foreach (var memory in groups) memory.Dispose();
        return [ofImages?.MoveToOuterDisposeScope()!, ofWeight.MoveToOuterDisposeScope(),
            ofBias.MoveToOuterDisposeScope(), null!];
    }

    private static torch.Tensor Forward(
        torch.Tensor images, torch.Tensor weight, torch.Tensor bias, Call call, torch.Tensor? marks)
    {
        using var scope = torch.NewDisposeScope();
        var (kernel, shape) = (call.Kernel, call.Shape);
        var (x, w, b) = (
            images.detach().contiguous(), weight.detach().contiguous(), bias.detach().contiguous());
        var result = torch.empty(x.shape[0], shape.Filters, shape.ResultHeight, shape.ResultWidth);
        using var panels = kernel.Panels(w, b);
        var weights = panels.Start;
        fixed (byte* from = x.bytes, target = result.bytes, bytes = marks is null ? [] : marks.bytes)
        {
            float* image = (float*)from, to = (float*)target;
            var mark = (int*)bytes;
            InGroups((int)x.shape[0], (_, first, end) =>
            {
                using var memory = new AlignedFloats(shape.PaddedImage + kernel.Sums + (long)kernel.PanelResults);
                float* sums = memory.Take(kernel.Sums), results = memory.Take(kernel.PanelResults),
                    padded = memory.Take(shape.PaddedImage);
                for (nint i = first; i < end; i++)
                {
                    kernel.Pad(image + (i * shape.Image), padded);
                    kernel.Forward(
                        padded, weights, sums, results, mark is null ? null : mark + (i * kernel.PanelResults),
                        to + (i * shape.Filters * shape.Results));
                }
            });
        }

        return result.MoveToOuterDisposeScope();
    }

    private static int Groups(int examples) => (examples + Group - 1) / Group;

    private static void InGroups(int examples, Action<int, int, int> run)
    {
        var groups = Groups(examples);
        var threads = Math.Min(torch.get_num_threads(), groups);
        if (threads > 1) Parallel.For(0, groups, new ParallelOptions { MaxDegreeOfParallelism = threads }, One);
        else for (var group = 0; group < groups; group++) One(group);

        void One(int group) => run(group, group * Group, Math.Min(examples, (group + 1) * Group));
    }

    private sealed record Call(ConvolutionKernel Kernel, ConvolutionShape Shape, bool OfImages);
}
