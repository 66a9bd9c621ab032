using System.Text.Json.Nodes;
using Gsr.Internals;
using Gsr.Kernel.Display;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Outputs;
using Gsr.Kernel.Sessions.Execution;
using Gsr.Kernel.Sessions.Packages;

namespace Gsr.Kernel.Jupyter;

/// <summary>The folder by which Jupyter and VS Code find a kernel.</summary>
internal static class KernelSpec
{
    private const string FileName = "kernel.json";

    // By which a kernelspec is known to be this engine's.
    private const string Mark = "gsr";
    private const Environment.SpecialFolder Home = Environment.SpecialFolder.UserProfile;

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
            return Path.Combine(FolderOf(data, "APPDATA"), "jupyter", "kernels");
        }
        if (wholeMachine)
            return "/usr/local/share/jupyter/kernels";
        if (OperatingSystem.IsMacOS())
            return Path.Combine(FolderOf(Home, "HOME"), "Library", "Jupyter", "kernels");
        var shared = Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } set
            ? set : Path.Combine(FolderOf(Home, "HOME"), ".local", "share");
        return Path.Combine(shared, "jupyter", "kernels");
    }

    /// <summary>Writes a kernelspec with Jupyter's chart library beside it, and returns its folder.</summary>
    /// <param name="root">The folder of kernelspecs.</param>
    /// <param name="name">The kernel's name.</param>
    /// <param name="replaces">True to take the place of another program's kernel.</param>
    public static string Install(string root, string name, bool replaces = false)
    {
        var folder = FolderOf(root, name);
        var file = Path.Combine(folder, FileName);
        if (!replaces && File.Exists(file) && !IsOwn(file))
        {
            throw new UsageException($"{file} belongs to another program. --force puts this engine in its place, "
                + "--name NAME beside it.");
        }
        var environment = new Dictionary<string, string>(RuntimeSettings.OfKernel);
        if (EngineLocation.DotNetRoot is { } dotnet)
            environment["DOTNET_ROOT"] = dotnet;
        var arguments = EngineLocation.Command.Concat(["kernel", "start", "--connection-file", "{connection_file}"]);
        AtomicFile.WriteAllText(file, JupyterJson.Write(new JsonObject
        {
            ["argv"] = new JsonArray([.. arguments.Select(word => (JsonNode)word)]),
            ["env"] = new JsonObject(environment.Select(one => KeyValuePair.Create(one.Key, (JsonNode?)one.Value))),
            ["display_name"] = ".NET (C#)",
            ["language"] = "C#",
            // Else VS Code and Jupyter send a signal, which Windows does not have.
            ["interrupt_mode"] = "message",
            // JupyterLab offers its debugger where this says so, whatever the kernel says of itself.
            ["metadata"] = new JsonObject { ["debugger"] = true, [Mark] = EngineLocation.Version },
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
        if (!IsOwn(file))
            throw new UsageException($"{file} belongs to another program; remove it with that.");
        File.Delete(file);
        File.Delete(Path.Combine(folder, ChartLibrary.FileName));
        if (!Directory.EnumerateFileSystemEntries(folder).Any())
            Directory.Delete(folder);
        return folder;
    }

    // Earlier versions of this engine named themselves in the command alone.
    private static bool IsOwn(string file)
    {
        var text = File.ReadAllText(file);
        return text.Contains(Path.GetFileName(EngineLocation.Assembly), StringComparison.Ordinal)
            || text.Contains($"\"{Mark}\"", StringComparison.Ordinal);
    }

    private static string FolderOf(Environment.SpecialFolder folder, string variable) =>
        Environment.GetFolderPath(folder) is var path && Path.IsPathRooted(path) ? path
            : throw new UsageException($"{variable} is \"{Environment.GetEnvironmentVariable(variable)}\", no folder "
                + $"that exists: there is no place for a user's kernels. Set {variable} or JUPYTER_DATA_DIR.");

    private static string FolderOf(string root, string name) =>
        name.Length > 0
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && name.Trim('.').Length > 0
            ? Path.Combine(root, name)
            : throw new UsageException(
                $"--name \"{name}\" cannot be a kernel's name; use letters, digits, '-', '_' and '.'.");
}
