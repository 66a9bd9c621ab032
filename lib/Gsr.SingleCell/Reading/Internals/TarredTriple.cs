using System.Formats.Tar;

namespace Gsr.SingleCell.Reading;

/// <summary>Reads a .tar or .tar.gz that holds the three files of one 10x matrix.</summary>
internal static class TarredTriple
{
    private const string Remedy = "Unpack the archive (tar xf), and name the matrix or its folder.";
    private const int SignatureAt = 257;

    /// <summary>Whether content starts as a tar archive.</summary>
    public static bool IsTar(ReadOnlySpan<byte> start) =>
        start.Length >= SignatureAt + 5 && start[SignatureAt..].StartsWith("ustar"u8);

    /// <summary>
    /// Reads an archive, whose three files are laid down among the system's temporary files meanwhile.
    /// </summary>
    public static AnnotatedMatrix Read(Stream stream, string name, string? genome)
    {
        List<string> names = [];
        ForEachFile(stream, name, (file, _) => names.Add(file));
        (var triple, var remark) = TenxTriple.Only(name, names, genome);
        Dictionary<string, FileStream> files = [];
        try
        {
            ForEachFile(stream, name, (file, content) =>
            {
                if ((file == triple.Matrix || file == triple.Genes || file == triple.Barcodes)
                    && !files.ContainsKey(file))
                    content.CopyTo(files[file] = Temporary(stream));
            });
            if (files.Count < 3) throw Damaged(name, $"{files.Count} of the three files", null);
            var matrix = TenxMatrixReader.Read(Named(triple.Matrix), Named(triple.Genes), Named(triple.Barcodes));
            return remark is null ? matrix : matrix.WithRemark(remark);
        }
        finally
        {
            foreach (var file in files.Values) file.Dispose();
        }

        (Stream, string) Named(string file) => (files[file], $"{name}/{file}");
    }

    private static FileStream Temporary(Stream archive) => (archive as WatchedFile)?.Temporary() ?? new FileStream(
        Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite,
        FileShare.None, 1 << 14, FileOptions.DeleteOnClose);

    private static void ForEachFile(Stream stream, string name, Action<string, Stream> visit)
    {
        stream.Position = 0;
        var packed = stream.ReadByte() == 0x1F;
        stream.Position = 0;
        using var gzip = packed ? new GzipContent(stream, name, Remedy) : null;
        try
        {
            using var archive = new TarReader(gzip ?? stream, leaveOpen: true);
            while (archive.GetNextEntry() is { } entry)
            {
                if (entry.DataStream is { } content) visit(entry.Name, content);
            }
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or FormatException
            or ArgumentException or NotSupportedException or InvalidOperationException or OverflowException)
        {
            throw Damaged(name, $"what cannot be read ({error.Message.TrimEnd('.')})", error);
        }
    }

    private static DataFormatException Damaged(string name, string found, Exception? inner) =>
        new(name, null, "tar archive", found, "a sound archive of a 10x matrix", Remedy, inner);
}
