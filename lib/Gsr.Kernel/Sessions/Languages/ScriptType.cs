using System.Collections;
using System.Reflection;
using Gsr.Kernel.Sessions.Packages;

namespace Gsr.Kernel.Sessions.Languages;

/// <summary>Types as the code of cells can name them.</summary>
/// <param name="root">What stands before the outermost namespace.</param>
/// <param name="unknown">The type of what has no name in cells, such as a record of an F# cell.</param>
/// <param name="reachesAll">True when members of what is public can be used without the type's name.</param>
internal sealed class ScriptType(string root, string unknown, bool reachesAll)
{
    public static ScriptType CSharp { get; } = new("global::", "dynamic", reachesAll: true);

    public static ScriptType FSharp { get; } = new("", "obj", reachesAll: false);

    /// <summary>The type as code can name it, else the nearest that it can name.</summary>
    public string Write(Type type, ReferenceSet references) => CanBeNamed(type, references) ? Name(type)
        : Nearest(type, references) is { } near ? Name(near) : unknown;

    // What is a sequence is best had as one; of several interfaces the one that includes most.
    private Type? Nearest(Type type, ReferenceSet references)
    {
        if (reachesAll && type.IsVisible)
            return null;
        if (type.IsSZArray && !type.GetElementType()!.IsValueType)
            return (Nearest(type.GetElementType()!, references) ?? typeof(object)).MakeArrayType();
        for (var above = type.BaseType; above?.BaseType is not null; above = above.BaseType)
        {
            if (above != typeof(ValueType) && CanBeNamed(above, references))
                return above;
        }
        var known = type.GetInterfaces().Select(face => General(face, references)).OfType<Type>().ToList();
        var sequences = known.Where(face => face.IsAssignableTo(typeof(IEnumerable))).ToList();
        return (sequences.Count > 0 ? sequences : known)
            .OrderByDescending(face => (face.GetInterfaces().Length, face.IsGenericType)).FirstOrDefault();
    }

    // An interface of unknown things is, where it only gives them, one of objects.
    private Type? General(Type face, ReferenceSet references)
    {
        if (CanBeNamed(face, references) || !face.IsGenericType)
            return CanBeNamed(face, references) ? face : null;
        var definition = face.GetGenericTypeDefinition();
        var arguments = face.GetGenericArguments().Zip(definition.GetGenericArguments(), (argument, parameter) =>
            CanBeNamed(argument, references) ? argument
            : !argument.IsValueType
                && parameter.GenericParameterAttributes.HasFlag(GenericParameterAttributes.Covariant)
                ? Nearest(argument, references) ?? typeof(object)
            : null).ToArray();
        return !arguments.Contains(null) && definition.MakeGenericType(arguments!) is var general
            && CanBeNamed(general, references) ? general : null;
    }

    private string Name(Type type)
    {
        if (type.IsArray)
            return ArrayName(type);
        if (type == typeof(object))
            return unknown;
        var name = type.FullName!.Split('[')[0].Split('+');
        var arguments = new Queue<Type>(type.GetGenericArguments());
        // Each level of a nested type has its own share of the arguments.
        var levels = name.Select(level => level.Split('`') is [var text, var count]
            ? text + "<" + string.Join(
                ", ", Enumerable.Range(0, int.Parse(count)).Select(_ => Name(arguments.Dequeue()))) + ">"
            : level);
        return root + string.Join('.', levels);
    }

    private string ArrayName(Type type)
    {
        var ranks = "";
        for (; type.IsArray; type = type.GetElementType()!)
            ranks += $"[{new string(',', type.GetArrayRank() - 1)}]";
        return Name(type) + ranks;
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
