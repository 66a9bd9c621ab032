namespace Gsr.Training;

/// <summary>A module that computes without libtorch where it can.</summary>
internal interface IFusedModule
{
    /// <summary>Whether it does: true at first; by libtorch it differs by rounding.</summary>
    bool IsFused { get; set; }

    /// <summary>Whether it gains by that on this processor.</summary>
    bool IsFasterFused { get; }
}
