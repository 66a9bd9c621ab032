using System.Diagnostics;
using System.Text.Json.Nodes;
using Gsr.Kernel.Display;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Jupyter;
using Gsr.Kernel.Sessions.Execution;
using Gsr.Kernel.Sessions.Packages;

namespace Gsr.Kernel.Tests.Jupyter;

/// <summary>The kernel as front ends find it: what is written, and what is left alone.</summary>
public sealed class KernelSpecTests
{
    [Fact]
    public void Installs_where_it_is_told_and_removes_only_its_own()
    {
        using var home = new TemporaryFolder();
        var root = home.Path;
        var folder = KernelSpec.Install(root, "one");
        var spec = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "kernel.json")))!;
        Assert.Contains("{connection_file}", spec["argv"]!.AsArray().Select(a => (string?)a));
        Assert.True(File.Exists((string?)spec["argv"]![1]));
        Assert.Equal(("C#", "message"), ((string?)spec["language"], (string?)spec["interrupt_mode"]));
        Assert.True((bool)spec["metadata"]!["debugger"]!);
        foreach (var (name, value) in RuntimeSettings.OfKernel)
            Assert.Equal(value, (string?)spec["env"]![name]);
        Assert.Equal(folder, KernelSpec.Install(root, "one"));
        // The library of the version that a chart's script asks the notebook's server for.
        var library = ChartLibrary.FileName;
        Assert.Contains($"plotly.js v{library["plotly-".Length..^".min.js".Length]}",
            File.ReadAllText(Path.Combine(folder, library))[..200], StringComparison.Ordinal);
        KernelSpec.Uninstall(root, "one");
        Assert.False(Directory.Exists(folder));
        Assert.Throws<UsageException>(() => KernelSpec.Uninstall(root, "one"));
        Assert.Throws<UsageException>(() => KernelSpec.Install(root, "../up"));
        var foreign = Path.Combine(Directory.CreateDirectory(Path.Combine(root, "foreign")).FullName, "kernel.json");
        const string interactive = """{"argv":["dotnet","interactive","jupyter","{connection_file}"]}""";
        File.WriteAllText(foreign, interactive);
        foreach (var touch in (Func<string>[])[
            () => KernelSpec.Uninstall(root, "foreign"),
            () => KernelSpec.Install(root, "foreign")])
        {
            Assert.Contains(foreign, Assert.Throws<UsageException>(touch).Message, StringComparison.Ordinal);
            Assert.Equal(interactive, File.ReadAllText(foreign));
        }
        KernelSpec.Install(root, "foreign", replaces: true);
        KernelSpec.Uninstall(root, "foreign");
    }

    [Fact]
    public void Without_a_home_nothing_is_installed_into_the_current_folder()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There the folder is not named by a variable.");
        using var folder = new TemporaryFolder();
        foreach (var home in (string[])[folder["none"], "relative"])
        {
            var start = new ProcessStartInfo(
                EngineLocation.DotNet, ["exec", EngineLocation.Assembly, "kernel", "install"])
            {
                WorkingDirectory = folder.Path,
                RedirectStandardError = true,
                Environment = { ["HOME"] = home },
            };
            start.Environment.Remove("XDG_DATA_HOME");
            start.Environment.Remove("JUPYTER_DATA_DIR");
            using var gsr = Process.Start(start)!;
            var error = gsr.StandardError.ReadToEnd();
            gsr.WaitForExit();
            Assert.Equal(2, gsr.ExitCode);
            Assert.Contains($"HOME is \"{home}\"", error, StringComparison.Ordinal);
            Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
        }
    }

    [Fact]
    public void Where_it_cannot_be_written_the_file_and_the_remedy_are_named()
    {
        using var folder = new TemporaryFolder();
        folder.Write("file", "");
        var message = Assert.Throws<IOException>(() => KernelSpec.Install(folder["file"], "one")).Message;
        Assert.StartsWith($"{Path.Combine(folder["file"], "one", "kernel.json")} cannot be written: ", message);
    }

    [Fact]
    public void A_tool_is_started_by_its_command_which_outlives_its_version()
    {
        using var folder = new TemporaryFolder();
        var command = folder.Write(OperatingSystem.IsWindows() ? "gsr.exe" : "gsr", "");
        var assembly = Path.Combine(
            ".store", "gsr.kernel", "1.0.0", "gsr.kernel.any", "1.0.0", "tools", "net10.0", "any", "Gsr.Kernel.dll");
        Assert.Equal(command, EngineLocation.ToolCommand(folder[assembly]));
        Assert.Null(EngineLocation.ToolCommand(folder["Gsr.Kernel.dll"]));
        Assert.Null(EngineLocation.ToolCommand(folder[Path.Combine("elsewhere", assembly)]));
    }
}
