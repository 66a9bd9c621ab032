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

    /// <summary>
    /// Standard deviation of the Gaussian noise that is added to the code before the decoder while training, 0 by
    /// default (0.5 in the paper's code for learned graphs). A penalty on the code sees it without noise. Noise gives
    /// the code a scale: without it a penalty is lowered by shrinking the code and growing the decoder's weights.
    /// </summary>
    public double CodeNoise { get; init; }

    /// <summary>
    /// Initial bias of the code's nodes; null for TorchSharp's own small random ones. A positive one keeps the nodes of
    /// a ReLU code from being silent for every example, and so without a gradient, from the start.
    /// </summary>
    public double? CodeBias { get; init; }

    /// <summary>Seeds the initial weights.</summary>
    public int Seed { get; init; }

    /// <summary>Throws where a width is not positive.</summary>
    internal void Check()
    {
        Arguments.Option(Inputs >= 1, "AutoencoderOptions.Inputs", Inputs, "at least 1");
        Arguments.Option(Code >= 1, "AutoencoderOptions.Code", Code, "at least 1");
        Arguments.Option(
            double.IsFinite(CodeNoise) && CodeNoise >= 0, "AutoencoderOptions.CodeNoise", CodeNoise,
            "finite and not negative");
        Arguments.Widths(Hidden, "AutoencoderOptions.Hidden");
    }
}
