namespace Gsr.SingleCell.Reading;

/// <summary>
/// A data file or the catalogue is not what it should be: damaged, of another format, or lying about its own size. The
/// message names the file, the place in it, what was found, what was expected and what to do.
/// </summary>
public sealed class DataFormatException : Exception
{
    /// <summary>An error at one place of one file.</summary>
    /// <param name="file">The file's path or name.</param>
    /// <param name="offset">Bytes from the start of the (decompressed) content, or null.</param>
    /// <param name="field">What is at that place, such as "magic number" or "SHA-256".</param>
    /// <param name="found">The value that was found.</param>
    /// <param name="expected">The value, or the range of values, that would have been right.</param>
    /// <param name="remedy">What the reader of the message can do about it.</param>
    /// <param name="inner">The cause, where another exception reported it.</param>
    public DataFormatException(string file, long? offset, string field, string found, string expected, string remedy,
        Exception? inner = null)
        : base($"{file}: {field}{(offset is { } at ? $" at byte {at}" : "")}: found {found}; expected {expected}. "
            + remedy, inner)
    {
        Finding = $"found {found}; expected {expected}";
        File = file;
        Offset = offset;
        Field = field;
    }

    /// <summary>What was found and what was expected, as in the message.</summary>
    public string Finding { get; }

    /// <summary>The file's path or name.</summary>
    public string File { get; }

    /// <summary>Bytes from the start of the (decompressed) content; null where no single place is to blame.</summary>
    public long? Offset { get; }

    /// <summary>What is at that place.</summary>
    public string Field { get; }
}
