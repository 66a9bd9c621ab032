using Gsr.Penalties;

namespace Gsr.Experiments.SeveralLayers;

/// <summary>Where modules are put on a classifier of several hidden layers, and how strongly.</summary>
/// <param name="Place">"layer 1" and so on, "each layer", "across layers", or "none".</param>
/// <param name="Alpha">The penalty's weight; 0 for none.</param>
/// <param name="Form">The quadratic form, or the Rayleigh quotient, which no shrinking lowers.</param>
/// <param name="Longer">Training time in units of the usual one.</param>
public sealed record Condition(
    string Place, double Alpha, PenaltyForm Form = PenaltyForm.QuadraticForm, double Longer = 1)
{
    /// <summary>No modules.</summary>
    public static Condition Plain { get; } = new("none", 0);

    /// <summary>Whether a hidden layer, counted from 0, has modules of its own.</summary>
    public bool IsOn(int layer) => Place == "each layer" || Place == $"layer {layer + 1}";
}
