using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Gsr.Kernel.Sessions.Packages;

/// <summary>Runs commands of the SDK and turns their failure into one readable message.</summary>
internal static partial class DotNetCommand
{
    /// <summary>Restores the packages of a project.</summary>
    /// <param name="project">The project.</param>
    /// <param name="packages">Their names.</param>
    /// <param name="home">Where the SDK keeps what it keeps for a user; null for the user's home.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    public static async Task RestoreAsync(
        string project, IEnumerable<string> packages, string? home, CancellationToken cancellationToken)
    {
        var (succeeded, output) = await RunAsync(
            "#r \"nuget: ...\"", ["restore", project, "--nologo", "-v:quiet", "-nodeReuse:false"], home,
            cancellationToken);
        if (!succeeded)
            throw new ReferenceException(Describe(output, packages));
    }

    /// <summary>Builds a project, and gives the path of its assembly, which has its packages beside it.</summary>
    public static async Task<string> BuildAsync(string project, CancellationToken cancellationToken)
    {
        var (succeeded, output) = await RunAsync($"#r \"{Path.GetFileName(project)}\"",
        [
            "build", project, "--nologo", "-v:quiet", "-nodeReuse:false", "-p:CopyLocalLockFileAssemblies=true",
            "-t:Build", "-getProperty:TargetPath",
        ], null, cancellationToken);
        return succeeded ? output.Trim().Split('\n')[^1].Trim()
            : throw new ReferenceException($"{project} could not be built. {Reason(output)}");
    }

    private static async Task<(bool Succeeded, string Output)> RunAsync(
        string purpose, string[] arguments, string? home, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(EngineLocation.DotNetOfSdk, arguments)
        {
            WorkingDirectory = Path.GetDirectoryName(arguments[1])!,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        // An outer build hands these down; they would redirect the inner one.
        foreach (var name in (string[])["MSBuildSDKsPath", "MSBUILD_EXE_PATH", "MSBuildExtensionsPath"])
            start.Environment.Remove(name);
        foreach (var name in home is null ? (string[])[] : ["HOME", "DOTNET_CLI_HOME", "XDG_DATA_HOME", "LOCALAPPDATA"])
            start.Environment[name] = home;
        using var process = Start(start, purpose);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        // What the host ends with where it finds no SDK is 0x8000809B, of which Unix keeps the last byte.
        return (process.ExitCode & 0xff) != 0x9B ? (process.ExitCode == 0, await errors + await output)
            : throw new ReferenceException($"{purpose} needs the .NET SDK; {start.FileName} has none.");
    }

    private static Process Start(ProcessStartInfo start, string purpose)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new ReferenceException($"{purpose} needs the .NET SDK; {start.FileName} cannot be started.", e);
        }
    }

    private static string Describe(string output, IEnumerable<string> packages)
    {
        var reason = Reason(output);
        // NuGet's message mostly names the package at fault; where it does not, all of them are suspects.
        var named = packages.Where(id => reason.Contains(id, StringComparison.OrdinalIgnoreCase)).ToArray();
        return $"Package {string.Join(", ", named.Length > 0 ? named : packages)} could not be restored. {reason}\n"
            + "Check its name and version and the connection; #i \"nuget: <folder or address>\" names another source.";
    }

    private static string Reason(string output)
    {
        var messages = ErrorLine().Matches(output).Select(match => match.Groups[1].Value.Trim()).Distinct().ToArray();
        return messages.Length > 0 ? string.Join('\n', messages) : output.Trim();
    }

    // "path : error NU1101: Unable to find ... [path]"; the paths are of no use to the reader.
    [GeneratedRegex(@"error ([A-Z]*\d*: .*?)(?: \[[^\[\]]*\])?\r?$", RegexOptions.Multiline)]
    private static partial Regex ErrorLine();
}
