namespace Gsr.Models;

/// <summary>The shape of a dense classifier.</summary>
public sealed record DenseClassifierOptions
{
    /// <summary>Numbers per example; 784 for images of 28 x 28.</summary>
    public int Inputs { get; init; } = 784;

    /// <summary>Widths of the hidden layers, first to last; at least one.</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [64];

    /// <summary>On the hidden layers; leaky ReLU of slope 0.2 in the paper.</summary>
    public Activation HiddenActivation { get; init; } = Activation.LeakyReLU;

    /// <summary>
    /// On the last hidden layer where it differs, such as none on a layer that is laid out as a grid; by default as on
    /// the others.
    /// </summary>
    public Activation? LastHiddenActivation { get; init; }

    /// <summary>Number of classes.</summary>
    public int Classes { get; init; } = 10;

    /// <summary>Dropout after each hidden layer while training, behind a penalty on it; none by default.</summary>
    public double Dropout { get; init; }

    /// <summary>Seeds the initial weights.</summary>
    public int Seed { get; init; }

    /// <summary>What follows each layer, first to last; none the class scores.</summary>
    internal IReadOnlyList<Activation> Activations =>
        [.. Hidden.Skip(1).Select(_ => HiddenActivation), LastHiddenActivation ?? HiddenActivation, Activation.None];

    /// <summary>Throws where a size does not fit.</summary>
    internal void Check()
    {
        Arguments.Option(Inputs >= 1, "DenseClassifierOptions.Inputs", Inputs, "at least 1");
        Arguments.NotEmpty(Hidden, "DenseClassifierOptions.Hidden", "width");
        Arguments.Widths(Hidden, "DenseClassifierOptions.Hidden");
        Arguments.Option(Classes >= 2, "DenseClassifierOptions.Classes", Classes, "at least 2");
        Arguments.Option(Dropout is >= 0 and < 1, "DenseClassifierOptions.Dropout", Dropout, "in [0, 1)");
    }
}
