using Microsoft.CodeAnalysis;

namespace Gsr.Kernel.Assistance;

/// <summary>
/// How deep code is nested. Roslyn follows it by recursion, not everywhere with an eye on the stack, and a stack that overflows
/// ends the process.
/// </summary>
internal static class Nesting
{
    private const int DeepestText = 100, DeepestTree = 500;

    /// <summary>Whether the brackets of a text, not parsed yet, are nested deeper than somebody would write.</summary>
    public static bool IsTooDeep(string code)
    {
        var (depth, angles) = (0, 0);
        foreach (var c in code)
        {
            depth = c is '(' or '[' or '{' ? depth + 1 : c is ')' or ']' or '}' ? Math.Max(0, depth - 1) : depth;
            // Most of these compare, and have no other end.
            angles = c is ';' ? 0 : c is '<' ? angles + 1 : c is '>' ? Math.Max(0, angles - 1) : angles;
            if (depth + angles > DeepestText)
                return true;
        }
        return false;
    }

    /// <summary>The same of what was parsed, where signs and statements nest without a bracket.</summary>
    public static bool IsTooDeep(SyntaxNode root)
    {
        var left = new Stack<(SyntaxNode Node, int Depth)>([(root, 0)]);
        while (left.TryPop(out var next))
        {
            if (next.Depth > DeepestTree)
                return true;
            foreach (var child in next.Node.ChildNodes())
                left.Push((child, next.Depth + 1));
        }
        return false;
    }
}
