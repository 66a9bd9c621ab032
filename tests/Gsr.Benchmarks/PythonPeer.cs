using System.Diagnostics;
using System.Text.Json;

namespace Gsr.Benchmarks;

/// <summary>
/// pytorch/benchmark.py in a Python that has PyTorch, asked case by case, so that both sides alternate in one run.
/// </summary>
internal sealed class PythonPeer : IDisposable
{
    private readonly Process _process;

    private PythonPeer(Process process, JsonElement hello) => (_process, Version, Libraries, Gigaflops) =
        (process, hello.GetProperty("pytorch").GetString()!, hello.GetProperty("libraries").GetString()!,
            hello.GetProperty("gflops").GetDouble());

    public string Version { get; }

    /// <summary>The names of the linear algebra that it has loaded.</summary>
    public string Libraries { get; }

    /// <summary>What its matrix product reaches.</summary>
    public double Gigaflops { get; }

    /// <summary>The first Python with PyTorch; null where there is none.</summary>
    public static PythonPeer? Start()
    {
        var script = Path.Combine(AppContext.BaseDirectory, "pytorch", "benchmark.py");
        foreach (var python in new[] { "python3", "/usr/bin/python3", "python" })
        {
            var start = new ProcessStartInfo(python)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true
            };
            foreach (var argument in new[] { script, "--serve" }) start.ArgumentList.Add(argument);
            try
            {
                var process = Process.Start(start)!;
                process.ErrorDataReceived += (_, _) => { };
                process.BeginErrorReadLine();
                if (process.StandardOutput.ReadLine() is { } line) return new PythonPeer(
                    process, JsonDocument.Parse(line).RootElement);
                process.Dispose();
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // There is no such program.
            }
        }

        return null;
    }

    /// <summary>Microseconds of processor time of a case, or NaN where this PyTorch cannot run it.</summary>
    public double Measure(string name)
    {
        _process.StandardInput.WriteLine(name);
        _process.StandardInput.Flush();
        var line = _process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException($"benchmark.py ended at the case {name}.");
        using var answer = JsonDocument.Parse(line);
        return answer.RootElement.TryGetProperty("us", out var time) ? time.GetDouble() : double.NaN;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
