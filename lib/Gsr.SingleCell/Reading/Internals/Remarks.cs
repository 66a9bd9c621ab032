namespace Gsr.SingleCell.Reading;

/// <summary>The sentences in which a reader says what it changed or decided.</summary>
internal static class Remarks
{
    /// <summary>Those about renamed names, and others that are not null.</summary>
    public static IReadOnlyList<string> Of(
        AnnotationTable cells, AnnotationTable genes, params ReadOnlySpan<string?> others)
    {
        List<string> remarks = [];
        if (genes.RenamedCount > 0)
            remarks.Add($"{genes.RenamedCount} repeated gene names got a suffix, -1 and so on.");
        if (cells.RenamedCount > 0)
            remarks.Add($"{cells.RenamedCount} repeated cell names got a suffix, -1 and so on.");
        foreach (var other in others)
        {
            if (other is not null) remarks.Add(other);
        }
        return remarks;
    }

    /// <summary>Reads a part that a file can do without: where it is at fault it is left, with a remark.</summary>
    public static void Try(this List<string> remarks, string path, Action read)
    {
        try
        {
            read();
        }
        catch (DataFormatException error)
        {
            remarks.Add($"{path} was left: {error.Finding}.");
        }
    }

    /// <summary>Names for a sentence, the first few of many.</summary>
    public static string Listed(IReadOnlyCollection<string> names) => names.Count <= 12
        ? string.Join(", ", names) : $"{string.Join(", ", names.Take(10))} and {names.Count - 10} more";
}
