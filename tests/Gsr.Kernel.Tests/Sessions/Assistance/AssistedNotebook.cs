using Gsr.Kernel.Sessions.Assistance;
using Gsr.Kernel.Sessions.Execution;

namespace Gsr.Kernel.Tests.Sessions.Assistance;

/// <summary>A session whose cells are asked about; a bar in the code stands for the cursor.</summary>
internal sealed class AssistedNotebook : IAsyncDisposable
{
    private readonly Session _session =
        new(new SessionOptions { WorkingDirectory = Path.GetTempPath(), CaptureFileDescriptors = false });
    private int _cell;

    /// <summary>Skips the test where nothing documents the runtime's own members.</summary>
    public static void NeedReferencePack()
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(runtime, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref")),
            "This machine has no reference pack.");
    }

    public Task<CellResult> ExecuteAsync(string code, CancellationToken cancellationToken) =>
        _session.ExecuteAsync(new(code, $"cell {++_cell}"), static _ => { }, cancellationToken);

    public async Task<AssistedNotebook> RunAsync(params string[] cells)
    {
        foreach (var code in cells)
        {
            var result = await ExecuteAsync(code, TestContext.Current.CancellationToken);
            Assert.True(result.Succeeded, string.Join('\n', result.Error?.Traceback ?? []));
        }
        return this;
    }

    public async Task<string[]> NamesAsync(string code) =>
        [.. (await CompleteAsync(code)).Entries.Select(entry => entry.Text)];

    public Task<Completions> CompleteAsync(string code) => CompleteAsync(code.Replace("|", ""), code.IndexOf('|'));

    public Task<Completions> CompleteAsync(string code, int position) =>
        _session.CompleteAsync(code, position, TestContext.Current.CancellationToken);

    public Task<Inspection?> InspectAsync(string code, bool detailed = false) =>
        InspectAsync(code.Replace("|", ""), code.IndexOf('|'), detailed);

    public Task<Inspection?> InspectAsync(string code, int position, bool detailed = false) =>
        _session.InspectAsync(code, position, detailed, TestContext.Current.CancellationToken);

    public Task<Signatures?> SignaturesAsync(string code) => _session.FindSignaturesAsync(
        code.Replace("|", ""), code.IndexOf('|'), TestContext.Current.CancellationToken);

    public async Task<string[]> ProblemsAsync(string code, bool semantic = true) =>
        [.. (await _session.DiagnoseAsync(code, semantic, TestContext.Current.CancellationToken)).Select(
            found => $"{found.Id} {found.Location.SourceSpan.Start}-{found.Location.SourceSpan.End}")];

    public ValueTask DisposeAsync() => _session.DisposeAsync();
}
