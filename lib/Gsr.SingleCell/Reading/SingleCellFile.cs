using System.IO.Compression;

namespace Gsr.SingleCell.Reading;

/// <summary>Reads single-cell data of any of the usual formats, detected by the file's content, not its name.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>10x folders and matrices (MatrixMarket with a file of genes and one of barcodes), as a .tar or .tar.gz as
/// well, and 10x HDF5 of versions 2 and 3: genes are named by their symbols, and have the columns gene_ids and
/// feature_types.</item>
/// <item>AnnData (.h5ad) with layers, obsm (<see cref="AnnotatedMatrix.CellArrays"/>) and raw, and the modality of RNA
/// of MuData (.h5mu); uns, obsp, varm and varp are not read.</item>
/// <item>Loom with its layers and the attributes of rows and columns; HDF5 of X and Y alone.</item>
/// <item>FCS 2.0 to 3.2, values as in the file, without scale or gain, compensated where asked for: channels are named
/// by $PnS, else $PnN, and have the columns channel, stain, marker, bits, range, gain, log_decades and log_offset.
/// </item>
/// <item>Tables of text, plain or gzip: a line of names, then lines of a name and numbers. Either way round; divided by
/// tab, comma, semicolon or blank whatever the file is called; names quoted or not; the first heading there, empty, or
/// left out as R does. Columns of text become annotations. Numbers may have a decimal comma where commas divide
/// nothing. Long tables of gene, cell and count are turned into a matrix; featureCounts' and HTSeq's own columns and
/// rows are no genes.</item>
/// </list>
/// What a reader decided, changed or left stands in <see cref="AnnotatedMatrix.Remarks"/>. In every format values that
/// are missing or not finite are read as NaN or an infinity, and counted in a remark.
/// </remarks>
/// <example><code>
/// AnnotatedMatrix cells = SingleCellFile.Read("filtered_feature_bc_matrix.h5");
/// foreach (string remark in cells.Remarks) Console.WriteLine(remark);
/// </code></example>
public static class SingleCellFile
{
    // A tar archive says what it is at byte 257.
    private const int Looked = 512;

    // HDF5 is read in small pieces at many places.
    private const int Buffer = 1 << 14;

    // What people have instead of the data, by its first bytes.
    private static readonly (byte[] Start, string What, string Remedy)[] Others =
    [
        ([.. "PK\u0003\u0004"u8], "a ZIP archive (a workbook, or packed files)",
            "Unpack it, or export the table as CSV."),
        ([.. "BZh"u8], "a bzip2 file", "Unpack it, or pack it with gzip."),
        ([0xFD, .. "7zXZ"u8], "an xz file", "Unpack it, or pack it with gzip."),
        ([0x28, 0xB5, 0x2F, 0xFD], "a zstd file", "Unpack it, or pack it with gzip."),
        ([.. "RDX"u8], "an R workspace", "Export its matrix from R, as 10x MTX, loom or h5ad."),
        ([.. "X\n\0\0"u8], "an R object (.rds)", "Export its matrix from R, as 10x MTX, loom or h5ad."),
        ([0xFF, 0xFE], "text in UTF-16", "Save it as UTF-8."),
        ([0xFE, 0xFF], "text in UTF-16", "Save it as UTF-8."),
        ([.. "<!DOCTYPE"u8], "a web page", "Fetch the file itself, whose page this is."),
        ([.. "<html"u8], "a web page", "Fetch the file itself, whose page this is."),
    ];

    /// <summary>Reads a file, or a folder of the three files of 10x, into memory.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="options">What is known of it and what to take; all is detected where null.</param>
    /// <param name="progress">Takes a line up to four times a second where reading takes longer than one.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="DataFormatException">The file is damaged or of no known format.</exception>
    /// <exception cref="ArgumentException">An option names what the file does not have; the message lists what it has.
    /// </exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static AnnotatedMatrix Read(string path, ReadOptions? options = null, Action<string>? progress = null,
        CancellationToken cancellationToken = default) =>
        Read(path, options ?? new ReadOptions(), leave: false, new Watch(progress, cancellationToken));

    /// <summary>
    /// The same, but values stay in the file where they are stored by cells (h5ad in compressed rows or dense, 10x HDF5,
    /// loom), in <see cref="AnnotatedMatrix.Values"/> as in layers and raw: each pass over them reads the file, which
    /// has to stay as it is, and finds damage and values that are not finite then. MTX, FCS and tables are read; h5ad in
    /// compressed columns when it is first used.
    /// </summary>
    /// <inheritdoc cref="Read(string, ReadOptions?, Action{string}?, CancellationToken)"/>
    /// <example><code>
    /// var inputs = NetworkInputs.Of(SingleCellFile.Open("million_cells.h5ad"));
    /// </code></example>
    public static AnnotatedMatrix Open(string path, ReadOptions? options = null, Action<string>? progress = null,
        CancellationToken cancellationToken = default) =>
        Read(path, options ?? new ReadOptions(), leave: true, new Watch(progress, cancellationToken));

    /// <summary>Reads a stream that holds a whole file of a format that needs but one; the stream stays open.</summary>
    internal static AnnotatedMatrix Read(Stream stream, string name, ReadOptions? options = null) =>
        Read(stream, name, Start(stream, name, out var packed), packed, options ?? new ReadOptions());

    /// <summary>The same with values left where they are, in a stream that can be opened again.</summary>
    internal static AnnotatedMatrix Open(Func<Stream> open, string name, ReadOptions? options = null)
    {
        using var stream = open();
        return Read(
            stream, name, Start(stream, name, out var packed), packed, options ?? new ReadOptions(), open);
    }

    private static AnnotatedMatrix Read(string path, ReadOptions options, bool leave, Watch watch)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
            return Selection.Of(TenxMatrixReader.ReadFolder(path, options.Genome, watch), options);
        using var stream = new WatchedFile(path, Buffer, watch);
        var start = Start(stream, path, out var packed);
        return start.AsSpan().StartsWith("%%MatrixMarket"u8)
            ? Selection.Of(TenxMatrixReader.Read(path, watch), options)
            : Read(stream, path, start, packed, options, leave ? Unchanged(path) : null);
    }

    // Opens a file again, if it is still the one that was read.
    private static Func<Stream> Unchanged(string path)
    {
        var (full, seen) = (Path.GetFullPath(path), State(path));
        return () => State(full) == seen ? OpenBuffered(full)
            : throw new IOException($"{path} has changed since it was opened; open it again.");

        static (bool, long, DateTime) State(string path) => new FileInfo(path) is { Exists: true } file
            ? (true, file.Length, file.LastWriteTimeUtc) : default;
    }

    internal static FileStream OpenText(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);

    private static FileStream OpenBuffered(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, Buffer);

    private static AnnotatedMatrix Read(
        Stream stream, string name, ReadOnlySpan<byte> start, bool packed, ReadOptions options,
        Func<Stream>? reopen = null)
    {
        var fcs = start.StartsWith("FCS"u8);
        if (packed && (fcs || start is [0x89, (byte)'H', (byte)'D', (byte)'F', ..]))
            throw Unknown(name, $"{(fcs ? "an FCS" : "an HDF5")} file packed with gzip", "Unpack it (gunzip).");
        if (fcs) return Selection.Of(FcsReader.Read(stream, name, options.Compensate), options);
        if (!packed && IsHdf5(stream)) return Selection.Of(ReadHdf5(stream, name, options, reopen), options);
        if (TarredTriple.IsTar(start)) return Selection.Of(TarredTriple.Read(stream, name, options.Genome), options);
        foreach ((var other, var what, var remedy) in Others)
        {
            if (start.StartsWith(other)) throw Unknown(name, what, remedy);
        }
        if (start.IsEmpty) throw Unknown(name, "an empty file", "Fetch or export the file again.");
        if (start.Contains((byte)0))
        {
            throw Unknown(name, "binary content of no known format",
                "Export it as CSV, 10x MTX, h5ad, loom or FCS.");
        }
        return Selection.Of(DelimitedReader.Read(stream, name, options), options);
    }

    private static AnnotatedMatrix ReadHdf5(Stream stream, string name, ReadOptions options, Func<Stream>? reopen)
    {
        using var content = new Hdf5Content(stream, name, reopen);
        if (content.HasDataset("matrix")) return LoomReader.Read(content);
        if (content.HasGroup("mod")) return H5adReader.ReadModality(content, options.Modality);
        if (content.HasGroup("obs") || content.HasDataset("obs") || content.HasGroup("var"))
            return H5adReader.Read(content);
        var groups = content.Children("/");
        if (groups.Any(group => TenxHdf5Reader.IsMatrix(content, group)))
            return TenxHdf5Reader.Read(content, options.Genome);
        if (BareHdf5Reader.IsOne(content)) return BareHdf5Reader.Read(content);
        var lacks = content.HasDataset("X")
            ? "the names of cells and genes beside X, or labels Y, one for each row of X"
            : "obs and var (h5ad), mod (h5mu), matrix (loom, 10x) or a genome (10x)";
        throw content.Fault("/", groups.Length == 0 ? "nothing" : Remarks.Listed(groups), lacks,
            "Write the file as h5ad, loom or 10x HDF5.");
    }

    // The signature may follow a user block of 512 bytes or a power of two times that.
    private static bool IsHdf5(Stream stream)
    {
        Span<byte> signature = stackalloc byte[8];
        for (long at = 0; at + signature.Length <= stream.Length; at = at == 0 ? 512 : 2 * at)
        {
            stream.Position = at;
            stream.ReadExactly(signature);
            if (signature[0] == 0x89 && signature[1..].SequenceEqual("HDF\r\n\u001A\n"u8)) return true;
        }
        return false;
    }

    // The first bytes of the content: of what a gzip file holds, or of the file itself.
    private static byte[] Start(Stream stream, string name, out bool packed)
    {
        stream.Position = 0;
        var start = new byte[Looked];
        var read = stream.ReadAtLeast(start, Looked, throwOnEndOfStream: false);
        packed = start is [0x1F, 0x8B, ..];
        if (!packed) return start[..read];
        stream.Position = 0;
        try
        {
            using var gzip = new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true);
            read = gzip.ReadAtLeast(start, Looked, throwOnEndOfStream: false);
            return start[..read];
        }
        catch (InvalidDataException error)
        {
            throw new DataFormatException(name, 0, "gzip", error.Message.TrimEnd('.'), "a valid gzip stream",
                "Fetch the file again.", error);
        }
    }

    private static DataFormatException Unknown(string name, string found, string remedy) =>
        new(name, 0, "format", found, "10x MTX, CSV or TSV, h5ad, h5mu, loom, 10x HDF5 or FCS", remedy);
}
