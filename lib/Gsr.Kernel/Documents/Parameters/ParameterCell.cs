using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Gsr.Kernel.Documents.Parameters;

/// <summary>
/// A cell that declares parameters of a notebook: one tagged <c>parameters</c>, or, where there is none, the first code
/// cell that holds nothing but declarations of UPPER_CASE names with initial values; and papermill's
/// <c>injected-parameters</c>, which come after and win.
/// </summary>
internal sealed class ParameterCell(NotebookCell cell)
{
    private const string Injected = "injected-parameters";

    private static readonly CSharpParseOptions Script =
        CSharpParseOptions.Default.WithKind(SourceCodeKind.Script).WithLanguageVersion(LanguageVersion.Preview);

    public IReadOnlyList<NotebookParameter> Parameters { get; } = [.. Declared(Parse(cell.Source))];

    public NotebookCell Cell => cell;

    /// <summary>The cells of the notebook's parameters, in their order; several may declare the same one.</summary>
    public static IReadOnlyList<ParameterCell> Find(Notebook notebook)
    {
        var code = notebook.Cells.Where(IsCSharp).ToList();
        var declaring = code.Where(cell => cell.Tags.Contains("parameters")).ToList();
        if (declaring.Count == 0 && FindUntagged(notebook) is { } untagged)
            declaring.Add(untagged.Cell);
        var injected = code.Where(cell => cell.Tags.Contains(Injected));
        return [.. declaring.Union(injected).Select(cell => new ParameterCell(cell))];
    }

    /// <summary>What the parameters are set to, by name; as C# where a value is no plain one.</summary>
    public static JsonObject Values(Notebook notebook)
    {
        var values = new JsonObject();
        foreach (var parameter in Find(notebook).SelectMany(cell => cell.Parameters))
            values[parameter.Name] = ParameterLiteral.Value(parameter.Default);
        return values;
    }

    /// <summary>The first of them by what the cells hold alone, in a notebook that has no tags.</summary>
    public static ParameterCell? FindUntagged(Notebook notebook)
    {
        var untagged = notebook.Cells.FirstOrDefault(cell =>
            IsCSharp(cell) && !cell.Tags.Contains(Injected) && IsOnlyParameters(cell));
        return untagged is null ? null : new ParameterCell(untagged);
    }

    /// <summary>
    /// Replaces the values of its parameters in the cell's source and leaves the rest of it as it is.
    /// </summary>
    public void Replace(IReadOnlyDictionary<string, string> values)
    {
        var changes = Parameters.Where(parameter => values.ContainsKey(parameter.Name))
            .Select(parameter => new TextChange(parameter.Span, parameter.Express(values[parameter.Name])));
        cell.Source = SourceText.From(cell.Source)
            .WithChanges(changes.OrderBy(change => change.Span.Start)).ToString();
    }

    private static CompilationUnitSyntax Parse(string source) =>
        (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(Nesting.IsTooDeep(source) ? "" : source, Script).GetRoot();

    private static bool IsCSharp(NotebookCell cell) =>
        cell.Kind == CellKind.Code && cell.KernelName == NotebookCell.CSharp;

    private static bool IsOnlyParameters(NotebookCell cell)
    {
        var root = Parse(cell.Source);
        return root.Usings.Count == 0
            && root.Members.Count > 0
            // "#!csharp" on the first line says nothing that matters here.
            && root.DescendantTrivia().All(t => !t.IsDirective || t.IsKind(SyntaxKind.ShebangDirectiveTrivia))
            && root.Members.All(member => Declaration(member) is { } declaration
                && declaration.Variables.All(variable =>
                variable.Initializer is not null && IsUpperCase(variable.Identifier.ValueText)));
    }

    private static IEnumerable<NotebookParameter> Declared(CompilationUnitSyntax root) =>
        from member in root.Members
        let declaration = Declaration(member)
        where declaration is not null
        from variable in declaration.Variables
        where variable.Initializer is not null
        select new NotebookParameter(variable, declaration.Type);

    // A script's top-level variables are fields to Roslyn; constants may come as either.
    private static VariableDeclarationSyntax? Declaration(MemberDeclarationSyntax member) => member switch
    {
        FieldDeclarationSyntax field => field.Declaration,
        GlobalStatementSyntax { Statement: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } local } =>
            local.Declaration,
        _ => null,
    };

    private static bool IsUpperCase(string name) =>
        name.Any(char.IsAsciiLetterUpper)
            && name.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_');
}

/// <summary>The <c>NAME=VALUE</c> pairs of a command line.</summary>
internal static class ParameterAssignments
{
    /// <param name="pairs">Pairs of <c>NAME=VALUE</c>; the value may hold equals signs, or be empty.</param>
    /// <exception cref="UsageException">A pair has no name or no equals sign, or a name is given twice.</exception>
    public static IReadOnlyDictionary<string, string> Parse(IEnumerable<string> pairs)
    {
        var values = new Dictionary<string, string>();
        foreach (var pair in pairs)
        {
            var equals = pair.IndexOf('=');
            if (equals < 1)
                throw new UsageException($"\"{pair}\" is not of the form NAME=VALUE.");
            var name = pair[..equals].Trim();
            if (!values.TryAdd(name, pair[(equals + 1)..]))
                throw new UsageException($"The parameter {name} is given twice.");
        }
        return values;
    }
}
