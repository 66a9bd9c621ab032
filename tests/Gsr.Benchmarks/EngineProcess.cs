using System.Diagnostics;
using System.Text.Json;

namespace Gsr.Benchmarks;

/// <summary>Runs notebooks of trivial cells with the built engine.</summary>
internal sealed class EngineProcess : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gsr-bench-").FullName;
    private readonly string _assembly = Find()
        ?? throw new FileNotFoundException(
            "artifacts/bin/Gsr.Kernel/release/Gsr.Kernel.dll is not built: run dotnet build lib/Gsr.Kernel first.");

    /// <summary>The engine in the repository that this program was built in; null where it is not built.</summary>
    public static string? Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var path = Path.Combine(at.FullName, "artifacts", "bin", "Gsr.Kernel", "release", "Gsr.Kernel.dll");
            if (File.Exists(path)) return path;
        }

        return null;
    }

    /// <summary>Starts the engine on a notebook of so many cells and waits for its end.</summary>
    public void Run(int cells)
    {
        var notebook = Path.Combine(_folder, $"cells-{cells}.ipynb");
        if (!File.Exists(notebook)) File.WriteAllText(notebook, Notebook(cells));
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (
            var argument in new[] {
                _assembly, "run", notebook, "--out", Path.Combine(_folder, "out") }) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException(
            $"gsr ended with {process.ExitCode}: {output} {errors.Result}");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Notebook(int cells) => JsonSerializer.Serialize(new
    {
        cells = Enumerable.Range(0, cells).Select(i => new
        {
            cell_type = "code",
            execution_count = (int?)null,
            id = $"cell-{i}",
            metadata = new { },
            outputs = Array.Empty<object>(),
            source = new[] { $"var x{i} = {i};\n", $"x{i} + 1" },
        }),
        metadata = new
        {
            kernelspec = new { display_name = ".NET (C#)", language = "C#", name = ".net-csharp" },
            language_info = new { name = "C#" },
        },
        nbformat = 4,
        nbformat_minor = 5,
    });
}
