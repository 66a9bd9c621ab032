using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Gsr.Kernel.Sessions.Packages;

/// <summary>Runs <c>dotnet restore</c> and turns its failure into one readable message.</summary>
internal static partial class DotnetRestore
{
    public static async Task RunAsync(string project, IEnumerable<string> packages, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(EngineLocation.DotNetOfSdk, ["restore", project, "--nologo", "-v:quiet", "-nodeReuse:false"])
        {
            WorkingDirectory = Path.GetDirectoryName(project)!,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        // An outer build hands these down; they would redirect the inner one.
        foreach (var name in (string[])["MSBuildSDKsPath", "MSBUILD_EXE_PATH", "MSBuildExtensionsPath"])
            start.Environment.Remove(name);
        using var process = Start(start);
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
        if (process.ExitCode != 0)
            throw new ReferenceException(Describe(await output + await errors, packages));
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new ReferenceException($"#r \"nuget: ...\" needs the .NET SDK; {start.FileName} cannot be started.", e);
        }
    }

    private static string Describe(string output, IEnumerable<string> packages)
    {
        var messages = ErrorLine().Matches(output).Select(match => match.Groups[1].Value.Trim()).Distinct().ToArray();
        var reason = messages.Length > 0 ? string.Join('\n', messages) : output.Trim();
        // NuGet's message mostly names the package at fault; where it does not, all of them are suspects.
        var named = packages.Where(id => reason.Contains(id, StringComparison.OrdinalIgnoreCase)).ToArray();
        return $"Package {string.Join(", ", named.Length > 0 ? named : packages)} could not be restored. {reason}\nCheck its name and version and the connection; #i \"nuget: <folder or address>\" names another source.";
    }

    // "path : error NU1101: Unable to find ... [path]"; the paths are of no use to the reader.
    [GeneratedRegex(@"error ((?:NU|MSB|NETSDK)?\d*: .*?)(?: \[[^\[\]]*\])?\r?$", RegexOptions.Multiline)]
    private static partial Regex ErrorLine();
}
