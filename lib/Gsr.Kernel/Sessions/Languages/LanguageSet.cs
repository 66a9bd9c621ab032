namespace Gsr.Kernel.Sessions.Languages;

/// <summary>The languages of a session.</summary>
internal sealed class LanguageSet(params IReadOnlyList<CellLanguage> languages)
{
    /// <summary>All of them.</summary>
    public IReadOnlyList<CellLanguage> All => languages;

    /// <summary>True for a name or an alias.</summary>
    public bool Contains(string name) => Find(name) is not null;

    /// <summary>The language of a name or an alias, whatever its case; null when there is none.</summary>
    public CellLanguage? Find(string name) => languages.FirstOrDefault(language =>
        language.Name.Equals(name, StringComparison.OrdinalIgnoreCase) || language.Aliases.Contains(name, StringComparer.OrdinalIgnoreCase));

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", languages.Select(language => language.Name));
}
