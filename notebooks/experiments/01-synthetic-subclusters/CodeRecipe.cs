using Gsr.Models;
using Gsr.Penalties;

namespace Gsr.Experiments.Subclusters;

/// <summary>How an autoencoder with a code of six neurons is trained; without options the plain one with a ReLU.</summary>
/// <param name="Name">Of the method.</param>
public sealed record CodeRecipe(string Name)
{
    /// <summary>Weight of the graph's penalty on the code.</summary>
    public WeightSchedule Alpha { get; init; } = 0;

    /// <summary>Weight of the code's sparsity.</summary>
    public WeightSchedule L1 { get; init; } = 0;

    /// <summary>Standard deviation of the noise on the code while training.</summary>
    public double Noise { get; init; }

    /// <summary>Initial bias of the code; null for small random ones.</summary>
    public double? Bias { get; init; }

    /// <summary>On the code.</summary>
    public Activation Code { get; init; } = Activation.ReLU;

    /// <summary>The network for data of so many features: 50, 50, 6, 50, 50.</summary>
    public AutoencoderOptions Shape(int features) => new()
    {
        Inputs = features,
        Hidden = [50, 50],
        Code = 6,
        CodeActivation = Code,
        CodeNoise = Noise,
        CodeBias = Bias,
    };
}
