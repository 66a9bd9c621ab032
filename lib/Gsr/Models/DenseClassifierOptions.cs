namespace Gsr.Models;

/// <summary>The shape of a dense classifier; the defaults are 784-128-64-10.</summary>
public sealed record DenseClassifierOptions
{
    /// <summary>Width of the data; 784 for images of 28 x 28.</summary>
    public int Inputs { get; init; } = 784;

    /// <summary>Widths between data and the regularised layer, with leaky ReLU.</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [128];

    /// <summary>Width of the regularised layer; 64 for an 8 x 8 grid.</summary>
    public int Nodes { get; init; } = 64;

    /// <summary>On the regularised layer; none, as on the grid of the paper's classifier.</summary>
    public Activation NodeActivation { get; init; } = Activation.None;

    /// <summary>Number of classes.</summary>
    public int Classes { get; init; } = 10;

    /// <summary>Seeds the initial weights.</summary>
    public int Seed { get; init; }

    /// <summary>What follows each layer, outermost first.</summary>
    internal IReadOnlyList<Activation> Activations => [.. Hidden.Select(_ => Activation.LeakyReLU), NodeActivation, Activation.None];

    /// <summary>Throws where a size does not fit.</summary>
    internal void Check()
    {
        if (Inputs < 1) throw new ArgumentException($"DenseClassifierOptions.Inputs is {Inputs}; it must be at least 1.");
        if (Nodes < 1) throw new ArgumentException($"DenseClassifierOptions.Nodes is {Nodes}; it must be at least 1.");
        if (Classes < 2) throw new ArgumentException($"DenseClassifierOptions.Classes is {Classes}; it must be at least 2.");
        foreach (var width in Hidden)
            if (width < 1) throw new ArgumentException($"DenseClassifierOptions.Hidden holds {width}; each width must be at least 1.");
    }
}
