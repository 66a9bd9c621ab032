namespace Gsr.Models;

/// <summary>The shape of a dense autoencoder, plain or variational.</summary>
public sealed record AutoencoderOptions
{
    /// <summary>Width of the data.</summary>
    public required int Inputs { get; init; }

    /// <summary>Widths between data and code; mirrored in the decoder. The paper's sub-clusters: [50, 50].</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [50, 50];

    /// <summary>Width of the code, the innermost layer.</summary>
    public required int Code { get; init; }

    /// <summary>On the hidden layers; leaky ReLU of slope 0.2 in the paper.</summary>
    public Activation HiddenActivation { get; init; } = Activation.LeakyReLU;

    /// <summary>On the code; none in the paper, ReLU in its code's runs.</summary>
    public Activation CodeActivation { get; init; } = Activation.None;

    /// <summary>On the output; none in the paper.</summary>
    public Activation OutputActivation { get; init; } = Activation.None;

    /// <summary>Seeds the initial weights.</summary>
    public int Seed { get; init; }

    /// <summary>Throws where a width is not positive.</summary>
    internal void Check()
    {
        if (Inputs < 1) throw new ArgumentException($"AutoencoderOptions.Inputs is {Inputs}; it must be at least 1.");
        if (Code < 1) throw new ArgumentException($"AutoencoderOptions.Code is {Code}; it must be at least 1.");
        foreach (var width in Hidden)
            if (width < 1) throw new ArgumentException($"AutoencoderOptions.Hidden holds {width}; each width must be at least 1.");
    }
}
