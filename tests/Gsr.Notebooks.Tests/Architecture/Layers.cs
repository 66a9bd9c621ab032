namespace Gsr.Notebooks.Tests.Architecture;

/// <summary>
/// A table of layers, lowest first: each part may refer to those of the levels before its own. Parts of one level are
/// divided by <c>|</c> and may not refer to each other.
/// </summary>
/// <param name="Name">What is in layers, as the picture in CONTRIBUTING.md names it.</param>
/// <param name="Assemblies">The assemblies whose references are read.</param>
/// <param name="Levels">The levels.</param>
/// <param name="Part">The part that a type belongs to; null for a type that the table does not speak of.</param>
internal sealed record Layers(string Name, string[] Assemblies, string[] Levels, Func<TypeName, string?> Part)
{
    private readonly Dictionary<string, int> _level = Levels
        .SelectMany((level, height) => level.Split('|').Select(part => (part, height)))
        .ToDictionary(entry => entry.part, entry => entry.height);

    /// <summary>
    /// The parts of one assembly: the first word of the namespace after the assembly's name, "Root" where there is
    /// none.
    /// </summary>
    public static Layers Inside(string assembly, params string[] levels) => new(assembly, [assembly], levels, type =>
        type.Assembly != assembly ? null
            : type.Namespace == assembly ? "Root"
            : type.Namespace.StartsWith(assembly + ".", StringComparison.Ordinal)
                ? type.Namespace[(assembly.Length + 1)..].Split('.')[0]
                : null);

    /// <summary>Whole assemblies; of others that they refer to the table does not speak.</summary>
    public static Layers Between(string name, string[] assemblies, params string[] levels)
    {
        HashSet<string> spokenOf = [.. levels.SelectMany(level => level.Split('|'))];
        return new(name, assemblies, levels, type => spokenOf.Contains(type.Assembly) ? type.Assembly : null);
    }

    /// <summary>The arrows of its picture: from each part to those of the level below.</summary>
    public IEnumerable<(string From, string To)> Arrows =>
        from height in Enumerable.Range(1, Levels.Length - 1)
        from above in Levels[height].Split('|')
        from below in Levels[height - 1].Split('|')
        select (above, below);

    /// <summary>The references between parts, one line for each that runs up or leads out of the table.</summary>
    public IReadOnlyList<string> Faults(IEnumerable<(TypeName From, TypeName To)> references)
    {
        var faults = new List<string>();
        foreach (var (from, to) in references)
        {
            if (Part(from) is not { } source || Part(to) is not { } target || source == target)
                continue;
            foreach (var unknown in new[] { source, target }.Where(part => !_level.ContainsKey(part)))
                faults.Add($"\"{unknown}\" is in no layer of {Name}: {from} refers to {to}");
            if (_level.TryGetValue(source, out var height)
                && _level.TryGetValue(target, out var reached) && reached >= height)
                faults.Add($"{source} may not know {target}: {from} refers to {to}");
        }
        return [.. faults.Distinct()];
    }
}
