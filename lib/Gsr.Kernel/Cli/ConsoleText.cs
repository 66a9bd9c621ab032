using System.Text;

namespace Gsr.Kernel.Cli;

/// <summary>What the command writes is readable on every system.</summary>
internal static class ConsoleText
{
    /// <summary>
    /// On Windows a console has a code page, 850 for example, which lacks most characters: it is given UTF-16, which
    /// .NET writes past the code page and without changing it. Files and pipes get UTF-8, as on other systems.
    /// </summary>
    public static void Prepare()
    {
        if (!OperatingSystem.IsWindows())
            return;
        if (!Console.IsOutputRedirected || !Console.IsErrorRedirected)
            Console.OutputEncoding = Encoding.Unicode;
        if (Console.IsOutputRedirected)
            Console.SetOut(Utf8(Console.OpenStandardOutput()));
        if (Console.IsErrorRedirected)
            Console.SetError(Utf8(Console.OpenStandardError()));
    }

    private static TextWriter Utf8(Stream stream) =>
        TextWriter.Synchronized(new StreamWriter(stream, new UTF8Encoding(false)) { AutoFlush = true });
}
