using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Outputs;
using Microsoft.CodeAnalysis;

namespace Gsr.Kernel.Sessions.Assistance;

/// <summary>Completes and explains the cell that is being written, by the state that finished cells left.</summary>
/// <param name="references">What the first cell is compiled against.</param>
/// <param name="imports">What every cell may use without a <c>using</c>.</param>
/// <param name="scripts">Finds the files that cells <c>#load</c>.</param>
internal sealed partial class Assistant(
    IReadOnlyList<MetadataReference> references, IReadOnlyList<string> imports, SourceReferenceResolver scripts)
    : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HashSet<MetadataReference> _known = [.. references];
    private readonly ConcurrentQueue<(string Code, MetadataReference[] References)> _finished = new();
    private readonly SemaphoreSlim _turn = new(1);
    private CellWorkspace? _workspace;
    private int _warming;

    /// <param name="code">Its source.</param>
    /// <param name="references">What it was compiled against; what is known already counts only once.</param>
    public void Add(string code, IEnumerable<MetadataReference> references) =>
        _finished.Enqueue((code, [.. references.Where(_known.Add)]));

    /// <summary>
    /// Gets ready in the background, so that the next question is answered quickly; null where that is going on.
    /// </summary>
    public Thread? Warm(CancellationToken stop = default)
    {
        if (Interlocked.Exchange(ref _warming, 1) == 1)
            return null;
        var thread = new Thread(() => WarmAsync(stop).GetAwaiter().GetResult())
        { IsBackground = true, Name = "assistant", Priority = ThreadPriority.Lowest };
        thread.Start();
        return thread;
    }

    public Task<Completions> CompleteAsync(string code, int position, CancellationToken cancellationToken) =>
        AskAsync(code, position, Completer.CompleteAsync, Completions.None(position), cancellationToken);

    /// <summary>What is known of the symbol at a position, or of the call around it.</summary>
    public Task<Inspection?> InspectAsync(
        string code, int position, bool detailed, CancellationToken cancellationToken) =>
        AskAsync(code, position,
            (document, at, token) => Inspector.InspectAsync(document, at, detailed, token), null, cancellationToken);

    /// <summary>The signatures of the call around a position; null outside of calls.</summary>
    public Task<Signatures?> FindSignaturesAsync(string code, int position, CancellationToken cancellationToken) =>
        AskAsync(code, position, Signatures.FindAsync, null, cancellationToken);

    /// <summary>What the compiler says of code on top of the finished cells.</summary>
    public Task<IReadOnlyList<Diagnostic>> DiagnoseAsync(
        string code, bool isSemantic, CancellationToken cancellationToken) =>
        Question.Parse(code) is not null ? Task.FromResult<IReadOnlyList<Diagnostic>>([])
            : AskAsync(code, position: null,
                (document, _, token) => Diagnoser.DiagnoseAsync(document, isSemantic, token), [], cancellationToken);

    /// <summary>Answers a cell that asks what something is; null where nothing is known.</summary>
    public async Task<MimeBundle?> AnswerAsync(Question question, CancellationToken cancellationToken) =>
        await InspectAsync(question.Name, question.Name.Length, question.IsDetailed, cancellationToken)
            .ConfigureAwait(false) is { } found
            ? new MimeBundle().Add("text/plain", found.Plain).Add("text/markdown", found.Markdown)
            : null;

    public void Dispose() => _workspace?.Dispose();

    private async Task WarmAsync(CancellationToken stop)
    {
        try
        {
            // Names, members, extension methods; later it is enough that the finished cells are compiled.
            const string code = "Console.WriteLine(\"\".Length)";
            foreach (var position in _workspace is null ? [0, 8, 21] : (int[])[8])
                await CompleteAsync(code, position, stop).ConfigureAwait(false);
            await InspectAsync(code, 8, detailed: false, stop).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Nobody has asked yet; whoever does will see it.
        }
        finally
        {
            Volatile.Write(ref _warming, 0);
        }
    }

    // One question at a time: they are short, and a second one would only take the first one's processor.
    private async Task<T> AskAsync<T>(
        string code, int? position, Func<Document, int, CancellationToken, Task<T>> answer, T nothing,
        CancellationToken cancellationToken)
    {
        var inDirective = Directive().Matches(code).Any(d => d.Index <= position && position <= d.Index + d.Length);
        if (position < 0 || position > code.Length || inDirective || Nesting.IsTooDeep(code))
            return nothing;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        await _turn.WaitAsync(limit.Token).ConfigureAwait(false);
        try
        {
            _workspace ??= new CellWorkspace(references, imports, scripts);
            while (_finished.TryDequeue(out var cell))
                _workspace.Add(Nesting.IsTooDeep(cell.Code) ? "" : cell.Code, cell.References);
            var draft = Directive().Replace(code, directive => new string(' ', directive.Length));
            var document = await _workspace.OpenAsync(draft, limit.Token).ConfigureAwait(false);
            if (Nesting.IsTooDeep((await document.GetSyntaxRootAsync(limit.Token).ConfigureAwait(false))!))
                return nothing;
            // Roslyn does not look at the token everywhere; the next question is not to wait for an endless one.
            return await Task.Run(() => answer(document, position ?? 0, limit.Token), limit.Token)
                .WaitAsync(limit.Token).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    // Of a draft nothing is loaded: its paths are half written.
    [GeneratedRegex(@"^[ \t]*#(!|[ \t]*(r|i|load)\b).*$", RegexOptions.Multiline)]
    private static partial Regex Directive();
}

/// <summary>What could stand where somebody is writing: the entries replace the text from start to end.</summary>
internal sealed record Completions(int Start, int End, IReadOnlyList<CompletionEntry> Entries)
{
    public static Completions None(int position) => new(position, position, []);
}

/// <summary>The text to insert, and its kind in the words that front ends have icons for, such as "function".</summary>
internal sealed record CompletionEntry(string Text, string Kind);

/// <summary>What is known about a symbol, as plain text and as Markdown.</summary>
internal sealed record Inspection(string Plain, string Markdown);

/// <summary>A cell that asks about a name by a question mark, as in IPython; two marks ask for details.</summary>
internal sealed partial record Question(string Name, bool IsDetailed)
{
    /// <summary>Reads code as a question; null where it is none. No C# has this form.</summary>
    public static Question? Parse(string code)
    {
        if (!code.Contains('?'))
            return null;
        var match = Form().Match(code.Trim());
        return match.Success ? new(match.Groups["name"].Value, match.Groups["marks"].Value.Length > 1) : null;
    }

    [GeneratedRegex(@"^(?<marks>\?{1,2})\s*(?<name>[\p{L}_][\w.]*)$|^(?<name>[\p{L}_][\w.]*)(?<marks>\?{1,2})$")]
    private static partial Regex Form();
}
