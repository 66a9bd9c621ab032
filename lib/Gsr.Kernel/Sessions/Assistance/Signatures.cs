using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Gsr.Kernel.Sessions.Assistance;

/// <summary>The ways in which what is being called can be called.</summary>
internal sealed record Signatures(IReadOnlyList<Signature> All, int ActiveSignature, int ActiveParameter)
{
    private const SymbolDisplayMemberOptions Parameters = SymbolDisplayMemberOptions.IncludeParameters;

    private static readonly SymbolDisplayFormat WithoutParameters = SymbolDisplayFormat.MinimallyQualifiedFormat
        .WithMemberOptions(SymbolDisplayFormat.MinimallyQualifiedFormat.MemberOptions & ~Parameters);

    /// <summary>Those of the call whose arguments are being written at a position; null outside of calls.</summary>
    public static async Task<Signatures?> FindAsync(
        Document document, int position, CancellationToken cancellationToken)
    {
        var root = (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false))!;
        if (EnclosingCall.ArgumentsAt(root, position) is not { } arguments
            || EnclosingCall.NamePosition(root, position) is not { } name)
            return null;
        var model = (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false))!;
        var called = arguments.Parent is InvocationExpressionSyntax call
            ? model.GetTypeInfo(call.Expression, cancellationToken).Type : null;
        IMethodSymbol[] methods = called is INamedTypeSymbol { DelegateInvokeMethod: { } invoked }
            ? [invoked]
            : [.. Inspector.Overloads(model, root.FindToken(name).Parent).OrderBy(method => method.Parameters.Length)];
        var written = arguments.Arguments.GetSeparators().Count(comma => comma.Span.End <= position);
        var bound = model.GetSymbolInfo(arguments.Parent!, cancellationToken).Symbol;
        var active = Array.FindIndex(methods, method => SymbolEqualityComparer.Default.Equals(method, bound));
        if (active < 0)
            active = Math.Max(0, Array.FindIndex(methods, method => Takes(method, written, arguments, model)));
        var parameter = arguments.Arguments.ElementAtOrDefault(written)?.NameColon?.Name.Identifier.ValueText
            is { } named && methods.Length > 0
            ? methods[active].Parameters.ToList().FindIndex(p => p.Name == named) : written;
        return methods.Length == 0 ? null : new(
            [.. methods.Select(method => Describe(method, model, name, cancellationToken))], active, parameter);
    }

    // The arguments that are written count, by their number and kind; the one that is only begun does not.
    private static bool Takes(
        IMethodSymbol method, int written, ArgumentListSyntax arguments, SemanticModel model) =>
        (method.Parameters.Length > written || method.Parameters.LastOrDefault()?.IsParams == true)
        && arguments.Arguments.Take(written).Zip(method.Parameters).All(pair =>
            pair.First.NameColon is not null || method.IsGenericMethod || pair.Second.IsParams
            || model.ClassifyConversion(pair.First.Expression, pair.Second.Type).IsImplicit);

    private static Signature Describe(
        IMethodSymbol method, SemanticModel model, int position, CancellationToken cancellationToken)
    {
        var label = method.ToMinimalDisplayString(model, position, WithoutParameters) + "(";
        var lines = Documentation.Of(method, detailed: true, cancellationToken);
        var parameters = new List<SignatureParameter>();
        foreach (var parameter in method.Parameters)
        {
            label += parameters.Count > 0 ? ", " : "";
            var text = parameter.ToMinimalDisplayString(model, position);
            var about = lines.FirstOrDefault(line => line.StartsWith(parameter.Name + ": ", StringComparison.Ordinal));
            parameters.Add(new(label.Length, label.Length + text.Length, about ?? ""));
            label += text;
        }
        var summary = Documentation.Of(method, detailed: false, cancellationToken).FirstOrDefault() ?? "";
        return new(label + ")", summary, parameters);
    }
}

/// <summary>One way to call it.</summary>
internal sealed record Signature(string Label, string Documentation, IReadOnlyList<SignatureParameter> Parameters);

/// <summary>A parameter, with its place in the label.</summary>
internal sealed record SignatureParameter(int Start, int End, string Documentation);

/// <summary>Asks the compiler what is wrong with a cell.</summary>
internal static class Diagnoser
{
    // Two versions of one library, which the session settles itself.
    private static readonly string[] Unspoken = ["CS1701", "CS1702", "CS1705"];

    public static async Task<IReadOnlyList<Diagnostic>> DiagnoseAsync(
        Document document, bool isSemantic, CancellationToken cancellationToken)
    {
        var tree = (await document.GetSyntaxTreeAsync(cancellationToken).ConfigureAwait(false))!;
        var found = tree.GetDiagnostics(cancellationToken);
        if (isSemantic && found.All(diagnostic => diagnostic.Severity != DiagnosticSeverity.Error))
        {
            var model = (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false))!;
            found = model.GetDiagnostics(cancellationToken: cancellationToken);
        }
        return [.. found.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning
            && !Unspoken.Contains(diagnostic.Id) && diagnostic.Location.IsInSource)];
    }
}
