using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Gsr.Kernel.Documents.Parameters;

/// <summary>One parameter of a notebook: a variable whose initial value can be replaced.</summary>
internal sealed class NotebookParameter
{
    private readonly string? _element;
    private readonly bool _isList;
    private readonly bool _isNullable;

    public NotebookParameter(VariableDeclaratorSyntax declarator, TypeSyntax type)
    {
        var initializer = declarator.Initializer!.Value;
        Name = declarator.Identifier.ValueText;
        Default = initializer.ToString();
        Span = initializer.Span;
        if (type is NullableTypeSyntax nullable)
        {
            _isNullable = true;
            type = nullable.ElementType;
        }
        _isList = type is ArrayTypeSyntax { RankSpecifiers.Count: 1 };
        _element = type switch
        {
            ArrayTypeSyntax { RankSpecifiers: [{ Rank: 1 }] } array => array.ElementType.ToString(),
            IdentifierNameSyntax { IsVar: true } => ParameterLiteral.TypeOf(initializer),
            _ => type.ToString(),
        };
        Type = _element is null ? "var" : _element + (_isList ? "[]" : "") + (_isNullable ? "?" : "");
        if (_element is not null && !ParameterLiteral.Types.Contains(_element))
            _element = null;
    }

    public string Name { get; }

    /// <summary>The declared type, or that of the literal behind <c>var</c>.</summary>
    public string Type { get; }

    public string Default { get; }

    public TextSpan Span { get; }

    /// <summary>The C# expression that gives the parameter the value that <paramref name="text"/> says.</summary>
    /// <param name="text">For example <c>0.5</c>, <c>quick</c> or <c>[1, 2, 3]</c>; no quotes around a string.</param>
    /// <exception cref="UsageException">The text is no value of the parameter's type.</exception>
    public string Express(string text)
    {
        if (_element is null)
        {
            throw new UsageException(
                $"{Name} cannot be set: its value here, {Default}, is no plain number, text or truth value.");
        }
        if (_isNullable && text == "null")
            return text;
        return (_isList ? ExpressList(text) : ParameterLiteral.Create(_element, text))
            ?? throw new UsageException($"{Name}={text} is no value of the type {Type} (for example {Default}).");
    }

    // Lists come as C# writes them; each element is taken apart and printed afresh, so that none can smuggle code in.
    private string? ExpressList(string text)
    {
        if (Nesting.IsTooDeep(text)
            || SyntaxFactory.ParseExpression(text) is not CollectionExpressionSyntax list || list.ContainsDiagnostics)
            return null;
        var elements = list.Elements.Select(element => element switch
        {
            ExpressionElementSyntax { Expression: LiteralExpressionSyntax literal } =>
                ParameterLiteral.Create(_element!, literal.Token.Value is string or char
                    ? literal.Token.ValueText : literal.Token.Text),
            ExpressionElementSyntax { Expression: PrefixUnaryExpressionSyntax minus }
                when minus.Operand is LiteralExpressionSyntax =>
                ParameterLiteral.Create(_element!, minus.ToString()),
            _ => null,
        }).ToList();
        return elements.Contains(null) ? null : $"[{string.Join(", ", elements)}]";
    }
}
