namespace Gsr.Kernel.Documents;

/// <summary>A request that makes no sense; its message is one line that says why.</summary>
internal sealed class UsageException(string message) : Exception(message);
