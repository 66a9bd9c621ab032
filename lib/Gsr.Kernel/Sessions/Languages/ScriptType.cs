using Gsr.Kernel.Sessions.Packages;

namespace Gsr.Kernel.Sessions.Languages;

/// <summary>Types as the code of cells can name them.</summary>
/// <param name="root">What stands before the outermost namespace.</param>
/// <param name="unknown">The type of what cells cannot name, such as a record of an F# cell.</param>
internal sealed class ScriptType(string root, string unknown)
{
    public static ScriptType CSharp { get; } = new("global::", "dynamic");

    public static ScriptType FSharp { get; } = new("", "obj");

    public string Write(Type type, ReferenceSet references)
    {
        if (!CanBeNamed(type, references))
            return unknown;
        if (type.IsArray)
            return WriteArray(type, references);
        var name = type.FullName!.Split('[')[0].Split('+');
        var arguments = new Queue<Type>(type.GetGenericArguments());
        // Each level of a nested type has its own share of the arguments.
        var levels = name.Select(level => level.Split('`') is [var text, var count]
            ? text + "<" + string.Join(
                ", ", Enumerable.Range(0, int.Parse(count)).Select(_ => Write(arguments.Dequeue(), references))) + ">"
            : level);
        return root + string.Join('.', levels);
    }

    private string WriteArray(Type type, ReferenceSet references)
    {
        var ranks = "";
        for (; type.IsArray; type = type.GetElementType()!)
            ranks += $"[{new string(',', type.GetArrayRank() - 1)}]";
        return Write(type, references) + ranks;
    }

    private static bool CanBeNamed(Type type, ReferenceSet references)
    {
        if (type.HasElementType)
            return type.IsArray && CanBeNamed(type.GetElementType()!, references);
        return type is { IsVisible: true, IsByRefLike: false, Assembly.IsDynamic: false }
            && type.Assembly.Location.Length > 0
            && references.TryAddByName(type.Assembly.GetName().Name!)
            && type.GetGenericArguments().All(argument => CanBeNamed(argument, references));
    }
}
