using TorchSharp;
using static TorchSharp.torch.nn;

namespace Gsr.Experiments.SpectralFilters;

/// <summary>
/// A code that is a mixture of fixed atoms, z = softmax(h) Φ: the layer before it says how much of each atom, and the atoms, bumps
/// on a graph, say which nodes that lights. Structure by construction, where a penalty would ask for it.
/// </summary>
/// <example><code>
/// var ring = FeatureGraph.Ring(20);
/// using var code = new AtomCode(LocalisedAtoms.Heat(ring, power: 8));     // 5 atoms of 20 nodes
/// var z = code.call(torch.randn(32, code.Atoms));                          // [32, 20]
/// </code></example>
public sealed class AtomCode : Module<torch.Tensor, torch.Tensor>
{
    private readonly torch.Tensor atoms;

    /// <summary>Makes the layer.</summary>
    /// <param name="atoms">Φ, [atoms, nodes], finite; see <see cref="LocalisedAtoms"/>. Not trained.</param>
    /// <exception cref="ArgumentException">There is no atom or no node, or a value is not finite.</exception>
    public AtomCode(double[,] atoms)
        : base(nameof(AtomCode))
    {
        ArgumentNullException.ThrowIfNull(atoms);
        if (atoms.Length == 0) throw new ArgumentException($"atoms is [{atoms.GetLength(0)}, {atoms.GetLength(1)}]; give at least one atom and one node.", nameof(atoms));
        foreach (var value in atoms)
            if (!double.IsFinite(value)) throw new ArgumentException($"atoms holds {value}; every value is finite.", nameof(atoms));
        Atoms = atoms.GetLength(0);
        Nodes = atoms.GetLength(1);
        using var exact = torch.from_array(atoms);
        this.atoms = exact.to(torch.float32).DetachFromDisposeScope();
        RegisterComponents();
    }

    /// <summary>Number of atoms, the width of the input.</summary>
    public int Atoms { get; }

    /// <summary>Number of nodes, the width of the code.</summary>
    public int Nodes { get; }

    /// <summary>The weights softmax(h): [n, atoms], each row positive with sum 1; the caller owns the result.</summary>
    /// <param name="input">h, [n, atoms].</param>
    public static torch.Tensor Weights(torch.Tensor input) => functional.softmax(input, 1);

    /// <summary>The code z = softmax(h) Φ, [n, nodes]; the caller owns the result.</summary>
    /// <param name="input">h, [n, atoms].</param>
    public override torch.Tensor forward(torch.Tensor input)
    {
        using var weights = Weights(input);
        return torch.matmul(weights, atoms);
    }
}
