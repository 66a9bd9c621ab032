using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Gsr.Kernel.Execution;

/// <summary>
/// Weaves <see cref="Interruption"/> into a cell: a check at the start of each function, in each loop and before each
/// statement of the cell itself, and awaits that end with the cell. No line moves, so that error messages and stack traces are those of the text that was written.
/// </summary>
internal sealed class PollWeaver : CSharpSyntaxWalker
{
    private const string Class = "global::Gsr.Kernel.Execution.Interruption";
    private const string Poll = Class + ".Check();";

    private readonly List<(int Position, int Replaced, string Text)> _edits = [];
    private readonly Func<SemanticModel> _model;

    private PollWeaver(Func<SemanticModel> model) => _model = model;

    /// <summary>The text with everything woven in; the text itself where there is nothing to weave.</summary>
    /// <param name="tree">The cell as it was written.</param>
    /// <param name="model">What its expressions mean; only asked for where a lambda must be told from an expression tree.</param>
    public static string Weave(SyntaxTree tree, Func<SemanticModel> model)
    {
        var weaver = new PollWeaver(model);
        weaver.Visit(tree.GetRoot());
        var text = tree.ToString();
        if (weaver._edits.Count == 0)
            return text;
        var woven = new StringBuilder(text.Length + 64 * weaver._edits.Count);
        var from = 0;
        foreach (var (position, replaced, inserted) in weaver._edits.OrderBy(edit => edit.Position)) // stable: inner ends come before outer ones
        {
            woven.Append(text, from, position - from).Append(inserted);
            from = position + replaced;
        }
        return woven.Append(text, from, text.Length - from).ToString();
    }

    // A call that could not be stopped may have returned meanwhile; what follows it must not run any more.
    public override void VisitGlobalStatement(GlobalStatementSyntax node)
    {
        Insert(node.SpanStart, Poll);
        DefaultVisit(node);
    }

    public override void VisitForStatement(ForStatementSyntax node) => Loop(node, node.Statement);

    public override void VisitForEachStatement(ForEachStatementSyntax node) => Loop(node, node.Statement);

    public override void VisitForEachVariableStatement(ForEachVariableStatementSyntax node) => Loop(node, node.Statement);

    public override void VisitWhileStatement(WhileStatementSyntax node) => Loop(node, node.Statement);

    public override void VisitDoStatement(DoStatementSyntax node) => Loop(node, node.Statement);

    public override void VisitGotoStatement(GotoStatementSyntax node) => Loop(node, node);

    public override void VisitAwaitExpression(AwaitExpressionSyntax node)
    {
        Insert(node.Expression.SpanStart, Class + ".Await(");
        DefaultVisit(node);
        Insert(node.Expression.Span.End, ")");
    }

    public override void VisitMethodDeclaration(MethodDeclarationSyntax node) =>
        Function(node, node.Body, node.ExpressionBody, node.ReturnType, node.Modifiers, node.AttributeLists);

    public override void VisitLocalFunctionStatement(LocalFunctionStatementSyntax node) =>
        Function(node, node.Body, node.ExpressionBody, node.ReturnType, node.Modifiers, node.AttributeLists);

    public override void VisitAccessorDeclaration(AccessorDeclarationSyntax node) => Function(node, node.Body);

    public override void VisitAnonymousMethodExpression(AnonymousMethodExpressionSyntax node) => Function(node, node.Block);

    public override void VisitParenthesizedLambdaExpression(ParenthesizedLambdaExpressionSyntax node) => Lambda(node);

    public override void VisitSimpleLambdaExpression(SimpleLambdaExpressionSyntax node) => Lambda(node);

    // Neither may throw: the runtime would end the process, or never use the type again.
    public override void VisitDestructorDeclaration(DestructorDeclarationSyntax node)
    {
    }

    public override void VisitConstructorDeclaration(ConstructorDeclarationSyntax node)
    {
        if (!node.Modifiers.Any(SyntaxKind.StaticKeyword))
            Function(node, node.Body);
    }

    private void Loop(SyntaxNode node, StatementSyntax body)
    {
        if (body is BlockSyntax block)
        {
            Insert(block.OpenBraceToken.Span.End, Poll);
            DefaultVisit(node);
            return;
        }
        Insert(body.SpanStart, "{" + Poll);
        DefaultVisit(node);
        Insert(body.Span.End, "}");
    }

    private void Function(SyntaxNode node, BlockSyntax? body)
    {
        if (body is not null)
            Insert(body.OpenBraceToken.Span.End, Poll);
        DefaultVisit(node);
    }

    private void Function(
        SyntaxNode node, BlockSyntax? body, ArrowExpressionClauseSyntax? arrow, TypeSyntax returned, SyntaxTokenList modifiers,
        SyntaxList<AttributeListSyntax> attributes)
    {
        // Native code calls these, and no exception may reach it.
        if (attributes.ToString().Contains("UnmanagedCallersOnly", StringComparison.Ordinal))
            return;
        if (arrow is null || arrow.Expression is ThrowExpressionSyntax)
        {
            Function(node, body);
            return;
        }
        var returnsNothing = returned.ToString() is var type && (type == "void" || (modifiers.Any(SyntaxKind.AsyncKeyword)
            && (type.EndsWith("Task", StringComparison.Ordinal) || type.EndsWith("ValueTask", StringComparison.Ordinal))));
        _edits.Add((arrow.ArrowToken.SpanStart, arrow.ArrowToken.Span.Length, "{" + Poll + (returnsNothing ? "" : "return ")));
        DefaultVisit(node);
        Insert(node.Span.End, "}"); // behind the semicolon
    }

    private void Lambda(LambdaExpressionSyntax node)
    {
        if (node.ExpressionBody is not { } expression)
        {
            Function(node, node.Block);
            return;
        }
        // An expression tree is data for somebody else and must stay as it is; nothing but the meaning tells the two apart.
        if (expression is ThrowExpressionSyntax || _model() is not { } model
            || model.GetTypeInfo(node).ConvertedType is not INamedTypeSymbol { TypeKind: TypeKind.Delegate }
            || model.GetSymbolInfo(node).Symbol is not IMethodSymbol method)
        {
            DefaultVisit(node);
            return;
        }
        var returnsNothing = method.ReturnsVoid || (method.IsAsync && method.ReturnType is INamedTypeSymbol { IsGenericType: false });
        Insert(expression.SpanStart, "{" + Poll + (returnsNothing ? "" : "return "));
        DefaultVisit(node);
        Insert(expression.Span.End, ";}");
    }

    private void Insert(int position, string text) => _edits.Add((position, 0, text));
}
