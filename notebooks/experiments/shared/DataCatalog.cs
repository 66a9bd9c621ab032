using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Gsr.SingleCell.Reading;

namespace Gsr.Experiments;

/// <summary>
/// The data sets the library can load. <see cref="Default"/> is the repository's data/catalog.json, built into the
/// assembly so that it is there wherever the assembly is used.
/// </summary>
public sealed partial class DataCatalog
{
    private const int Version = 1;
    private const string ResourceName = "catalog.json";
    private const string Remedy = "Correct the catalogue.";

    // Strict on purpose: a misspelt or doubled key would otherwise be ignored without a word.
    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
    };

    private static readonly Lazy<DataCatalog> s_default = new(ReadDefault);

    private DataCatalog(IReadOnlyList<DataSetEntry> dataSets) => DataSets = dataSets;

    /// <summary>The catalogue built into the assembly.</summary>
    public static DataCatalog Default => s_default.Value;

    /// <summary>The data sets, in the catalogue's order.</summary>
    public IReadOnlyList<DataSetEntry> DataSets { get; }

    /// <summary>The data set of that id.</summary>
    /// <param name="id">For example "mnist".</param>
    /// <exception cref="ArgumentException">The catalogue has no such data set; the message lists those it has.</exception>
    public DataSetEntry this[string id] => DataSets.FirstOrDefault(set => set.Id == id)
        ?? throw new ArgumentException(
            $"The catalogue has no data set '{id}'; it has {string.Join(", ", DataSets.Select(set => set.Id))}.", nameof(id));

    /// <summary>Reads a catalogue and checks every field of it.</summary>
    /// <param name="json">The catalogue's text, as in data/catalog.json.</param>
    /// <param name="name">What error messages call it.</param>
    /// <exception cref="DataFormatException">The text is not a valid catalogue.</exception>
    public static DataCatalog Parse(string json, string name = "catalog.json")
    {
        ArgumentNullException.ThrowIfNull(json);
        Document document;
        try
        {
            document = JsonSerializer.Deserialize<Document>(json, s_json)
                ?? throw new DataFormatException(name, null, "catalogue", "null", "an object", Remedy);
        }
        catch (JsonException e)
        {
            string field = string.IsNullOrEmpty(e.Path) ? "JSON" : e.Path;
            throw new DataFormatException(name, null, field, e.Message.TrimEnd('.'), "a catalogue as in data/catalog.json",
                Remedy, e);
        }
        Require(document.Version == Version, name, "version", $"{document.Version}", $"{Version}");
        for (int i = 0; i < document.DataSets.Count; i++)
        {
            DataSetEntry set = document.DataSets[i];
            Require(set is not null, name, $"dataSets[{i}]", "null", "an object");
            CheckSet(set!, name, $"dataSets[{i}]");
            Require(document.DataSets.Take(i).All(other => other.Id != set!.Id), name, $"dataSets[{i}].id",
                $"'{set!.Id}' a second time", "ids that differ");
        }
        return new DataCatalog(document.DataSets);
    }

    private static void CheckSet(DataSetEntry set, string name, string at)
    {
        Require(IdPattern().IsMatch(set.Id), name, $"{at}.id", $"'{set.Id}'", "small letters, digits and hyphens");
        Require(IsSafePath(set.Folder), name, $"{at}.folder", $"'{set.Folder}'", "a relative path without '..'");
        Require(set.Files.Count > 0, name, $"{at}.files", "none", "one or more");
        for (int i = 0; i < set.Files.Count; i++)
        {
            DataFileEntry file = set.Files[i];
            string field = $"{at}.files[{i}]";
            Require(file is not null, name, field, "null", "an object");
            Require(IsSafePath(file!.Name), name, $"{field}.name", $"'{file.Name}'", "a relative path without '..'");
            Require(set.Files.Take(i).All(other => other.Name != file.Name), name, $"{field}.name",
                $"'{file.Name}' a second time", "names that differ");
            Require(file.Bytes > 0, name, $"{field}.bytes", $"{file.Bytes}", "1 or more");
            Require(Sha256Pattern().IsMatch(file.Sha256), name, $"{field}.sha256", $"'{file.Sha256}'",
                "64 small hexadecimal digits");
            foreach (Uri mirror in file.Mirrors)
            {
                Require(mirror is { IsAbsoluteUri: true } && mirror.Scheme == Uri.UriSchemeHttps, name, $"{field}.mirrors",
                    $"'{mirror}'", "absolute https addresses");
            }
        }
    }

    // A name becomes a path under the cache: it must not lead out of it, on any operating system.
    private static bool IsSafePath(string path) => PathPattern().IsMatch(path) && path.Split('/').All(part => part is not ("." or ".."));

    private static void Require(bool holds, string name, string field, string found, string expected)
    {
        if (!holds) throw new DataFormatException(name, null, field, found, expected, Remedy);
    }

    private static DataCatalog ReadDefault()
    {
        using Stream stream = typeof(DataCatalog).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"Gsr.dll lacks its resource {ResourceName}; build it again.");
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd());
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]*\z")]
    private static partial Regex IdPattern();

    [GeneratedRegex(@"^[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*\z")]
    private static partial Regex PathPattern();

    [GeneratedRegex(@"^[0-9a-f]{64}\z")]
    private static partial Regex Sha256Pattern();

    private sealed record Document
    {
        public required int Version { get; init; }

        public required IReadOnlyList<DataSetEntry> DataSets { get; init; }
    }
}
