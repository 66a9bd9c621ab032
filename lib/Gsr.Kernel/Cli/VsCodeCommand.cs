using System.CommandLine;
using System.Diagnostics;
using Gsr.Kernel.Documents;
using static Gsr.Kernel.Running.ExitCode;

namespace Gsr.Kernel.Cli;

/// <summary>The command line <c>gsr vscode</c>.</summary>
internal static class VsCodeCommand
{
    private static readonly string[] Editors = ["code", "code-insiders", "codium", "code-server"];

    public static Command Create()
    {
        var editor = new Option<string>("--command")
        {
            Description = $"The editor's command; else those of the PATH: {string.Join(", ", Editors)}.",
        };
        var uninstall = new Option<bool>("--uninstall") { Description = "Takes it away again." };
        var install = new Command("install", "Installs the extension with which VS Code runs notebooks by this engine.")
        {
            editor, uninstall,
        };
        install.SetAction(async (parsed, cancellationToken) =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            try
            {
                await InstallAsync(
                    parsed.GetValue(editor), parsed.GetValue(uninstall), output.WriteLine, cancellationToken);
                return Succeeded;
            }
            catch (Exception e) when (e is UsageException or IOException or UnauthorizedAccessException)
            {
                await error.WriteLineAsync(e.Message);
                return e is UsageException ? Misused : Failed;
            }
        });
        return new Command("vscode", "The engine in VS Code.") { install };
    }

    private static async Task InstallAsync(
        string? wanted, bool uninstall, Action<string> say, CancellationToken cancellationToken)
    {
        var package = ExtensionPackage.Path;
        string[] arguments = uninstall
            ? ["--uninstall-extension", ExtensionPackage.Id] : ["--install-extension", package, "--force"];
        if (!uninstall)
            ExtensionPackage.Write(package);
        string[] editors = wanted is null ? [.. Editors.Select(Find).OfType<string>()]
            : [Find(wanted) ?? throw new UsageException($"--command {wanted}: there is no such program.")];
        if (editors.Length == 0)
        {
            throw new IOException($"No command of VS Code is on the PATH ({string.Join(", ", Editors)}). In VS Code's "
                + $"terminal, or with --command, type: code {string.Join(' ', arguments)}");
        }
        foreach (var editor in editors)
        {
            await RunAsync(editor, arguments, cancellationToken);
            say(uninstall ? $"Removed {ExtensionPackage.Id} by {editor}."
                : $"Installed {ExtensionPackage.Id} by {editor}. Open a notebook; a window that is open, reload.");
        }
    }

    // On Windows the commands are scripts.
    private static string? Find(string name)
    {
        string[] endings = OperatingSystem.IsWindows() ? [".cmd", ".exe", ""] : [""];
        var folders = Path.GetFileName(name) != name ? [""] : (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.SelectMany(folder => endings.Select(ending => Path.Combine(folder, name + ending)))
            .FirstOrDefault(File.Exists);
    }

    private static async Task RunAsync(string editor, string[] arguments, CancellationToken cancellationToken)
    {
        try
        {
            var start = new ProcessStartInfo(editor, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var process = Process.Start(start)!;
            var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(cancellationToken),
                process.StandardError.ReadToEndAsync(cancellationToken));
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != 0)
                throw new IOException($"{editor} {string.Join(' ', arguments)} failed: {string.Concat(said).Trim()}");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new IOException($"{editor} does not start: {e.Message}", e);
        }
    }
}
