namespace Gsr.Kernel.Sessions.Packages;

/// <summary>A directive of a cell that cannot be followed; the message is for the notebook's reader.</summary>
internal sealed class ReferenceException(string message, Exception? inner = null) : Exception(message, inner);
