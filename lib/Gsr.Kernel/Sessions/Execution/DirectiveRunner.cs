using Gsr.Kernel.Documents;
using Gsr.Kernel.Sessions.Packages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Gsr.Kernel.Sessions.Execution;

/// <summary>Follows a cell's directives, those of the files that it loads included.</summary>
internal sealed class DirectiveRunner(string workingDirectory, ReferenceSet references, LoadedScripts scripts)
{
    private readonly PackageRestorer _restorer = new(workingDirectory);
    private readonly InteractiveExtensions _extensions = new();

    /// <summary>Follows the directives and returns the code for the compiler.</summary>
    public async Task<string> RunAsync(string code, string cellName, CancellationToken cancellationToken)
    {
        var (directives, rest) = CellDirectives.Extract(code);
        if (directives.Count > 0)
        {
            var found = new List<Located>();
            Collect(directives, cellName, null, found, []);
            await RunAsync(found, cancellationToken);
        }
        return rest;
    }

    private async Task RunAsync(List<Located> found, CancellationToken cancellationToken)
    {
        // Sources first, and all packages of a cell in one restore.
        foreach (var (directive, _, _) in found.Where(f => f.Directive.Kind == DirectiveKind.Source))
        {
            if (PackageRequest.IsNuGet(directive.Argument))
                _restorer.AddSource(PackageRequest.Strip(directive.Argument));
        }
        var references = found.Where(f => f.Directive.Kind == DirectiveKind.Reference).ToArray();
        var packages = references.Where(f => PackageRequest.IsNuGet(f.Directive.Argument)).ToArray();
        if (packages.Length > 0)
            await AtAsync(packages[0], () => RestoreAsync(packages, cancellationToken));
        foreach (var reference in references.Except(packages))
            await AtAsync(reference, () => AddAssemblyAsync(reference, cancellationToken));
    }

    private async Task RestoreAsync(Located[] packages, CancellationToken cancellationToken)
    {
        var requests = packages.Select(p => PackageRequest.Parse(p.Directive.Argument)).ToArray();
        var restored = await _restorer.RestoreAsync(
            requests, found => references.AddPackages(found, requests), cancellationToken);
        foreach (var line in await _extensions.LoadAsync(restored.Extensions, cancellationToken))
            await Console.Error.WriteLineAsync(line);
    }

    private async Task AddAssemblyAsync(Located reference, CancellationToken cancellationToken)
    {
        var argument = reference.Directive.Argument.Trim();
        if (argument.Length == 0)
            throw new ReferenceException("#r names nothing; write #r \"path.dll\" or #r \"nuget: Id, 1.2.3\".");
        var path = FilePaths.Full(argument, reference.Folder ?? workingDirectory);
        if (File.Exists(path))
        {
            references.AddAssembly(Path.GetExtension(path).ToLowerInvariant() is ".csproj" or ".fsproj"
                ? await DotNetCommand.BuildAsync(path, cancellationToken) : path);
        }
        else if (argument.AsSpan().IndexOfAny('/', '\\') >= 0 || !references.TryAddByName(argument))
            throw new ReferenceException(MissingFile.Describe(path, workingDirectory));
    }

    private void Collect(
        IEnumerable<CellDirective> directives, string file, string? path, List<Located> found, HashSet<string> loaded)
    {
        foreach (var directive in directives)
        {
            if (directive.Kind != DirectiveKind.Load)
                found.Add(new(directive, file, path is null ? null : Path.GetDirectoryName(path)));
            else if (scripts.ResolveReference(directive.Argument, path) is { } script && loaded.Add(script))
            {
                var text = File.ReadAllText(script);
                ErrorDescription.CheckNesting(text, script);
                Collect(CellDirectives.Extract(text).Directives, script, script, found, loaded);
            }
        }
    }

    private static async Task AtAsync(Located where, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (ReferenceException e)
        {
            throw new CellException(ErrorDescription.OfDirective(where.File, where.Directive.Line, e.Message));
        }
    }

    private sealed record Located(CellDirective Directive, string File, string? Folder);
}

/// <summary>The directives that the session follows itself: <c>#r</c>, <c>#i</c> and <c>#load</c>.</summary>
internal enum DirectiveKind { Reference, Source, Load }

/// <summary>One directive of a cell: the text between its quotes, and its line, from 1.</summary>
internal sealed record CellDirective(DirectiveKind Kind, string Argument, int Line);

/// <summary>Takes the directives out of a cell, without moving any of its lines.</summary>
internal static class CellDirectives
{
    private static readonly CSharpParseOptions Script = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    /// <summary>
    /// The directives in their order, and the code with blanks in place of those that the compiler shall not see
    /// (all but <c>#load</c>): the compiler would load a second copy of an assembly, and knows no packages.
    /// </summary>
    public static (IReadOnlyList<CellDirective> Directives, string Code) Extract(string code)
    {
        if (!code.Contains('#'))
            return ([], code);
        var directives = new List<CellDirective>();
        var text = code.ToCharArray();
        // The compiler's own parser, so that a "#r" inside a string, a comment or an inactive region is none.
        var root = CSharpSyntaxTree.ParseText(code, Script).GetRoot();
        foreach (var trivia in root.DescendantTrivia().Where(t => t.IsDirective))
        {
            if (Kind(trivia) is not { } kind)
                continue;
            var line = trivia.SyntaxTree!.GetLineSpan(trivia.Span).StartLinePosition.Line + 1;
            var directive = code.AsSpan(trivia.SpanStart, trivia.Span.Length);
            var isOfProgram = trivia.IsKind(SyntaxKind.IgnoredDirectiveTrivia);
            if ((isOfProgram ? OfProgram(directive) : Argument(directive)) is not { } argument)
                continue; // the compiler's message about it is better than ours
            directives.Add(new(kind, argument, line));
            if (kind == DirectiveKind.Load)
                continue;
            for (var i = trivia.SpanStart; i < trivia.Span.End; i++)
            {
                if (text[i] is not ('\r' or '\n'))
                    text[i] = ' ';
            }
        }
        return (directives, new string(text));
    }

    private static DirectiveKind? Kind(SyntaxTrivia trivia) => trivia.GetStructure() switch
    {
        ReferenceDirectiveTriviaSyntax => DirectiveKind.Reference,
        LoadDirectiveTriviaSyntax => DirectiveKind.Load,
        BadDirectiveTriviaSyntax { Identifier.Text: "i" } => DirectiveKind.Source,
        IgnoredDirectiveTriviaSyntax => DirectiveKind.Reference,
        _ => null,
    };

    // Those of programs in one file: #:package Id@1.2.3 and #:project PATH, which mean what #r says of them.
    private static string? OfProgram(ReadOnlySpan<char> directive)
    {
        var words = directive.ToString().Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            ["#:package", var package] => $"nuget: {string.Join(", ", package.Trim().Split('@', 2))}",
            ["#:project", var project] => project.Trim(),
            _ => null,
        };
    }

    private static string? Argument(ReadOnlySpan<char> directive)
    {
        var start = directive.IndexOf('"');
        if (start < 0)
            return null;
        var rest = directive[(start + 1)..];
        var end = rest.IndexOf('"');
        return end < 0 ? null : rest[..end].ToString();
    }
}
