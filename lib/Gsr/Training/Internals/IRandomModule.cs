using TorchSharp;

namespace Gsr.Training;

/// <summary>
/// A model that draws numbers while it trains, noise or dropout, from a state of its own: networks that train side by
/// side become what each would become alone.
/// </summary>
internal interface IRandomModule
{
    /// <summary>The state, which a training sets to its seed.</summary>
    torch.Generator Random { get; }
}
