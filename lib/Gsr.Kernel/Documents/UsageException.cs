namespace Gsr.Kernel.Documents;

/// <summary>A request that makes no sense; its message is one line that says why.</summary>
/// <param name="message">The diagnosis.</param>
public sealed class UsageException(string message) : Exception(message);
