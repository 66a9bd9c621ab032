using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis.CSharp;

namespace Gsr.Kernel.Sessions.Execution;

/// <summary>A cell that can be run.</summary>
internal sealed class CompiledCell(CSharpCompilation compilation, Func<object?[], Task<object?>>? run)
{
    /// <summary>Whether it declares or imports anything, itself or by what it loads, that later cells can name.</summary>
    public bool IsSeenByOthers =>
        compilation.ScriptClass!.GetMembers().Any(member => !member.IsImplicitlyDeclared)
        || compilation.SyntaxTrees.Any(tree => tree.GetCompilationUnitRoot() is { Usings.Count: > 0 });

    /// <summary>Runs it on top of what earlier cells left; what it threw is in the state.</summary>
    public async Task<CellState> RunAsync(CellState? previous)
    {
        // The first place is for globals, which there are none of.
        object?[] submissions = [.. previous?.Submissions ?? [null], null];
        object? value = null;
        Exception? exception = null;
        try
        {
            if (run is not null)
                value = await run(submissions);
        }
        catch (Exception e)
        {
            exception = e;
        }
        return new(compilation, submissions, value, exception);
    }
}

/// <summary>What the cells have left.</summary>
/// <param name="Compilation">The last cell's, which knows those before it.</param>
/// <param name="Submissions">The objects whose fields are the cells' variables.</param>
/// <param name="Value">The value of the last cell.</param>
/// <param name="Exception">What the last cell threw.</param>
internal sealed record CellState(
    CSharpCompilation Compilation, object?[] Submissions, object? Value, Exception? Exception)
{
    /// <summary>The variables, oldest first.</summary>
    public IEnumerable<(FieldInfo Field, object Cell)> Variables =>
        from cell in Submissions.OfType<object>()
        from variable in cell.GetType().GetTypeInfo().DeclaredFields
        where variable.IsPublic && (char.IsLetterOrDigit(variable.Name[0]) || variable.Name[0] == '_')
        select (variable, cell);
}

/// <summary>The assemblies of cells, which refer to each other and to the libraries of cells.</summary>
internal sealed class CellAssemblies() : AssemblyLoadContext("cells")
{
    // A library that was compiled again has another version.
    private readonly Dictionary<(string?, Version?), Assembly> _known = [];

    public Assembly Load(Stream image, Stream symbols) => Add(LoadFromStream(image, symbols));

    public Assembly Add(Assembly assembly)
    {
        var name = assembly.GetName();
        lock (_known)
            return _known[(name.Name, name.Version)] = assembly;
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        lock (_known)
            return _known.GetValueOrDefault((assemblyName.Name, assemblyName.Version));
    }
}
