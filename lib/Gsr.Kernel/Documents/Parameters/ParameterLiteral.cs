using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Gsr.Kernel.Documents.Parameters;

/// <summary>
/// Turns the text given on a command line into a C# literal of a type. The value is parsed first and printed afresh, so
/// no text, however hostile, can become anything but a literal. Numbers are read and written as C# has them,
/// whatever the machine's language.
/// </summary>
internal static class ParameterLiteral
{
    private const NumberStyles Real =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>The element types that a parameter may have.</summary>
    public static readonly IReadOnlySet<string> Types = new HashSet<string>
    {
        "int", "long", "short", "byte", "sbyte", "ushort", "uint", "ulong", "float", "double", "decimal", "bool",
        "string", "char",
    };

    /// <summary>The literal for <paramref name="text"/>, or null when the text is no value of the type.</summary>
    public static string? Create(string type, string text) => type switch
    {
        "int" => Integer<int>(text, ""),
        "long" => Integer<long>(text, "L"),
        "short" => Integer<short>(text, ""),
        "byte" => Integer<byte>(text, ""),
        "sbyte" => Integer<sbyte>(text, ""),
        "ushort" => Integer<ushort>(text, ""),
        "uint" => Integer<uint>(text, "U"),
        "ulong" => Integer<ulong>(text, "UL"),
        "float" => RealNumber<float>(text, "float", "f"),
        "double" => RealNumber<double>(text, "double", ""),
        "decimal" => decimal.TryParse(text, Real, Invariant, out var value) ? value.ToString(Invariant) + "m" : null,
        "bool" => bool.TryParse(text, out var value) ? (value ? "true" : "false") : null,
        "char" => text.Length == 1 ? SymbolDisplay.FormatLiteral(text[0], quote: true) : null,
        "string" => SymbolDisplay.FormatLiteral(text, quote: true),
        _ => null,
    };

    /// <summary>The type of a literal, or null when the expression is none.</summary>
    public static string? TypeOf(ExpressionSyntax? expression) => expression switch
    {
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression } minus => TypeOf(minus.Operand),
        LiteralExpressionSyntax literal => literal.Token.Value switch
        {
            int => "int",
            long => "long",
            uint => "uint",
            ulong => "ulong",
            float => "float",
            double => "double",
            decimal => "decimal",
            bool => "bool",
            char => "char",
            string => "string",
            _ => null,
        },
        InterpolatedStringExpressionSyntax => "string",
        _ => null,
    };

    /// <summary>The value of a literal or of a list of literals; of any other expression its text.</summary>
    public static JsonNode? Value(string expression) =>
        Value(Nesting.IsTooDeep(expression) ? null : SyntaxFactory.ParseExpression(expression), expression);

    private static JsonNode? Value(ExpressionSyntax? expression, string text) => expression switch
    {
        LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NullLiteralExpression } => null,
        LiteralExpressionSyntax literal => literal.Token.Value switch
        {
            char letter => letter.ToString(),
            bool or string => JsonValue.Create(literal.Token.Value),
            decimal or int or long or uint or ulong or float or double =>
                JsonNode.Parse(((IFormattable)literal.Token.Value).ToString(null, Invariant)),
            _ => literal.ToString(),
        },
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression } minus
            when TypeOf(minus) is not null && Value(minus.Operand, "") is { } value =>
            JsonNode.Parse("-" + value.ToJsonString()),
        // As they are said on a command line.
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "PositiveInfinity" } => "Infinity",
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "NegativeInfinity" } => "-Infinity",
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "NaN" } => "NaN",
        CollectionExpressionSyntax list when list.Elements.All(element => element is ExpressionElementSyntax) =>
            new JsonArray([.. list.Elements.Cast<ExpressionElementSyntax>().Select(
                element => Value(element.Expression, element.ToString()))]),
        _ => text,
    };

    private static string? Integer<T>(string text, string suffix)
        where T : struct, IBinaryInteger<T> =>
        T.TryParse(text, NumberStyles.AllowLeadingSign, Invariant, out var value)
            ? value.ToString(null, Invariant) + suffix : null;

    private static string? RealNumber<T>(string text, string keyword, string suffix)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (!T.TryParse(text, Real, Invariant, out var value))
            return null;
        if (T.IsNaN(value))
            return $"{keyword}.NaN";
        if (T.IsInfinity(value))
        {
            // A number too large for the type parses as infinity; only the word asks for it.
            var asked = !text.Any(char.IsDigit);
            return asked ? $"{keyword}.{(T.IsNegative(value) ? "Negative" : "Positive")}Infinity" : null;
        }
        var digits = value.ToString("R", Invariant);
        // "2" alone would make an int of a 'var'.
        return digits + (suffix.Length == 0 && digits.All(c => char.IsDigit(c) || c == '-') ? ".0" : suffix);
    }
}
