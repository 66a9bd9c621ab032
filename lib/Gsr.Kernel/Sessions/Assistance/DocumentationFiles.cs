using System.Globalization;
using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.CodeAnalysis;

namespace Gsr.Kernel.Sessions.Assistance;

/// <summary>
/// The XML documentation of an assembly: beside it, or in the SDK's reference pack if it belongs to the runtime. Nothing is
/// read before it is asked for, and nothing is kept: the entry is searched for in the bytes of the file.
/// </summary>
/// <param name="path">The assembly's file.</param>
internal sealed class DocumentationFiles(string path) : DocumentationProvider
{
    private static readonly string s_runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
    private static readonly Lazy<string[]> s_pack = new(ReferencePack);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    /// <inheritdoc/>
    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

    /// <inheritdoc/>
    protected override string? GetDocumentationForSymbol(
        string documentationMemberID, CultureInfo preferredCulture, CancellationToken cancellationToken = default)
    {
        var name = Encoding.UTF8.GetBytes($"<member name=\"{documentationMemberID}\"");
        try
        {
            return Candidates().Select(file => Find(file, name)).FirstOrDefault(found => found is not null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or OverflowException)
        {
            return null; // out of reach, empty, or larger than any documentation
        }
    }

    private IEnumerable<string> Candidates()
    {
        var beside = Path.ChangeExtension(path, ".xml");
        if (Path.GetDirectoryName(path) != s_runtime)
            return File.Exists(beside) ? [beside] : [];
        // What is implemented in one assembly is documented where the reference assemblies have it: System.Runtime mostly.
        var own = Path.GetFileName(beside);
        return s_pack.Value.OrderBy(file => Path.GetFileName(file) switch
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
        var packs = new DirectoryInfo(Path.GetFullPath(Path.Combine(s_runtime, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref")));
        if (!packs.Exists)
            return [];
        var folder = packs.GetDirectories(version + ".*")
            .Select(pack => Path.Combine(pack.FullName, "ref", "net" + version))
            .LastOrDefault(Directory.Exists);
        return folder is null ? [] : Directory.GetFiles(folder, "*.xml");
    }

    private static unsafe string? Find(string file, byte[] name)
    {
        using var mapped = MemoryMappedFile.CreateFromFile(file, FileMode.Open, mapName: null, 0, MemoryMappedFileAccess.Read);
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
