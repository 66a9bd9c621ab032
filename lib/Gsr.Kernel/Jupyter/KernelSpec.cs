using System.Text.Json.Nodes;
using Gsr.Internals;
using Gsr.Kernel.Display;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Outputs;
using Gsr.Kernel.Sessions.Packages;

namespace Gsr.Kernel.Jupyter;

/// <summary>The folder by which Jupyter and VS Code find a kernel.</summary>
internal static class KernelSpec
{
    private const string FileName = "kernel.json";

    /// <summary>Where kernelspecs of this user lie, or those of the whole machine.</summary>
    /// <remarks>Jupyter's own list: https://jupyter-client.readthedocs.io/en/stable/kernels.html.</remarks>
    public static string Root(bool wholeMachine)
    {
        if (!wholeMachine && Environment.GetEnvironmentVariable("JUPYTER_DATA_DIR") is { Length: > 0 } chosen)
            return Path.Combine(chosen, "kernels");
        if (OperatingSystem.IsWindows())
        {
            var data = wholeMachine
                ? Environment.SpecialFolder.CommonApplicationData : Environment.SpecialFolder.ApplicationData;
            return Path.Combine(Environment.GetFolderPath(data), "jupyter", "kernels");
        }
        if (wholeMachine)
            return "/usr/local/share/jupyter/kernels";
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (OperatingSystem.IsMacOS())
            return Path.Combine(home, "Library", "Jupyter", "kernels");
        var shared = Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } set
            ? set : Path.Combine(home, ".local", "share");
        return Path.Combine(shared, "jupyter", "kernels");
    }

    /// <summary>Writes a kernelspec with Jupyter's chart library beside it, and returns its folder.</summary>
    public static string Install(string root, string name)
    {
        var folder = FolderOf(root, name);
        Directory.CreateDirectory(folder);
        AtomicFile.WriteAllText(Path.Combine(folder, FileName), JupyterJson.Write(new JsonObject
        {
            ["argv"] = new JsonArray(
                EngineLocation.DotNet, EngineLocation.Assembly, "kernel", "start", "--connection-file",
                "{connection_file}"),
            ["display_name"] = ".NET (C#)",
            ["language"] = "C#",
            // Else VS Code and Jupyter send a signal, which Windows does not have.
            ["interrupt_mode"] = "message",
            // JupyterLab offers its debugger where this says so, whatever the kernel says of itself.
            ["metadata"] = new JsonObject { ["debugger"] = true },
        }));
        AtomicFile.WriteAllText(Path.Combine(folder, ChartLibrary.FileName), PageAssets.Plotly);
        return folder;
    }

    public static string Uninstall(string root, string name)
    {
        var folder = FolderOf(root, name);
        var file = Path.Combine(folder, FileName);
        if (!File.Exists(file))
            throw new UsageException($"No kernel \"{name}\" is installed in {root}.");
        if (!File.ReadAllText(file).Contains(Path.GetFileName(EngineLocation.Assembly), StringComparison.Ordinal))
            throw new UsageException($"{file} belongs to another program; remove it with that.");
        File.Delete(file);
        File.Delete(Path.Combine(folder, ChartLibrary.FileName));
        if (!Directory.EnumerateFileSystemEntries(folder).Any())
            Directory.Delete(folder);
        return folder;
    }

    private static string FolderOf(string root, string name) =>
        name.Length > 0
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && name.Trim('.').Length > 0
            ? Path.Combine(root, name)
            : throw new UsageException(
                $"--name \"{name}\" cannot be a kernel's name; use letters, digits, '-', '_' and '.'.");
}
