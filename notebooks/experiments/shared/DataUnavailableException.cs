namespace Gsr.Experiments;

/// <summary>
/// A data set is in no folder, could not be downloaded, and may have no stand-in; the message says what was tried.
/// </summary>
public sealed class DataUnavailableException(string message) : Exception(message);
