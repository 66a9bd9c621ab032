using System.Runtime.CompilerServices;

namespace Gsr.Kernel.Tests.Clients;

/// <summary>
/// A user of Jupyter who has nothing but this kernel, and a folder to work in that looks to a notebook like the
/// workbook: what is built lies where its <c>#r</c> line says.
/// </summary>
internal sealed class JupyterHome : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private JupyterHome()
    {
        // The user's own settings, kernels and history stay out of it.
        Environment = new Dictionary<string, string>
        {
            ["JUPYTER_DATA_DIR"] = this["data"],
            ["JUPYTER_CONFIG_DIR"] = this["config"],
            ["JUPYTER_RUNTIME_DIR"] = this["runtime"],
            ["IPYTHONDIR"] = this["ipython"],
            ["JUPYTER_NO_CONFIG"] = "1",
            ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1", // else a warning on every start
            ["OMP_NUM_THREADS"] = "1", // notebooks that train side by side would wait for each other's threads
        };
        Directory.CreateDirectory(Notebooks);
        Directory.CreateDirectory(this["artifacts"]);
        foreach (var built in new[] { "bin", "torch" })
            Directory.CreateSymbolicLink(System.IO.Path.Combine(this["artifacts"], built),
                System.IO.Path.Combine(Repository, "artifacts", built));
    }

    /// <summary>The top of the repository.</summary>
    public static string Repository { get; } = System.IO.Path.GetFullPath(
        System.IO.Path.Combine(System.IO.Path.GetDirectoryName(ThisFile())!, "..", "..", ".."));

    /// <summary>The engine as a build leaves it.</summary>
    public static string Engine => System.IO.Path.Combine(
        Repository, "artifacts", "bin", "Gsr.Kernel", "release", OperatingSystem.IsWindows() ? "gsr.exe" : "gsr");

    public string Path => _folder.Path;

    /// <summary>Where notebooks are put.</summary>
    public string Notebooks => this["notebooks"];

    /// <summary>What to start Jupyter's programs with.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    public string this[string name] => _folder[name];

    /// <summary>A home in which the kernel is installed, as its own command installs it.</summary>
    public static async Task<JupyterHome> CreateAsync()
    {
        var home = new JupyterHome();
        var (exitCode, output) = await ClientProgram.RunAsync(home.Path, home.Environment, Engine, "kernel", "install");
        Assert.True(exitCode == 0, output);
        Assert.Contains(home["data"], output, StringComparison.Ordinal);
        return home;
    }

    public void Dispose() => _folder.Dispose();

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
