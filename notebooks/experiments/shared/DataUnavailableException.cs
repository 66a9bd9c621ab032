namespace Gsr.Experiments;

/// <summary>A data set is in no folder, could not be downloaded, and a stand-in was not allowed or does not exist.</summary>
/// <param name="message">Lists every place that was tried and what to do.</param>
public sealed class DataUnavailableException(string message) : Exception(message);
