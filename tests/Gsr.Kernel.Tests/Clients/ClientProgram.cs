using System.Diagnostics;
using System.Text;

namespace Gsr.Kernel.Tests.Clients;

/// <summary>Programs that use a kernel and come from elsewhere.</summary>
internal static class ClientProgram
{
    /// <summary>Debian's Python, for which its packages are; the first one of the PATH need not be it.</summary>
    public const string Python = "/usr/bin/python3";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20), Rest = TimeSpan.FromSeconds(5);

    /// <summary>Where a program of the PATH lies; null when there is none.</summary>
    public static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>Skips the test in sight unless Debian's Python has a module.</summary>
    public static void NeedPython(string module, string package)
    {
        var found = File.Exists(Python) && RunAsync(Path.GetTempPath(), null, Python, "-c", $"import {module}")
            .GetAwaiter().GetResult().ExitCode == 0;
        Assert.SkipUnless(found, $"{Python} has no {module}: apt-get install {package}");
    }

    /// <summary>Runs a program to its end and returns what it wrote; one that does not end is ended.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        string folder, IReadOnlyDictionary<string, string>? environment, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        stop.CancelAfter(Patience);
        var (output, errors) = (new StringBuilder(), new StringBuilder());
        var read = Task.WhenAll(ReadAsync(process.StandardOutput, output), ReadAsync(process.StandardError, errors));
        try
        {
            await process.WaitForExitAsync(stop.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', arguments)} did not end. It said:\n{await SaidAsync()}");
        }
        return (process.ExitCode, await SaidAsync());

        // What the program started and left behind (a browser, a kernel) may hold its output open for ever.
        async Task<string> SaidAsync()
        {
            await Task.WhenAny(read, Task.Delay(Rest, CancellationToken.None));
            lock (output)
                lock (errors)
                    return $"{output}{errors}";
        }
    }

    private static async Task ReadAsync(StreamReader from, StringBuilder to)
    {
        var buffer = new char[4096];
        try
        {
            for (int count; (count = await from.ReadAsync(buffer)) > 0;)
            {
                lock (to)
                    to.Append(buffer, 0, count);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // Nobody reads on after the program's end.
        }
    }
}
