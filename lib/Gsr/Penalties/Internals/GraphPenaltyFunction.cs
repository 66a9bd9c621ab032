using Gsr.Native;
using TorchSharp;

namespace Gsr.Penalties;

/// <summary>
/// What one evaluation takes besides the activations, and the penalty's value that it leaves. It is evaluated from z
/// and a tensor for the gradient of weight · penalty, both [batch, nodes] and contiguous, and fills the latter.
/// </summary>
internal sealed record GraphPenaltyCall(
    int Nodes, double Weight, long Batch, Func<torch.Tensor, torch.Tensor, double> Evaluate)
{
    /// <summary>Mean over the batch, without the weight.</summary>
    public double Value { get; set; }

    /// <summary>The gradient of the term, to be disposed of by whoever made the call.</summary>
    public torch.Tensor? Gradient { get; set; }
}

/// <summary>
/// A penalty of known gradient as one node of the autograd graph: forward computes value and gradient together,
/// backward hands the kept gradient on.
/// </summary>
internal sealed class GraphPenaltyFunction : torch.autograd.SingleTensorFunction<GraphPenaltyFunction>
{
    public override string Name => "GraphPenalty";

    /// <summary>
    /// Checks activations [batch, …], whose rest is flattened to the nodes, and evaluates a penalty on them.
    /// </summary>
    public static PenaltyValue Term(
        torch.Tensor activations, int nodes, double weight, Func<torch.Tensor, torch.Tensor, double> evaluate)
    {
        WeightSchedule.Check(weight, nameof(weight));
        var call = new GraphPenaltyCall(nodes, weight, BatchSize(activations, nodes), evaluate);
        // Besides the term, TorchSharp makes tensors that it does not free: the scope does.
        using var scope = torch.NewDisposeScope();
        var term = apply(activations, call).MoveToOuterDisposeScope();
        call.Gradient?.Dispose();
        return new PenaltyValue(term, call.Value);
    }

    public override torch.Tensor forward(torch.autograd.AutogradContext ctx, params object[] vars)
    {
        var activations = (torch.Tensor)vars[0];
        var call = (GraphPenaltyCall)vars[1];
        using var scope = torch.NewDisposeScope();
        var z = activations.detach().reshape(call.Batch, call.Nodes).contiguous();
        var gradient = torch.empty_like(z);
        call.Value = call.Evaluate(z, gradient);
        // The node takes its own hold of the gradient after this method has returned; until then it must outlive the
        // scope.
        call.Gradient = gradient.reshape(activations.shape).DetachFromDisposeScope();
        ctx.save_for_backward([call.Gradient]);
        return torch.tensor(call.Weight * call.Value, z.dtype, z.device).MoveToOuterDisposeScope();
    }

    public override List<torch.Tensor> backward(torch.autograd.AutogradContext ctx, torch.Tensor grad_output)
    {
        using var scope = torch.NewDisposeScope();
        var gradient = ctx.get_saved_variables()[0];
        // The term is added to a loss whose own gradient is 1: the pass over the gradient is then not needed.
        var isOne = grad_output.device_type == DeviceType.CPU && grad_output.Value() == 1.0;
        var result = isOne ? gradient : gradient * grad_output;
        return [result.MoveToOuterDisposeScope(), null!];
    }

    /// <summary>Checks the activations against the number of nodes; returns the number of examples.</summary>
    public static long BatchSize(torch.Tensor activations, int nodes)
    {
        if (activations.dtype is not (torch.ScalarType.Float32 or torch.ScalarType.Float64))
        {
            throw new ArgumentException(
                $"The activations are {activations.dtype}; a penalty needs Float32 or Float64.", nameof(activations));
        }
        var shape = activations.shape;
        long perExample = 1;
        for (var i = 1; i < shape.Length; i++) perExample *= shape[i];
        if (shape.Length == 1 && shape[0] == nodes) return 1;
        if (shape.Length < 2 || perExample != nodes)
        {
            throw new ArgumentException(
                $"The activations have shape [{string.Join(", ", shape)}], but the penalty's graph has {nodes} "
                + $"nodes: it needs [batch, {nodes}].",
                nameof(activations));
        }

        if (shape[0] == 0) throw new ArgumentException("The batch of activations is empty.", nameof(activations));
        return shape[0];
    }
}
