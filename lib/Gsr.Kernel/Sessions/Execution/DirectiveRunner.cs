using Gsr.Kernel.Sessions.Packages;

namespace Gsr.Kernel.Sessions.Execution;

/// <summary>Follows a cell's directives, those of the files that it loads included.</summary>
internal sealed class DirectiveRunner(string workingDirectory, ReferenceSet references, LoadedScripts scripts)
{
    private readonly PackageRestorer _restorer = new(workingDirectory);

    /// <summary>Follows the directives and returns the code for the compiler.</summary>
    /// <exception cref="CellException">One of them cannot be followed.</exception>
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
        {
            await AtAsync(reference, () =>
            {
                AddAssembly(reference);
                return Task.CompletedTask;
            });
        }
    }

    private async Task RestoreAsync(Located[] packages, CancellationToken cancellationToken)
    {
        var requests = packages.Select(p => PackageRequest.Parse(p.Directive.Argument)).ToArray();
        references.AddPackages(await _restorer.RestoreAsync(requests, cancellationToken));
    }

    private void AddAssembly(Located reference)
    {
        var argument = reference.Directive.Argument.Trim();
        if (argument.Length == 0)
            throw new ReferenceException("#r names nothing; write #r \"path.dll\" or #r \"nuget: Id, 1.2.3\".");
        var path = Path.GetFullPath(argument, reference.Folder ?? workingDirectory);
        if (File.Exists(path))
            references.AddAssembly(path);
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
                Collect(CellDirectives.Extract(File.ReadAllText(script)).Directives, script, script, found, loaded);
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
            throw new CellException(ErrorDescription.OfDirective(where.File, where.Directive.Line, e));
        }
    }

    private sealed record Located(CellDirective Directive, string File, string? Folder);
}
