using System.Text;
using Gsr.Kernel.Sessions.Execution;

namespace Gsr.Kernel.Sessions.Capture;

/// <summary>Replaces the process' console while at least one session lives.</summary>
internal static class ConsoleCapture
{
    private static readonly Lock Gate = new();
    private static readonly List<OutputRouter> Routers = [];
    private static (TextWriter Out, TextWriter Error, TextReader In) Original;

    /// <summary>The router of the only session; null where there is none or a choice between several.</summary>
    public static OutputRouter? OnlyRouter { get; private set; }

    public static void Add(OutputRouter router)
    {
        lock (Gate)
        {
            Routers.Add(router);
            if (Routers.Count == 1)
                Install();
            AppDomain.CurrentDomain.ProcessExit += router.FlushAtExit;
            OnlyRouter = Routers.Count == 1 ? router : null;
        }
    }

    public static void Remove(OutputRouter router)
    {
        lock (Gate)
        {
            if (!Routers.Remove(router))
                return;
            AppDomain.CurrentDomain.ProcessExit -= router.FlushAtExit;
            OnlyRouter = Routers.Count == 1 ? Routers[0] : null;
            if (Routers.Count > 0)
                return;
            Console.SetOut(Original.Out);
            Console.SetError(Original.Error);
            Console.SetIn(Original.In);
        }
    }

    private static void Install()
    {
        Original = (Console.Out, Console.Error, Console.In);
        Console.SetOut(new RoutingWriter("stdout", Original.Out));
        Console.SetError(new RoutingWriter("stderr", Original.Error));
        Console.SetIn(new AskingReader());
    }
}

/// <summary>Stands in for Console.Out or .Error: a write goes to the session whose cell it descends from.</summary>
internal sealed class RoutingWriter : TextWriter
{
    private const int Piece = 32 * 1024;

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
        // Hundreds of megabytes at once shall not be copied at once.
        while (buffer.Length > Piece)
        {
            var length = char.IsHighSurrogate(buffer[Piece - 1]) ? Piece - 1 : Piece;
            WritePiece(buffer[..length]);
            buffer = buffer[length..];
        }
        WritePiece(buffer);
    }

    public override void WriteLine(string? value) => WriteLine(value.AsSpan());

    // In one piece, so that lines of different threads do not mix.
    public override void WriteLine(ReadOnlySpan<char> buffer)
    {
        if (buffer.Length < Piece)
        {
            Write(string.Concat(buffer, "\n").AsSpan());
            return;
        }
        Write(buffer);
        Write("\n");
    }

    private void WritePiece(ReadOnlySpan<char> text)
    {
        Interruption.Check(); // a library that computes for hours usually says something now and then
        if (OutputRouter.Current is { } router)
            router.Write(_stream, text);
        else
            _original.Write(text);
    }

    public override void Flush()
    {
        if (OutputRouter.Current is null)
            _original.Flush();
    }
}

/// <summary>Stands in for Console.In: asks the notebook's reader for each line; without one, the input ends.</summary>
internal sealed class AskingReader : TextReader
{
    private string _rest = "";

    public override string? ReadLine()
    {
        if (_rest.Length == 0)
            return Ask();
        var line = _rest.TrimEnd('\n');
        _rest = "";
        return line;
    }

    public override int Peek() => Fill() ? _rest[0] : -1;

    public override int Read()
    {
        if (!Fill())
            return -1;
        var next = _rest[0];
        _rest = _rest[1..];
        return next;
    }

    private bool Fill()
    {
        if (_rest.Length == 0 && Ask() is { } line)
            _rest = line + '\n';
        return _rest.Length > 0;
    }

    private static string? Ask() => OutputRouter.Current?.ReadLine?.Invoke("", false);
}
