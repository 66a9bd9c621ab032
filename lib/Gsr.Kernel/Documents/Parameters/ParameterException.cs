namespace Gsr.Kernel.Documents.Parameters;

/// <summary>A parameter that cannot be set as asked; its message is one line that says why.</summary>
/// <param name="message">The diagnosis.</param>
public sealed class ParameterException(string message) : Exception(message);
