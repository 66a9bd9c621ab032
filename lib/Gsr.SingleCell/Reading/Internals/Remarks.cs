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
        foreach (string? other in others)
        {
            if (other is not null) remarks.Add(other);
        }
        return remarks;
    }
}
