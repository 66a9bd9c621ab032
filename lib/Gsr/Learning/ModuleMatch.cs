namespace Gsr.Learning;

/// <summary>A module and its counterpart.</summary>
/// <param name="First">The module in the first partition.</param>
/// <param name="Second">The module in the second.</param>
/// <param name="Score">How well they agree, 0 .. 1.</param>
public readonly record struct ModuleMatch(int First, int Second, double Score);
