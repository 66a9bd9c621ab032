using System.Text.Json.Nodes;
using Gsr.Kernel.Sessions.Execution;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Gsr.Kernel.Jupyter;

/// <summary>Tells a console whether Return shall run the code or begin another line.</summary>
internal static class Completeness
{
    private static readonly CSharpParseOptions s_script = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    /// <summary>The reply for some code.</summary>
    public static JsonObject Of(string code)
    {
        if (Nesting.IsTooDeep(code))
            return new() { ["status"] = "invalid" };
        var tree = CSharpSyntaxTree.ParseText(code, s_script);
        if (!SyntaxFactory.IsCompleteSubmission(tree))
            return new() { ["status"] = "incomplete", ["indent"] = Indent(code) };
        var invalid = tree.GetDiagnostics().Any(d => d.Severity == DiagnosticSeverity.Error);
        return new() { ["status"] = invalid ? "invalid" : "complete" };
    }

    private static string Indent(string code)
    {
        var last = code[(code.LastIndexOf('\n') + 1)..];
        var indent = last[..(last.Length - last.TrimStart().Length)];
        return last.TrimEnd().EndsWith('{') ? indent + "    " : indent;
    }
}
