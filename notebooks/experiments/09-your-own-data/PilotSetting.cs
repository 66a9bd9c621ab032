namespace Gsr.Experiments.OwnData;

/// <summary>A setting of the graph and its weight that pilot networks tried.</summary>
/// <param name="K">Of the builder.</param>
/// <param name="Alpha">Weight of the penalty.</param>
/// <param name="Error">Reconstruction error at the end of training, mean over networks.</param>
/// <param name="Modules">Of each network's graph.</param>
public sealed record PilotSetting(int K, double Alpha, double Error, IReadOnlyList<int> Modules)
{
    /// <summary>Whether the graph of every network has three modules or more.</summary>
    public bool Parts => Modules.All(count => count >= PilotNetworks.LeastModules);
}
