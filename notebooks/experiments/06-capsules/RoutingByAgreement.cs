using TorchSharp;

namespace Gsr.Experiments.Capsules;

/// <summary>
/// Routing by agreement (Sabour, Frosst and Hinton 2017, procedure 1): each capsule i below predicts each capsule j
/// above, û_{j|i} = u_i W_ij; its coupling c_ij to those whose output agrees with its prediction grows from iteration
/// to iteration.
/// </summary>
/// <remarks>
/// <para>
/// b_ij = 0; then r times: c_i = softmax over j of b_i; s_j = Σ_i c_ij û_{j|i}; v_j = squash(s_j);
/// b_ij ← b_ij + û_{j|i} · v_j.
/// </para>
/// <para>
/// The paper does not say whether the couplings are differentiated. Here they are constants, as in several published
/// implementations: the value is the same, the gradient that of the last iteration with its couplings fixed. Then only
/// the last sum needs a gradient, and <see cref="RoutingKernel"/> computes each example's predictions in the cache and
/// drops them, instead of moving tens of megabytes of them through memory ten times.
/// </para>
/// </remarks>
internal sealed class RoutingByAgreement : torch.autograd.SingleTensorFunction<RoutingByAgreement>
{
    /// <inheritdoc/>
    public override string Name => nameof(RoutingByAgreement);

    /// <summary>
    /// From u, [n, below, dimensions below], and W, [below, dimensions below, above · dimensions above], both Float32
    /// or both Float64, to the sums s before the squash, [n, above, dimensions above].
    /// </summary>
    public static torch.Tensor Route(torch.Tensor capsules, torch.Tensor weights, int above, int iterations)
    {
        var call = new Call(above, iterations);
        // Besides the sums, TorchSharp makes tensors that it does not free: the scope does.
        using var scope = torch.NewDisposeScope();
        var needed = torch.is_grad_enabled() && (capsules.requires_grad || weights.requires_grad);
        var sums = needed ? apply(capsules, weights, call) : Forward(capsules, weights, call);
        sums = sums.MoveToOuterDisposeScope();
        call.Couplings?.Dispose();
        return sums;
    }

    /// <inheritdoc/>
    public override torch.Tensor forward(torch.autograd.AutogradContext ctx, params object[] vars)
    {
        var (capsules, weights, call) = ((torch.Tensor)vars[0], (torch.Tensor)vars[1], (Call)vars[2]);
        var sums = Forward(capsules, weights, call);
        ctx.save_for_backward([capsules, weights, call.Couplings!]);
        return sums;
    }

    /// <inheritdoc/>
    public override List<torch.Tensor> backward(torch.autograd.AutogradContext ctx, torch.Tensor grad_output)
    {
        using var scope = torch.NewDisposeScope();
        var saved = ctx.get_saved_variables();
        var (u, w, couplings) = (saved[0].detach().contiguous(), saved[1].detach().contiguous(), saved[2]);
        var g = grad_output.contiguous();
        var sizes = new RoutingSizes(
            u.shape[0], u.shape[1], u.shape[2], couplings.shape[2], w.shape[2] / couplings.shape[2]);
        var (gradientU, gradientW) = (torch.empty_like(u), torch.zeros_like(w));
        if (u.dtype == torch.ScalarType.Float32)
            RoutingKernel.Backward<float>(u, w, couplings, g, gradientU, gradientW, sizes);
        else
            RoutingKernel.Backward<double>(u, w, couplings, g, gradientU, gradientW, sizes);
        return [gradientU.MoveToOuterDisposeScope(), gradientW.MoveToOuterDisposeScope(), null!];
    }

    private static torch.Tensor Forward(torch.Tensor capsules, torch.Tensor weights, Call call)
    {
        using var scope = torch.NewDisposeScope();
        var (u, w) = (capsules.detach().contiguous(), weights.detach().contiguous());
        var sizes = new RoutingSizes(u.shape[0], u.shape[1], u.shape[2], call.Above, w.shape[2] / call.Above);
        var sums = torch.empty(sizes.Examples, sizes.Above, sizes.AboveDimensions, dtype: u.dtype);
        // The node takes its own hold of the couplings after this method returns; until then they outlive the scope.
        call.Couplings = torch.empty(sizes.Examples, sizes.Below, sizes.Above, dtype: u.dtype).DetachFromDisposeScope();
        if (u.dtype == torch.ScalarType.Float32)
            RoutingKernel.Forward<float>(u, w, sums, call.Couplings, sizes, call.Iterations);
        else
            RoutingKernel.Forward<double>(u, w, sums, call.Couplings, sizes, call.Iterations);
        return sums.MoveToOuterDisposeScope();
    }

    private sealed class Call(int above, int iterations)
    {
        public int Above => above;

        public int Iterations => iterations;

        /// <summary>[n, below, above], disposed of by the caller of Route.</summary>
        public torch.Tensor? Couplings { get; set; }
    }
}
