using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Gsr.SingleCell.Reading;

namespace Gsr.Experiments;

/// <summary>
/// A data set of the catalogue: its id (small letters, digits and hyphens; also its folder in the cache), its title,
/// its folder under GSR_DATA with "/" between parts, terms and citation, what is generated in its place (null where
/// nothing), and its files.
/// </summary>
public sealed record DataSetEntry(string Id, string Title, string Folder, string Description, string Licence,
    string Citation, string? StandIn, IReadOnlyList<DataFileEntry> Files);

/// <summary>
/// A file of a data set: its path in the data set's folder with "/" between parts, its length, its SHA-256 as 64 small
/// hexadecimal digits, and where it can be downloaded, the first choice first.
/// </summary>
public sealed record DataFileEntry(string Name, long Bytes, string Sha256, IReadOnlyList<Uri> Mirrors);

/// <summary>
/// The data sets that notebooks load. <see cref="Default"/> is the repository's data/catalog.json, built into the
/// assembly.
/// </summary>
public sealed partial class DataCatalog
{
    private const int Version = 1;
    private const string Remedy = "Correct the catalogue.";

    // Strict on purpose: a misspelt or doubled key would otherwise be ignored without a word.
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
    };

    private static readonly Lazy<DataCatalog> BuiltIn = new(ReadBuiltIn);

    private DataCatalog(IReadOnlyList<DataSetEntry> dataSets) => DataSets = dataSets;

    /// <summary>The catalogue built into the assembly.</summary>
    public static DataCatalog Default => BuiltIn.Value;

    /// <summary>The data sets, in the catalogue's order.</summary>
    public IReadOnlyList<DataSetEntry> DataSets { get; }

    /// <summary>The data set of that id, for example "mnist".</summary>
    /// <exception cref="ArgumentException">There is no such data set; the message lists those there are.</exception>
    public DataSetEntry this[string id] => DataSets.FirstOrDefault(set => set.Id == id)
        ?? throw new ArgumentException(
            $"The catalogue has no data set '{id}'; it has {string.Join(", ", DataSets.Select(set => set.Id))}.",
            nameof(id));

    /// <summary>Reads a catalogue such as data/catalog.json and checks every field of it.</summary>
    /// <exception cref="DataFormatException">The text is not a valid catalogue.</exception>
    internal static DataCatalog Parse(string json)
    {
        Document document;
        try
        {
            document = JsonSerializer.Deserialize<Document>(json, Json)!;
        }
        catch (JsonException e)
        {
            throw Wrong(string.IsNullOrEmpty(e.Path) ? "JSON" : e.Path, e.Message.TrimEnd('.'),
                "a catalogue as in data/catalog.json", e);
        }

        Require(document is not null, "catalogue", "null", "an object");
        Require(document!.Version == Version, "version", $"{document.Version}", $"{Version}");
        for (var i = 0; i < document.DataSets.Count; i++)
        {
            var set = document.DataSets[i];
            Require(set is not null, $"dataSets[{i}]", "null", "an object");
            CheckSet(set!, $"dataSets[{i}]");
            Require(document.DataSets.Take(i).All(other => other.Id != set!.Id), $"dataSets[{i}].id",
                $"'{set!.Id}' a second time", "ids that differ");
        }

        return new DataCatalog(document.DataSets);
    }

    private static void CheckSet(DataSetEntry set, string at)
    {
        Require(IdPattern().IsMatch(set.Id), $"{at}.id", $"'{set.Id}'", "small letters, digits and hyphens");
        Require(IsSafePath(set.Folder), $"{at}.folder", $"'{set.Folder}'", "a relative path without '..'");
        Require(set.Files.Count > 0, $"{at}.files", "none", "one or more");
        for (var i = 0; i < set.Files.Count; i++)
        {
            var (file, field) = (set.Files[i], $"{at}.files[{i}]");
            Require(file is not null, field, "null", "an object");
            Require(IsSafePath(file!.Name), $"{field}.name", $"'{file.Name}'", "a relative path without '..'");
            Require(set.Files.Take(i).All(other => other.Name != file.Name), $"{field}.name",
                $"'{file.Name}' a second time", "names that differ");
            Require(file.Bytes > 0, $"{field}.bytes", $"{file.Bytes}", "1 or more");
            Require(Sha256Pattern().IsMatch(file.Sha256), $"{field}.sha256", $"'{file.Sha256}'",
                "64 small hexadecimal digits");
            foreach (var mirror in file.Mirrors)
            {
                Require(mirror is { IsAbsoluteUri: true } && mirror.Scheme == Uri.UriSchemeHttps, $"{field}.mirrors",
                    $"'{mirror}'", "absolute https addresses");
            }
        }
    }

    // A name becomes a path under the cache: it must not lead out of it, on any operating system.
    private static bool IsSafePath(string path) =>
        PathPattern().IsMatch(path) && path.Split('/').All(part => part is not ("." or ".."));

    private static void Require(bool holds, string field, string found, string expected)
    {
        if (!holds) throw Wrong(field, found, expected);
    }

    private static DataFormatException Wrong(string field, string found, string expected, Exception? inner = null) =>
        new("catalog.json", null, field, found, expected, Remedy, inner);

    private static DataCatalog ReadBuiltIn()
    {
        using var stream = typeof(DataCatalog).Assembly.GetManifestResourceStream("catalog.json")!;
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd());
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]*\z")]
    private static partial Regex IdPattern();

    [GeneratedRegex(@"^[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*\z")]
    private static partial Regex PathPattern();

    [GeneratedRegex(@"^[0-9a-f]{64}\z")]
    private static partial Regex Sha256Pattern();

    private sealed record Document(int Version, IReadOnlyList<DataSetEntry> DataSets);
}
