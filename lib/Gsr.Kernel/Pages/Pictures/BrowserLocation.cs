namespace Gsr.Kernel.Pages.Pictures;

/// <summary>Where a Chromium is installed. None is ever downloaded.</summary>
internal static class BrowserLocation
{
    /// <summary>Names the browser to take, before any other.</summary>
    public const string Variable = "GSR_CHROMIUM";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge", "chrome"];

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
            : new(null, $"no Chromium, Chrome or Edge is installed where it is looked for ({Variable}, PATH, the usual places)");
    }

    private static IEnumerable<string> UsualPlaces()
    {
        if (OperatingSystem.IsMacOS())
        {
            string[] programs = ["Google Chrome", "Chromium", "Microsoft Edge"];
            string[] roots = ["/", Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)];
            return programs.SelectMany(program => roots.Select(root => Path.Combine(root, "Applications", $"{program}.app", "Contents", "MacOS", program)));
        }
        if (OperatingSystem.IsWindows())
        {
            string[] programs = [@"Google\Chrome\Application\chrome.exe", @"Chromium\Application\chrome.exe", @"Microsoft\Edge\Application\msedge.exe"];
            Environment.SpecialFolder[] roots =
                [Environment.SpecialFolder.ProgramFiles, Environment.SpecialFolder.ProgramFilesX86, Environment.SpecialFolder.LocalApplicationData];
            return programs.SelectMany(program => roots.Select(root => Path.Combine(Environment.GetFolderPath(root), program)));
        }
        return [];
    }

    private static bool IsProgram(string path) => File.Exists(path)
        && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);
}

/// <summary>The browser found; or null, and why there is none, in half a sentence.</summary>
internal sealed record BrowserSearch(string? Path, string Reason);
