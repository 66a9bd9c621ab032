using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Gsr.Kernel.Sessions.Execution;

/// <summary>Gives the compiler the files that cells <c>#load</c>, without the directives that the session follows itself.</summary>
internal sealed class LoadedScripts(string workingDirectory) : SourceReferenceResolver
{
    private readonly SourceFileResolver _files = new(ImmutableArray<string>.Empty, workingDirectory);

    public override string? ResolveReference(string path, string? baseFilePath) =>
        _files.ResolveReference(path, Rooted(baseFilePath));

    public override string? NormalizePath(string path, string? baseFilePath) =>
        // "cell 3" is no file; made into a path it would stand in every diagnostic.
        Path.IsPathRooted(path) ? _files.NormalizePath(path, Rooted(baseFilePath)) : path;

    public override Stream OpenRead(string resolvedPath) => _files.OpenRead(resolvedPath);

    public override SourceText ReadText(string resolvedPath) =>
        SourceText.From(CellDirectives.Extract(File.ReadAllText(resolvedPath)).Code, Encoding.UTF8);

    public override bool Equals(object? other) => other is LoadedScripts scripts && _files.Equals(scripts._files);

    public override int GetHashCode() => _files.GetHashCode();

    private static string? Rooted(string? path) => Path.IsPathRooted(path) ? path : null;
}
