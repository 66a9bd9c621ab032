using Gsr.Native;
using TorchSharp;

namespace Gsr.Experiments.Capsules;

/// <summary>
/// Routing by agreement (Sabour, Frosst and Hinton 2017, procedure 1): each capsule i below predicts each capsule j above,
/// û_{j|i} = u_i W_ij; its coupling c_ij to those whose output agrees with its prediction grows from iteration to iteration.
/// </summary>
/// <remarks>
/// <para>b_ij = 0; then r times: c_i = softmax over j of b_i; s_j = Σ_i c_ij û_{j|i}; v_j = squash(s_j); b_ij ← b_ij + û_{j|i} · v_j.</para>
/// <para>
/// The paper does not say whether the couplings are differentiated. By default they are constants here, as in several published
/// implementations: the value is the same, the gradient that of the last iteration with its couplings fixed. Then nothing but the last
/// sum needs a gradient, and on a CPU <see cref="RoutingKernel"/> makes each example's predictions in the cache and forgets them,
/// instead of passing tens of megabytes of them through memory ten times.
/// </para>
/// </remarks>
public static class RoutingByAgreement
{
    /// <summary>Routes capsules to those above; the caller owns the result.</summary>
    /// <param name="capsules">u, [n, below, dimensions below], Float32 or Float64.</param>
    /// <param name="weights">W, [below, dimensions below, above · dimensions above], of the same type.</param>
    /// <param name="above">Number of capsules above; divides the weights' last dimension.</param>
    /// <param name="iterations">r, at least 1.</param>
    /// <param name="throughAll">True to differentiate through every iteration.</param>
    /// <returns>The sums s before the squash, [n, above, dimensions above].</returns>
    /// <exception cref="ArgumentException">Shapes or types do not fit each other.</exception>
    public static torch.Tensor Route(torch.Tensor capsules, torch.Tensor weights, int above, int iterations = 3, bool throughAll = false)
    {
        Check(capsules, weights, above, iterations);
        if (!throughAll && capsules.device_type == DeviceType.CPU) return RoutingFunction.Route(capsules, weights, above, iterations);

        using var scope = torch.NewDisposeScope();
        var (n, below, dimensions) = (capsules.shape[0], capsules.shape[1], weights.shape[2] / above);
        // [below, n, above · dimensions] as one matrix [below, dimensions] for each example and capsule above.
        var predictions = torch.bmm(capsules.transpose(0, 1), weights).view(below, n * above, dimensions).transpose(0, 1);
        var couplings = throughAll ? Couplings(predictions, n, above, iterations) : Fixed(predictions, n, above, iterations);
        return Sum(couplings, predictions, n, above).MoveToOuterDisposeScope();
    }

    private static torch.Tensor Fixed(torch.Tensor predictions, long n, int above, int iterations)
    {
        using var noGradient = torch.no_grad();
        return Couplings(predictions, n, above, iterations);
    }

    /// <summary>The couplings of the last iteration, [n · above, 1, below].</summary>
    private static torch.Tensor Couplings(torch.Tensor predictions, long n, int above, int iterations)
    {
        var below = predictions.shape[1];
        var logits = torch.zeros(n * above, 1, below, dtype: predictions.dtype, device: predictions.device);
        for (var r = 1; r < iterations; r++)
        {
            var outputs = Squash.Of(Sum(Softmax(logits), predictions, n, above)).reshape(n * above, -1, 1);
            logits = logits.Plus(torch.bmm(predictions, outputs).transpose(1, 2));
        }

        return Softmax(logits);

        torch.Tensor Softmax(torch.Tensor b) => b.view(n, above, below).softmax(1).view(n * above, 1, below);
    }

    private static torch.Tensor Sum(torch.Tensor couplings, torch.Tensor predictions, long n, int above) =>
        torch.bmm(couplings, predictions).view(n, above, -1);

    private static void Check(torch.Tensor capsules, torch.Tensor weights, int above, int iterations)
    {
        ArgumentNullException.ThrowIfNull(capsules);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentOutOfRangeException.ThrowIfLessThan(above, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, 1);
        if (capsules.dtype is not (torch.ScalarType.Float32 or torch.ScalarType.Float64) || weights.dtype != capsules.dtype)
        {
            throw new ArgumentException(
                $"The capsules are {capsules.dtype} and the weights {weights.dtype}; routing needs both Float32 or both Float64.", nameof(weights));
        }

        if (capsules.dim() != 3 || weights.dim() != 3 || weights.shape[0] != capsules.shape[1] || weights.shape[1] != capsules.shape[2]
            || weights.shape[2] % above != 0 || weights.shape[2] == 0)
        {
            throw new ArgumentException(
                $"The weights have shape [{string.Join(", ", weights.shape)}] for capsules [{string.Join(", ", capsules.shape)}] and {above} above; "
                + "they need [below, dimensions below, above · dimensions above] for [n, below, dimensions below].", nameof(weights));
        }

        if (capsules.shape[0] == 0) throw new ArgumentException("The batch of capsules is empty.", nameof(capsules));
    }
}
