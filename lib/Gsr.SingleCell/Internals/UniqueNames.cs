namespace Gsr.SingleCell;

/// <summary>
/// Makes repeated names unique as anndata does: the first keeps its name, later ones get "-1", "-2", ..., passing over
/// names that are taken already.
/// </summary>
internal static class UniqueNames
{
    /// <summary>The names, and how many of them had to change; the very array when none had.</summary>
    public static (string[] Names, int Changed) Make(string[] names)
    {
        var taken = new HashSet<string>(names.Length, StringComparer.Ordinal);
        var repeats = new List<int>();
        for (int i = 0; i < names.Length; i++)
        {
            if (!taken.Add(names[i])) repeats.Add(i);
        }
        if (repeats.Count == 0) return (names, 0);
        var unique = (string[])names.Clone();
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (int i in repeats)
        {
            int count = counts.GetValueOrDefault(names[i]);
            string name;
            do name = $"{names[i]}-{++count}";
            while (!taken.Add(name));
            counts[names[i]] = count;
            unique[i] = name;
        }
        return (unique, repeats.Count);
    }
}
