using System.IO.Compression;
using System.Text.Json.Nodes;
using Gsr.Kernel.Tests.Running;

namespace Gsr.Kernel.Tests.Cli;

/// <summary>The command that installs the extension for VS Code.</summary>
public sealed class VsCodeCommandTests
{
    [Fact]
    public void The_editor_gets_a_package_with_all_that_it_names_and_the_engine()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The editor of this test is a shell script.");
        using var folder = new TemporaryFolder();
        var editor = Script(folder, "editor", "echo \"$@\" >> said");
        Assert.Equal(0, Run(folder, "vscode", "install", "--command", editor).ExitCode);
        var said = File.ReadAllText(folder["said"]).Split(' ');
        Assert.Equal("--install-extension", said[0]);
        var first = File.ReadAllBytes(said[1]);
        Assert.Equal(0, Run(folder, "vscode", "install", "--command", editor).ExitCode);
        Assert.Equal(first, File.ReadAllBytes(said[1]));
        using var package = ZipFile.OpenRead(said[1]);
        var names = package.Entries.Select(entry => entry.FullName).ToHashSet();
        var description = JsonNode.Parse(Text(package, "extension/package.json"))!;
        var contributes = description["contributes"]!;
        string[] needed =
        [
            "[Content_Types].xml", "extension.vsixmanifest", "extension/README.md", "extension/LICENSE.txt",
            Inside(description["main"]!), Inside(description["icon"]!),
            Inside(contributes["viewsContainers"]!["panel"]![0]!["icon"]!),
            "extension/dist/plotly.min.js", "extension/dist/figure.js", "extension/dist/mermaid.min.js",
            .. contributes["notebookRenderer"]!.AsArray().Select(renderer => renderer!["entrypoint"]!)
                .Select(entry => Inside(entry is JsonObject ? entry["path"]! : entry)),
        ];
        Assert.All(needed, name => Assert.Contains(name, names));
        Assert.DoesNotContain(names, name => Path.GetExtension(name) is ".ts" or ".mts" or ".map");
        var command = JsonNode.Parse(Text(package, "extension/engine.json"))!["command"]!.AsArray();
        Assert.True(File.Exists((string?)command[1]), $"{command[1]} is no engine.");
        Assert.Contains("gsr-notebooks", Text(package, "extension.vsixmanifest"), StringComparison.Ordinal);

        Assert.Equal(0, Run(folder, "vscode", "install", "--uninstall", "--command", editor).ExitCode);
        Assert.Equal(
            "--uninstall-extension gsr.gsr-notebooks", File.ReadAllLines(folder["said"])[2]);
    }

    [Fact]
    public void Without_an_editor_the_command_to_type_is_told()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The PATH of this test is a folder of shell scripts.");
        using var folder = new TemporaryFolder();
        using var gsr = GsrProcess.Start(folder, ("PATH", folder.Path), "vscode", "install");
        Assert.Equal(1, gsr.WaitForExit());
        Assert.Matches("code --install-extension .*[.]vsix", gsr.Output);
    }

    [Fact]
    public void An_editor_that_is_not_there_or_fails_is_named()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The editor of this test is a shell script.");
        using var folder = new TemporaryFolder();
        var (exit, output) = Run(folder, "vscode", "install", "--command", "no-such-editor");
        Assert.Equal(2, exit);
        Assert.Contains("no-such-editor", output, StringComparison.Ordinal);
        (exit, output) = Run(
            folder, "vscode", "install", "--command", Script(folder, "failing", "echo out of order >&2; exit 7"));
        Assert.Equal(1, exit);
        Assert.Contains("out of order", output, StringComparison.Ordinal);
    }

    // The package is written for the user who runs the command.
    private static (int ExitCode, string Output) Run(TemporaryFolder folder, params string[] arguments) =>
        GsrProcess.Run(folder, ("XDG_DATA_HOME", folder["data"]), arguments);

    private static string Script(TemporaryFolder folder, string name, string line)
    {
        var path = folder.Write(name, $"#!/bin/sh\n{line}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    private static string Inside(JsonNode path) =>
        "extension/" + ((string)path!).Replace("./", "", StringComparison.Ordinal);

    private static string Text(ZipArchive package, string name)
    {
        using var reader = new StreamReader(package.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }
}
