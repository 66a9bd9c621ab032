namespace Gsr.SingleCell.Reading;

/// <summary>
/// The fields of one line of delimited text, in turn; quotes as in RFC 4180. Between blanks, several count as one, as R
/// reads them.
/// </summary>
internal ref struct FieldReader(ReadOnlySpan<byte> line, byte separator)
{
    private ReadOnlySpan<byte> _rest = separator == ' ' ? line.Trim((byte)' ') : line;
    private bool _ended;

    /// <summary>Takes the next field, without its quotes.</summary>
    /// <param name="field">The field; doubled quotes in it are still doubled.</param>
    /// <param name="quoted">Whether it stood in quotes.</param>
    /// <returns>false after the last one.</returns>
    /// <exception cref="FormatException">A quote is not closed, or text follows it.</exception>
    public bool Next(out ReadOnlySpan<byte> field, out bool quoted)
    {
        field = default;
        quoted = false;
        if (_ended) return false;
        if (!_rest.IsEmpty && _rest[0] == '"')
        {
            var end = 1;
            while (true)
            {
                var quote = _rest[end..].IndexOf((byte)'"');
                if (quote < 0) throw new FormatException("a quote that is not closed");
                end += quote + 1;
                if (end == _rest.Length || _rest[end] != '"') break;
                end++;
            }
            field = _rest[1..(end - 1)];
            quoted = true;
            _rest = _rest[end..];
            if (!_rest.IsEmpty && _rest[0] != separator) throw new FormatException("text after a closing quote");
        }
        else
        {
            var at = _rest.IndexOf(separator);
            field = at < 0 ? _rest : _rest[..at];
            _rest = _rest[field.Length..];
        }
        if (_rest.IsEmpty) _ended = true;
        else _rest = separator == ' ' ? _rest.TrimStart((byte)' ') : _rest[1..];
        return true;
    }

    /// <summary>A field as text.</summary>
    public static string Text(ReadOnlySpan<byte> field, bool quoted)
    {
        var text = TextLines.Decoded(field);
        return quoted ? text.Replace("\"\"", "\"", StringComparison.Ordinal) : text;
    }

    /// <summary>All fields of a line as text.</summary>
    public static List<string> All(ReadOnlySpan<byte> line, byte separator)
    {
        List<string> fields = [];
        var reader = new FieldReader(line, separator);
        while (reader.Next(out var field, out var quoted)) fields.Add(Text(field, quoted));
        return fields;
    }

    /// <summary>Number of fields of a line; -1 where its quotes are not closed.</summary>
    public static int Count(ReadOnlySpan<byte> line, byte separator)
    {
        var reader = new FieldReader(line, separator);
        var count = 0;
        try
        {
            while (reader.Next(out _, out _)) count++;
        }
        catch (FormatException)
        {
            return -1;
        }
        return count;
    }
}
