using System.Text;

namespace Gsr.Kernel.Documents;

/// <summary>
/// Text as a terminal would show it: after a carriage return the line is overwritten, so that a progress bar leaves its
/// last state and not its whole history. Colour codes stay in place; "erase line" is obeyed.
/// </summary>
internal sealed class TerminalText
{
    private readonly StringBuilder _lines = new();
    private readonly List<Glyph> _line = [];
    private readonly StringBuilder _escape = new();
    private string _codes = "";
    private int _cursor;
    private char _highSurrogate;

    public int Length => _lines.Length + _line.Count;

    public void Write(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            // Nearly all text is whole lines without anything special; they need no cell-by-cell treatment.
            if (_line.Count == 0 && _escape.Length == 0 && _codes.Length == 0 && _highSurrogate == 0)
            {
                var plain = text[..(text.IndexOfAny("\r\e\b") is var i and >= 0 ? i : text.Length)];
                var end = plain.LastIndexOf('\n') + 1;
                AppendWhole(plain[..end]);
                text = text[end..];
                if (text.IsEmpty)
                    return;
            }
            var lineEnd = text.IndexOf('\n');
            var rest = lineEnd < 0 ? text : text[..(lineEnd + 1)];
            foreach (var c in rest)
                Write(c);
            text = text[rest.Length..];
        }
    }

    public override string ToString()
    {
        var text = new StringBuilder().Append(_lines);
        AppendLine(text);
        return text.ToString();
    }

    private void Write(char c)
    {
        if (_escape.Length > 0)
        {
            WriteEscape(c);
            return;
        }
        if (_highSurrogate != 0 && !char.IsLowSurrogate(c))
        {
            // Half a pair would make the file invalid; it is shown as what it is, a broken character.
            _highSurrogate = '\0';
            Place(Rune.ReplacementChar);
        }
        switch (c)
        {
            case '\e':
                _escape.Append(c);
                break;
            case '\r':
                _cursor = 0;
                break;
            case '\b':
                _cursor = Math.Max(0, _cursor - 1);
                break;
            case '\n':
                AppendLine(_lines);
                _lines.Append('\n');
                _line.Clear();
                _codes = "";
                _cursor = 0;
                break;
            default:
                WriteGlyph(c);
                break;
        }
    }

    private void WriteEscape(char c)
    {
        if (c is < ' ' or > '~')
        {
            // No part of any sequence: this one was broken off, and the character speaks for itself.
            _escape.Clear();
            Write(c);
            return;
        }
        _escape.Append(c);
        if (_escape.Length == 2 ? c == '[' : c < '@' && _escape.Length < 32)
            return;
        var code = _escape.ToString();
        _escape.Clear();
        switch (code)
        {
            case "\e[K" or "\e[0K":
                if (_cursor < _line.Count)
                    _line.RemoveRange(_cursor, _line.Count - _cursor);
                break;
            case "\e[2K":
                _line.Clear();
                _line.AddRange(Enumerable.Repeat(new Glyph("", new Rune(' ')), _cursor));
                break;
            case [.., 'm']:
                _codes += code;
                break;
        }
    }

    private void WriteGlyph(char c)
    {
        if (char.IsHighSurrogate(c))
        {
            _highSurrogate = c;
            return;
        }
        var rune = char.IsLowSurrogate(c)
            ? Rune.TryCreate(_highSurrogate, c, out var pair) ? pair : Rune.ReplacementChar
            : new Rune(c);
        _highSurrogate = '\0';
        Place(rune);
    }

    private void Place(Rune rune)
    {
        var glyph = new Glyph(_codes, rune);
        _codes = "";
        if (_cursor < _line.Count)
            _line[_cursor] = glyph;
        else
            _line.Add(glyph);
        _cursor++;
    }

    private void AppendLine(StringBuilder text)
    {
        foreach (var glyph in _line)
            text.Append(glyph.Codes).Append(glyph.Rune.ToString());
        text.Append(_codes);
    }

    private void AppendWhole(ReadOnlySpan<char> lines)
    {
        if (lines.IndexOfAnyInRange('\uD800', '\uDFFF') < 0)
        {
            _lines.Append(lines);
            return;
        }
        foreach (var rune in lines.EnumerateRunes())
            _lines.Append(rune.ToString());
    }

    private readonly record struct Glyph(string Codes, Rune Rune);
}
