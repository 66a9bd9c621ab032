using System.Diagnostics;
using System.Text;
using static System.Environment.SpecialFolder;
using static System.IO.UnixFileMode;

namespace Gsr.Kernel.Pages.Pictures;

/// <summary>
/// A browser without a window that shows one page, and what the page writes to its console. The console comes over
/// standard error as it is written: no port that other users could reach, no page to be dumped that a hung chart would
/// withhold.
/// </summary>
internal sealed class BrowserConsole : IAsyncDisposable
{
    private const string Start = "\"gsr-picture ", End = "\", source:";

    private static readonly string[] Unwanted =
    [
        "gpu", "quic", "sync", "extensions", "default-apps", "background-networking", "component-update", "breakpad",
        "crash-reporter", "dev-shm-usage",
    ];

    private readonly Process _process;
    private readonly DirectoryInfo _folder;
    private string _lastWords = "it said nothing";

    private BrowserConsole(Process process, DirectoryInfo folder) => (_process, _folder) = (process, folder);

    /// <summary>The last line of what the browser itself had to say.</summary>
    public string LastWords => _lastWords;

    /// <summary>Shows a page in a browser without the user's profile, extensions or the network.</summary>
    public static BrowserConsole Open(string program, string page)
    {
        var folder = Directory.CreateTempSubdirectory("gsr-pictures-");
        try
        {
            var file = Path.Combine(folder.FullName, "page.html");
            File.WriteAllText(file, page, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            var start = new ProcessStartInfo(program)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardErrorEncoding = Encoding.UTF8,
            };
            foreach (var argument in Arguments(Path.Combine(folder.FullName, "profile"), new Uri(file).AbsoluteUri))
                start.ArgumentList.Add(argument);
            var process = Process.Start(start) ?? throw new IOException($"{program} did not start.");
            process.StandardInput.Close();
            _ = DrainAsync(process.StandardOutput);
            return new BrowserConsole(process, folder);
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            folder.Delete(recursive: true);
            throw new IOException($"{program} cannot be started: {e.Message}", e);
        }
    }

    /// <summary>The next line that the page wrote, or null when the browser is gone.</summary>
    public async Task<string?> ReadAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            while (await _process.StandardError.ReadLineAsync(limit.Token) is { } line)
            {
                var start = line.IndexOf(Start, StringComparison.Ordinal);
                var end = start < 0 ? -1 : line.IndexOf(End, start, StringComparison.Ordinal);
                if (end >= 0)
                    return line[(start + Start.Length)..end];
                if (line.Length > 0)
                    _lastWords = line.Length > 300 ? line[..300] : line;
            }
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException();
        }
    }

    /// <summary>Ends the browser with all its processes and removes what it wrote.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(5)).Token);
        }
        catch (Exception e) when (e is InvalidOperationException
            or AggregateException or System.ComponentModel.Win32Exception or OperationCanceledException)
        {
            // Gone already, or beyond reach.
        }
        _process.Dispose();
        // Its other processes may still be writing while they die.
        for (var attempt = 0; attempt < 20; attempt++)
        {
            try
            {
                _folder.Delete(recursive: true);
                return;
            }
            catch (DirectoryNotFoundException)
            {
                return;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                await Task.Delay(100);
            }
        }
    }

    private static IEnumerable<string> Arguments(string profile, string address)
    {
        yield return "--headless";
        yield return "--enable-logging=stderr";
        yield return $"--user-data-dir={profile}";
        foreach (var unwanted in Unwanted)
            yield return $"--disable-{unwanted}";
        yield return "--no-first-run";
        yield return "--no-default-browser-check";
        yield return "--hide-scrollbars";
        yield return "--host-resolver-rules=MAP * ~NOTFOUND";
        // The sandbox refuses to run for root.
        if (!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess)
            yield return "--no-sandbox";
        yield return address;
    }

    private static async Task DrainAsync(StreamReader reader)
    {
        try
        {
            await reader.BaseStream.CopyToAsync(Stream.Null);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            return;
        }
    }
}

/// <summary>Where a Chromium is installed. None is ever downloaded.</summary>
internal static class BrowserLocation
{
    /// <summary>Names the browser to take, before any other.</summary>
    public const string Variable = "GSR_CHROMIUM";

    private static readonly string[] Names =
        ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge", "chrome"];

    /// <summary>The browser of this machine, or why there is none.</summary>
    public static BrowserSearch Find() => Find(Environment.GetEnvironmentVariable, UsualPlaces());

    /// <summary>The same with the environment and the usual places given.</summary>
    public static BrowserSearch Find(Func<string, string?> environment, IEnumerable<string> usualPlaces)
    {
        if (environment(Variable) is { Length: > 0 } given)
            return File.Exists(given) ? new(given, "") : new(null, $"{Variable} names {given}, which does not exist");
        var suffix = OperatingSystem.IsWindows() ? ".exe" : "";
        var folders = (environment("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var onPath =
            from name in Names
            from folder in folders
            select Path.Combine(folder, name + suffix);
        return onPath.Concat(usualPlaces).FirstOrDefault(IsProgram) is { } found
            ? new(found, "")
            : new(null, $"no Chromium, Chrome or Edge was found ({Variable}, PATH, the usual places)");
    }

    private static IEnumerable<string> UsualPlaces()
    {
        if (OperatingSystem.IsMacOS())
        {
            string[] programs = ["Google Chrome", "Chromium", "Microsoft Edge"];
            string[] roots = ["/", Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)];
            return
                from program in programs
                from root in roots
                select Path.Combine(root, "Applications", $"{program}.app", "Contents", "MacOS", program);
        }
        if (OperatingSystem.IsWindows())
        {
            string[] programs = [@"Google\Chrome\Application\chrome.exe", @"Chromium\Application\chrome.exe",
                @"Microsoft\Edge\Application\msedge.exe"];
            return
                from program in programs
                from root in (Environment.SpecialFolder[])[ProgramFiles, ProgramFilesX86, LocalApplicationData]
                select Path.Combine(Environment.GetFolderPath(root), program);
        }
        return [];
    }

    private static bool IsProgram(string path) => File.Exists(path)
        && (OperatingSystem.IsWindows()
            || (File.GetUnixFileMode(path) & (UserExecute | GroupExecute | OtherExecute)) != 0);
}

/// <summary>The browser found; or null, and why there is none, in half a sentence.</summary>
internal sealed record BrowserSearch(string? Path, string Reason);
