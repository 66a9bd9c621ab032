using Gsr.Native;
using TorchSharp;

namespace Gsr.Learning;

/// <summary>
/// The activations of a layer's nodes over samples, kept node by node in single precision, a network's own. Immutable.
/// </summary>
public sealed class NodeActivations
{
    private readonly float[] _values;
    private readonly bool[] _constant;

    private NodeActivations(float[] values, int nodes, int samples)
    {
        (_values, Nodes, Samples) = (values, nodes, samples);
        _constant = new bool[nodes];
        for (var i = 0; i < nodes; i++)
        {
            var node = Of(i);
            _constant[i] = !node.ContainsAnyExcept(node[0]);
        }
    }

    /// <summary>Number of nodes N, at least 1.</summary>
    public int Nodes { get; }

    /// <summary>Number of samples S, at least 1.</summary>
    public int Samples { get; }

    /// <summary>How many nodes are constant.</summary>
    private int ConstantCount => _constant.Count(c => c);

    /// <summary>From a matrix [samples, nodes], finite in single precision.</summary>
    /// <exception cref="ArgumentException">
    /// The matrix is empty or too large, or holds a value that is not finite.
    /// </exception>
    public static NodeActivations From(double[,] activations)
    {
        ArgumentNullException.ThrowIfNull(activations);
        var (samples, nodes) = (activations.GetLength(0), activations.GetLength(1));
        var values = new float[Length(samples, nodes)];
        for (var s = 0; s < samples; s++)
        {
            for (var i = 0; i < nodes; i++) values[(i * samples) + s] = (float)activations[s, i];
        }

        return new NodeActivations(Checked(values, samples), nodes, samples);
    }

    /// <summary>
    /// From a layer's output [samples, …], of any floating-point type and device; what follows the samples is flattened
    /// to nodes.
    /// </summary>
    public static NodeActivations From(torch.Tensor activations)
    {
        ArgumentNullException.ThrowIfNull(activations);
        if (activations.dim() < 2)
        {
            throw new ArgumentException(
                $"activations has shape [{string.Join(", ", activations.shape)}]; give [samples, nodes].",
                nameof(activations));
        }

        var samples = activations.shape[0];
        var nodes = activations.shape[1..].Aggregate(1L, (product, size) => product * size);
        Length(samples, nodes);
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        var turned = activations.detach().reshape(samples, nodes).to(torch.float32).cpu().t();
        return new NodeActivations(Checked(turned.ToValues<float>(), (int)samples), (int)nodes, (int)samples);
    }

    /// <summary>A node's activations, one per sample.</summary>
    public ReadOnlySpan<float> Of(int node) => _values.AsSpan(node * Samples, Samples);

    /// <summary>
    /// True for a node with the same activation in every sample, such as a dead ReLU; with one sample, for all nodes.
    /// </summary>
    public bool IsConstant(int node) => _constant[node];

    /// <summary>Such as "20 nodes, 1000 samples, 1 constant node".</summary>
    public override string ToString() => $"{Nodes} nodes, {Samples} samples" + ConstantCount switch
    {
        0 => "",
        1 => ", 1 constant node",
        var count => $", {count} constant nodes",
    };

    private static int Length(long samples, long nodes)
    {
        if (samples < 1 || nodes < 1)
        {
            throw new ArgumentException(
                $"activations is {samples}x{nodes}; give at least one sample and one node.", nameof(samples));
        }
        Arguments.Size(nodes, 0, "activations", $"{samples}x{nodes}");
        if (samples > Array.MaxLength / nodes)
        {
            throw new ArgumentException(
                $"activations is {samples}x{nodes}, which does not fit one array; build from fewer samples.",
                nameof(samples));
        }
        return (int)(samples * nodes);
    }

    private static float[] Checked(float[] values, int samples)
    {
        for (var k = 0; k < values.Length; k++)
        {
            if (float.IsFinite(values[k])) continue;
            throw new ArgumentException(
                $"activations[{k % samples}, {k / samples}] is {values[k]} in single precision; "
                + "a graph needs finite activations: "
                + "look for divergence of the training, or for NaN in the examples.", "activations");
        }

        return values;
    }
}
