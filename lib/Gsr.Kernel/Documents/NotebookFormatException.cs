namespace Gsr.Kernel.Documents;

/// <summary>A notebook that cannot be used; its message is one line that says what is wrong, where, and what to do.</summary>
/// <param name="message">The diagnosis.</param>
/// <param name="innerException">What led to it, if anything.</param>
public sealed class NotebookFormatException(string message, Exception? innerException = null)
    : Exception(message.ReplaceLineEndings(" "), innerException);
