using System.Diagnostics;
using Gsr.Kernel.Outputs;
using Gsr.Kernel.Sessions.Execution;

namespace Gsr.Kernel.Tests.Sessions.Execution;

/// <summary>A session with a folder of its own and a record of what each cell emitted.</summary>
internal sealed class TestNotebook : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Session _session;
    private readonly TemporaryFolder? _own;
    private readonly List<CellOutput> _outputs = [];
    private int _cell;

    public TestNotebook(bool captureFileDescriptors = false, string? folder = null, TimeSpan? gracePeriod = null)
    {
        Folder = folder ?? (_own = new TemporaryFolder()).Path;
        _session = new Session(new SessionOptions
        {
            WorkingDirectory = Folder,
            CaptureFileDescriptors = captureFileDescriptors,
            GracePeriod = gracePeriod ?? TimeSpan.FromSeconds(2),
        });
    }

    public string Folder { get; }

    public Task<bool> WarmUp(CancellationToken stop) => _session.WarmUp(() => true, stop);

    /// <summary>True when the cell that is running has written this text.</summary>
    public bool HasWritten(string stream, string text)
    {
        lock (_outputs)
            return _outputs.OfType<StreamOutput>()
                .Any(o => o.Name == stream && o.Text.Contains(text, StringComparison.Ordinal));
    }

    /// <summary>Waits until a running cell has come to a point; fails when it ends before.</summary>
    public static async Task ReachAsync(Func<bool> point, Task<Ran> running)
    {
        for (var clock = Stopwatch.StartNew(); !point(); await Task.Delay(5, TestContext.Current.CancellationToken))
        {
            Assert.False(running.IsCompleted, running.IsCompleted
                ? (await running).Text("stderr") + (await running).Result.Error : "");
            Assert.True(clock.Elapsed < Patience, "The cell does not come to the point where it is interrupted.");
        }
    }

    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    public async Task<Ran> RunAsync(string code, CancellationToken cancellationToken = default)
    {
        lock (_outputs)
            _outputs.Clear();
        var name = $"cell {++_cell}";
        var result = await _session.ExecuteAsync(new(code, name), Add, cancellationToken)
            .WaitAsync(Patience, CancellationToken.None);
        lock (_outputs)
            return new(result, [.. _outputs]);
    }

    /// <summary>
    /// Runs a cell whose outputs, late ones included, go into a list, which is locked while it changes.
    /// </summary>
    public Task<CellResult> RunAsync(string code, List<CellOutput> outputs, CancellationToken cancellationToken) =>
        _session.ExecuteAsync(
        new(code, $"cell {++_cell}"),
        output =>
        {
            lock (outputs)
                outputs.Add(output);
        },
        cancellationToken);

    private void Add(CellOutput output)
    {
        lock (_outputs)
            _outputs.Add(output);
    }

    /// <summary>Runs cells that must all succeed; the last one's value as text.</summary>
    public async Task<string?> ValueAsync(params string[] cells)
    {
        Ran? last = null;
        foreach (var cell in cells)
        {
            last = await RunAsync(cell, TestContext.Current.CancellationToken);
            Assert.True(last.Result.Succeeded, string.Join('\n', last.Result.Error?.Traceback ?? []));
        }
        return last?.Value;
    }

    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        _own?.Dispose();
    }
}

internal sealed record Ran(CellResult Result, IReadOnlyList<CellOutput> Outputs)
{
    public ErrorOutput Error => Result.Error ?? throw new InvalidOperationException("The cell did not fail.");

    public string? Value => Outputs.OfType<ResultOutput>().SingleOrDefault()?.Bundle.Plain();

    public string Text(string stream) =>
        string.Concat(Outputs.OfType<StreamOutput>().Where(o => o.Name == stream).Select(o => o.Text));
}

internal static class BundleText
{
    public static string Plain(this MimeBundle bundle) => bundle.Data["text/plain"].GetValue<string>();
}
