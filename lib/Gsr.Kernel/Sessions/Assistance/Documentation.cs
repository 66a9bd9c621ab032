using System.Globalization;
using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Gsr.Kernel.Sessions.Assistance;

/// <summary>The documentation of a symbol as lines of text.</summary>
internal static partial class Documentation
{
    /// <summary>Its summary; in detail its parameters and its result too.</summary>
    public static IReadOnlyList<string> Of(ISymbol symbol, bool detailed, CancellationToken cancellationToken)
    {
        if (symbol.GetDocumentationCommentXml(cancellationToken: cancellationToken) is not { Length: > 0 } xml)
            return [];
        try
        {
            // Of a file it is the inside of an element, of source the element.
            var elements = XElement.Parse($"<m>{xml}</m>").Descendants().ToArray();
            string?[] lines =
            [
                Text(elements.FirstOrDefault(e => e.Name == "summary")),
                .. elements.Where(e => detailed && e.Name == "param")
                    .Select(e => $"{e.Attribute("name")?.Value}: {Text(e)}"),
                Text(elements.FirstOrDefault(e => detailed && e.Name == "returns")) is { Length: > 0 } result
                    ? $"Returns: {result}" : null,
            ];
            return [.. lines.OfType<string>().Where(line => line.Length > 0)];
        }
        catch (XmlException)
        {
            return [];
        }
    }

    private static string Text(XElement? element) =>
        element is null ? "" : Space().Replace(string.Concat(element.Nodes().Select(Part)), " ").Trim();

    private static string Part(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { IsEmpty: true } empty when empty.FirstAttribute is { } named => Name(named),
        XElement { Name.LocalName: "para" or "item" } element => $" {string.Concat(element.Nodes().Select(Part))} ",
        XElement element => string.Concat(element.Nodes().Select(Part)),
        _ => "",
    };

    // "M:System.Linq.Enumerable.Where``1(...)" is read as "Where".
    private static string Name(XAttribute attribute) => attribute.Name == "cref"
        ? attribute.Value.Split('(')[0].Split('.', ':')[^1].Split('`')[0]
        : attribute.Value;

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}

/// <summary>
/// The XML documentation of an assembly: beside it, or in the SDK's reference pack if it belongs to the runtime.
/// Nothing is read before it is asked for, and nothing is kept: the entry is searched for in the bytes of the file.
/// </summary>
internal sealed class DocumentationFiles(string path) : DocumentationProvider
{
    private static readonly string RuntimeFolder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
    private static readonly Lazy<string[]> Pack = new(ReferencePack);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

    protected override string? GetDocumentationForSymbol(
        string documentationMemberID, CultureInfo preferredCulture, CancellationToken cancellationToken = default)
    {
        var name = Encoding.UTF8.GetBytes($"<member name=\"{documentationMemberID}\"");
        try
        {
            return Candidates().Select(file => Find(file, name)).FirstOrDefault(found => found is not null);
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or ArgumentException or OverflowException)
        {
            return null; // out of reach, empty, or larger than any documentation
        }
    }

    private IEnumerable<string> Candidates()
    {
        var beside = Path.ChangeExtension(path, ".xml");
        if (Path.GetDirectoryName(path) != RuntimeFolder)
            return File.Exists(beside) ? [beside] : [];
        // What is implemented in one assembly is documented where the reference assemblies have it: System.Runtime
        // mostly.
        var own = Path.GetFileName(beside);
        return Pack.Value.OrderBy(file => Path.GetFileName(file) switch
        {
            var name when name == own => 0,
            "System.Runtime.xml" => 1,
            _ => 2,
        });
    }

    private static string[] ReferencePack()
    {
        var version = $"{Environment.Version.Major}.{Environment.Version.Minor}";
        // <root>/shared/Microsoft.NETCore.App/<version>
        var packs = new DirectoryInfo(
            Path.GetFullPath(Path.Combine(RuntimeFolder, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref")));
        if (!packs.Exists)
            return [];
        var folder = packs.GetDirectories(version + ".*")
            .Select(pack => Path.Combine(pack.FullName, "ref", "net" + version))
            .LastOrDefault(Directory.Exists);
        return folder is null ? [] : Directory.GetFiles(folder, "*.xml");
    }

    private static unsafe string? Find(string file, byte[] name)
    {
        using var mapped =
            MemoryMappedFile.CreateFromFile(file, FileMode.Open, mapName: null, 0, MemoryMappedFileAccess.Read);
        using var view = mapped.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        try
        {
            var bytes = new ReadOnlySpan<byte>(start, checked((int)view.Capacity));
            var at = bytes.IndexOf(name);
            if (at < 0)
                return null;
            var entry = bytes[(at + name.Length)..];
            entry = entry[(entry.IndexOf((byte)'>') + 1)..];
            var end = entry.IndexOf("</member>"u8);
            return end < 0 ? null : Encoding.UTF8.GetString(entry[..end]);
        }
        finally
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
        }
    }
}
