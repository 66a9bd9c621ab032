using System.Diagnostics;

namespace Gsr.Notebooks.Tests.Clients;

/// <summary>
/// The kernel installed where only these tests look, and a copy of the workbook whose notebooks may be changed. What real
/// front ends are run with; each is skipped, in sight, where it is not installed.
/// </summary>
public sealed class InstalledKernel : IAsyncLifetime
{
    public const string Name = "gsr-test";

    // A Debian package's modules are those of Debian's Python, whatever other Python comes first on the path.
    private static readonly string s_python = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";

    private readonly string _folder = Directory.CreateTempSubdirectory("gsr-clients-").FullName;

    /// <summary>Where copies of notebooks find what the originals find.</summary>
    public string Notebooks => Path.Combine(_folder, "workbook", "notebooks");

    public string Scratch => _folder;

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Notebooks);
        foreach (var beside in (string[])["artifacts", "data"])
            Directory.CreateSymbolicLink(Path.Combine(_folder, "workbook", beside), Path.Combine(Workbook.Folder, beside));
        var engine = Path.Combine(Workbook.Folder, "artifacts", "bin", "Gsr.Kernel", "release", "Gsr.Kernel.dll");
        var (exitCode, output) = await RunAsync("dotnet", engine, "kernel", "install", "--name", Name);
        Assert.True(exitCode == 0, output);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Skips the test unless Python has the modules.</summary>
    public async Task NeedPythonAsync(string package, params string[] modules)
    {
        var (exitCode, _) = File.Exists(s_python) ? await RunAsync(s_python, "-c", $"import {string.Join(", ", modules)}") : (1, "");
        Assert.SkipWhen(exitCode != 0, $"{package} is not installed (Debian: apt-get install {package}).");
    }

    /// <summary>Runs one of the scripts beside this file.</summary>
    public Task<(int ExitCode, string Output)> PythonAsync(string script, params string[] arguments) =>
        RunAsync(s_python, [Script(script), .. arguments]);

    /// <summary>The file of a script beside this file.</summary>
    public static string Script(string name) => Path.Combine(Workbook.Folder, "tests", "Gsr.Notebooks.Tests", "Clients", name);

    public async Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Nothing of the user's own settings, and nothing left in them.
        foreach (var name in (string[])["JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR", "IPYTHONDIR"])
            start.Environment[name] = Path.Combine(_folder, "jupyter", name);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(8));
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
        }
        return (process.ExitCode, await output + await errors);
    }
}
