using System.Text;
using Gsr.Kernel.Sessions.Execution;

namespace Gsr.Kernel.Sessions.Capture;

/// <summary>Stands in for Console.Out or Console.Error: each write goes to the session whose cell it descends from.</summary>
internal sealed class RoutingWriter : TextWriter
{
    private readonly string _stream;
    private readonly TextWriter _original;

    public RoutingWriter(string stream, TextWriter original)
    {
        _stream = stream;
        _original = original;
        // Notebook files are the same on every system.
        CoreNewLine = ['\n'];
    }

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Write([value]);

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer)
    {
        Interruption.Check(); // a library that computes for hours usually says something now and then
        if (OutputRouter.Current is { } router)
            router.Write(_stream, buffer);
        else
            _original.Write(buffer);
    }

    // In one piece, so that lines of different threads do not mix.
    public override void WriteLine(string? value) => Write(string.Concat(value, "\n").AsSpan());

    public override void WriteLine(ReadOnlySpan<char> buffer) => Write(string.Concat(buffer, "\n").AsSpan());

    public override void Flush()
    {
        if (OutputRouter.Current is null)
            _original.Flush();
    }
}
