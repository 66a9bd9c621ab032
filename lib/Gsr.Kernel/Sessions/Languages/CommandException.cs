namespace Gsr.Kernel.Sessions.Languages;

/// <summary>A magic command that cannot be followed; the message says what to write instead.</summary>
internal sealed class CommandException(string message) : Exception(message);
