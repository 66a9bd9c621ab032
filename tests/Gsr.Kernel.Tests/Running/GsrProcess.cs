using System.Diagnostics;
using System.Text;
using Gsr.Kernel.Sessions.Packages;

namespace Gsr.Kernel.Tests.Running;

/// <summary>The command <c>gsr</c> as a real process.</summary>
internal sealed class GsrProcess : IDisposable
{
    // Generous: what is measured in these tests is what happens, not how fast a shared machine is.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private GsrProcess(string folder, string[] arguments, (string Name, string Value)? variable = null)
    {
        var start = new ProcessStartInfo(EngineLocation.DotNet)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (variable is { } set)
            start.Environment[set.Name] = set.Value;
        foreach (var argument in (string[])["exec", EngineLocation.Assembly, .. arguments])
            start.ArgumentList.Add(argument);
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Add(line.Data);
        _process.ErrorDataReceived += (_, line) => Add(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    public static GsrProcess Start(TemporaryFolder folder, params string[] arguments) => new(folder.Path, arguments);

    public static (int ExitCode, string Output) Run(TemporaryFolder folder, params string[] arguments)
    {
        using var gsr = Start(folder, arguments);
        return (gsr.WaitForExit(), gsr.Output);
    }

    /// <summary>The same with one environment variable set.</summary>
    public static GsrProcess Start(
        TemporaryFolder folder, (string Name, string Value) variable, params string[] arguments) =>
        new(folder.Path, arguments, variable);

    public static (int ExitCode, string Output) Run(
        TemporaryFolder folder, (string Name, string Value) variable, params string[] arguments)
    {
        using var gsr = Start(folder, variable, arguments);
        return (gsr.WaitForExit(), gsr.Output);
    }

    public int WaitForExit()
    {
        Assert.True(_process.WaitForExit(Patience), $"gsr did not end. It said:\n{Output}");
        // Its output may come later than its end, and never ends where a process that it left behind holds it.
        Assert.True(Task.Run(_process.WaitForExit)
            .Wait(Patience), $"gsr ended, but not its output. It said:\n{Output}");
        return _process.ExitCode;
    }

    public void Signal(string name) => Signal(name, _process.Id);

    public static void Signal(string name, int process)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{process}"]);
        Assert.True(kill.WaitForExit(Patience), "The command kill does not end.");
    }

    /// <summary>Runs a program to its end and gives what it wrote.</summary>
    public static string RunProgram(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(Patience), $"{program} does not end.");
        Assert.True(process.ExitCode == 0, $"{program}: exit code {process.ExitCode}: {output}{error.Result}");
        return output + error.Result;
    }

    public static void WaitUntil(Func<bool> condition, string what)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(clock.Elapsed < Patience, $"Waited in vain: {what}");
            Thread.Sleep(20);
        }
    }

    public static bool IsAlive(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Whether a signal has stopped a process of Linux (state T of its line in /proc).</summary>
    public static bool IsStopped(int process) =>
        File.ReadAllText($"/proc/{process}/stat").Contains(") T ", StringComparison.Ordinal);

    public bool IsStopped() => IsStopped(_process.Id);

    /// <summary>Ends the runner alone, as the system's out-of-memory killer would.</summary>
    public void Kill()
    {
        _process.Kill();
        Assert.True(_process.WaitForExit(Patience), "gsr does not die.");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private void Add(string? line)
    {
        lock (_output)
            _output.AppendLine(line);
    }
}
