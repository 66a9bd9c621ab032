using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Gsr.Kernel.Sessions.Execution;

/// <summary>
/// Weaves <see cref="Interruption"/> into a cell: a check at the start of each function (of the stack too, where it may
/// call itself), in each loop and before each statement of the cell itself, and awaits that end with the cell. No line
/// moves, so that error messages and stack traces are those of the text that was written.
/// </summary>
internal sealed class PollWeaver : CSharpSyntaxWalker
{
    private const string Class = "global::Gsr.Kernel.Sessions.Execution.Interruption";
    private const string Poll = Class + ".Check();";
    private const string Enter = Class + ".Enter();";
    private const string Step = Class + ".Step();";

    private readonly List<(int Position, int Replaced, string Text)> _edits = [];
    private readonly Func<SemanticModel> _model;
    private readonly HashSet<string> _declared;

    private PollWeaver(Func<SemanticModel> model, SyntaxNode root) =>
        (_model, _declared) = (model, [.. root.DescendantNodes().Select(DeclaredName).OfType<string>()]);

    /// <summary>The text with everything woven in; the text itself where there is nothing to weave.</summary>
    /// <param name="tree">The cell as it was written.</param>
    /// <param name="model">Tells lambdas from expression trees; asked only where there are lambdas.</param>
    public static string Weave(SyntaxTree tree, Func<SemanticModel> model)
    {
        var weaver = new PollWeaver(model, tree.GetRoot());
        weaver.Visit(tree.GetRoot());
        // Not behind the cell's value, which has no end of its own.
        if (tree.GetRoot().ChildNodes().OfType<GlobalStatementSyntax>().LastOrDefault() is { } last
            && !last.GetLastToken(includeZeroWidth: true).IsMissing)
            weaver.Insert(last.Span.End, Step);
        if (Breakpoints.Cell is > 0 and var cell)
        {
            foreach (var (position, stop) in StopWeaver.Find(tree, model(), cell))
                weaver.Insert(position, stop);
        }
        var text = tree.ToString();
        if (weaver._edits.Count == 0)
            return text;
        var woven = new StringBuilder(text.Length + 64 * weaver._edits.Count);
        var from = 0;
        // stable: inner ends come before outer ones
        foreach (var (position, replaced, inserted) in weaver._edits.OrderBy(edit => edit.Position))
        {
            woven.Append(text, from, position - from).Append(inserted);
            from = position + replaced;
        }
        return woven.Append(text, from, text.Length - from).ToString();
    }

    // A call that could not be stopped may have returned meanwhile; what follows it must not run any more.
    public override void VisitGlobalStatement(GlobalStatementSyntax node)
    {
        Insert(node.SpanStart, Step);
        DefaultVisit(node);
    }

    public override void VisitForStatement(ForStatementSyntax node) => Loop(node, node.Statement);

    public override void VisitForEachStatement(ForEachStatementSyntax node) => Loop(node, node.Statement);

    public override void VisitForEachVariableStatement(ForEachVariableStatementSyntax node) =>
        Loop(node, node.Statement);

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

    public override void VisitAccessorDeclaration(AccessorDeclarationSyntax node)
    {
        if (node.ExpressionBody is { } arrow)
            Arrow(node, arrow, "{", node.IsKind(SyntaxKind.GetAccessorDeclaration), "}");
        else
            Function(node, node.Body);
    }

    public override void VisitPropertyDeclaration(PropertyDeclarationSyntax node) =>
        Property(node, node.ExpressionBody);

    public override void VisitIndexerDeclaration(IndexerDeclarationSyntax node) => Property(node, node.ExpressionBody);

    public override void VisitOperatorDeclaration(OperatorDeclarationSyntax node) =>
        Function(node, node.Body, node.ExpressionBody, node.ReturnType, node.Modifiers, node.AttributeLists);

    public override void VisitConversionOperatorDeclaration(ConversionOperatorDeclarationSyntax node) =>
        Function(node, node.Body, node.ExpressionBody, node.Type, node.Modifiers, node.AttributeLists);

    public override void VisitAnonymousMethodExpression(AnonymousMethodExpressionSyntax node) =>
        Function(node, node.Block);

    public override void VisitParenthesizedLambdaExpression(ParenthesizedLambdaExpressionSyntax node) => Lambda(node);

    public override void VisitSimpleLambdaExpression(SimpleLambdaExpressionSyntax node) => Lambda(node);

    // Neither may throw: the runtime would end the process, or never use the type again.
    public override void VisitDestructorDeclaration(DestructorDeclarationSyntax node)
    {
    }

    public override void VisitConstructorDeclaration(ConstructorDeclarationSyntax node)
    {
        if (node.Modifiers.Any(SyntaxKind.StaticKeyword))
            return;
        if (node.ExpressionBody is { } arrow)
            Arrow(node, arrow, "{", returns: false, "}");
        else
            Function(node, node.Body);
    }

    private void Property(SyntaxNode node, ArrowExpressionClauseSyntax? arrow)
    {
        if (arrow is null)
            DefaultVisit(node);
        else
            Arrow(node, arrow, "{get{", returns: true, "}}");
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
            Insert(body.OpenBraceToken.Span.End, First(body));
        DefaultVisit(node);
    }

    private void Function(
        SyntaxNode node, BlockSyntax? body, ArrowExpressionClauseSyntax? arrow, TypeSyntax returned,
        SyntaxTokenList modifiers, SyntaxList<AttributeListSyntax> attributes)
    {
        // Native code calls these, and no exception may reach it.
        if (attributes.ToString().Contains("UnmanagedCallersOnly", StringComparison.Ordinal))
            return;
        if (arrow is null || arrow.Expression is ThrowExpressionSyntax)
        {
            Function(node, body);
            return;
        }
        var returnsNothing = returned.ToString() is var type
            && (type == "void"
                || (modifiers.Any(SyntaxKind.AsyncKeyword) && type.EndsWith("Task", StringComparison.Ordinal)));
        Arrow(node, arrow, "{", !returnsNothing, "}");
    }

    private void Arrow(SyntaxNode node, ArrowExpressionClauseSyntax arrow, string open, bool returns, string close)
    {
        if (arrow.Expression is ThrowExpressionSyntax)
        {
            DefaultVisit(node);
            return;
        }
        var token = arrow.ArrowToken;
        _edits.Add((token.SpanStart, token.Span.Length, open + First(arrow) + (returns ? "return " : "")));
        DefaultVisit(node);
        Insert(node.Span.End, close); // behind the semicolon
    }

    private void Lambda(LambdaExpressionSyntax node)
    {
        if (node.ExpressionBody is not { } expression)
        {
            Function(node, node.Block);
            return;
        }
        // An expression tree is data for somebody else and must stay as it is; nothing but the meaning tells the two
        // apart.
        if (expression is ThrowExpressionSyntax || _model() is not { } model
            || model.GetTypeInfo(node).ConvertedType is not INamedTypeSymbol { TypeKind: TypeKind.Delegate }
            || model.GetSymbolInfo(node).Symbol is not IMethodSymbol method)
        {
            DefaultVisit(node);
            return;
        }
        var returnsNothing = method.ReturnsVoid
            || (method.IsAsync && method.ReturnType is INamedTypeSymbol { IsGenericType: false });
        Insert(expression.SpanStart, "{" + First(expression) + (returnsNothing ? "" : "return "));
        DefaultVisit(node);
        Insert(expression.Span.End, ";}");
    }

    // To look at the stack costs a few nanoseconds, much for a small function in a long loop: only one that uses what
    // this cell declares, or calls a variable, can come back to itself without a library's help; and with its help one
    // that a library knows of (an override, an operator) or is told of (by this).
    private string First(SyntaxNode body) =>
        body.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member
            && (member is OperatorDeclarationSyntax or ConversionOperatorDeclarationSyntax
                || member.Modifiers.Any(SyntaxKind.OverrideKeyword))
        || body.DescendantNodesAndSelf().Any(node => node switch
        {
            ThisExpressionSyntax => node.Parent is not MemberAccessExpressionSyntax,
            SimpleNameSyntax name => _declared.Contains(name.Identifier.ValueText)
                || (name.Parent is InvocationExpressionSyntax call && call.Expression == name),
            _ => false,
        }) ? Enter : Poll;

    private static string? DeclaredName(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        LocalFunctionStatementSyntax function => function.Identifier.ValueText,
        PropertyDeclarationSyntax property => property.Identifier.ValueText,
        BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
        _ => null,
    };

    private void Insert(int position, string text) => _edits.Add((position, 0, text));
}
