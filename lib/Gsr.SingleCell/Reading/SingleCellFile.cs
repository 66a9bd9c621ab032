using System.IO.Compression;

namespace Gsr.SingleCell.Reading;

/// <summary>Reads single-cell data of any of the usual formats, detected by the file's content, not its name.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>10x folders and matrices (MatrixMarket with a file of genes and one of barcodes) and 10x HDF5, see
/// <see cref="TenxHdf5Reader"/>: genes are named by their symbols, and have the columns gene_ids and
/// feature_types.</item>
/// <item>AnnData (.h5ad) with layers, obsm (<see cref="AnnotatedMatrix.CellArrays"/>) and raw; uns, obsp, varm and varp
/// are not read.</item>
/// <item>Loom with its layers and the attributes of rows and columns.</item>
/// <item>FCS 2.0 to 3.2, values as in the file, without scale, gain or compensation: channels are named by $PnS, else
/// $PnN, and have the columns channel, stain, bits, range, gain, log_decades and log_offset.</item>
/// <item>Tables of text, plain or gzip, see <see cref="DelimitedReader"/>.</item>
/// </list>
/// </remarks>
/// <example><code>
/// AnnotatedMatrix cells = SingleCellFile.Read("filtered_feature_bc_matrix.h5");
/// foreach (string remark in cells.Remarks) Console.WriteLine(remark);
/// </code></example>
public static class SingleCellFile
{
    private const int Looked = 64;

    /// <summary>Reads a file, or a folder of the three files of 10x.</summary>
    /// <param name="path">The file or folder.</param>
    /// <exception cref="DataFormatException">The file is damaged or of no known format.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static AnnotatedMatrix Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path)) return TenxMatrixReader.Read(path);
        using var stream = OpenBuffered(path);
        byte[] start = Start(stream, path);
        if (start.AsSpan().StartsWith("%%MatrixMarket"u8)) return TenxMatrixReader.Read(path);
        return Read(stream, path, start);
    }

    /// <summary>Reads a stream that holds a whole file of a format that needs but one; the stream stays open.</summary>
    internal static AnnotatedMatrix Read(Stream stream, string name) => Read(stream, name, Start(stream, name));

    internal static FileStream Open(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);

    // HDF5 is read in small pieces at many places.
    internal static FileStream OpenBuffered(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1 << 14);

    private static AnnotatedMatrix Read(Stream stream, string name, ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("FCS"u8)) return FcsReader.Read(stream, name);
        if (IsHdf5(stream)) return ReadHdf5(stream, name);
        if (start.StartsWith("PK\u0003\u0004"u8))
        {
            throw Unknown(
                name, "a ZIP archive (a workbook, or packed files)", "Unpack it, or export the table as CSV.");
        }
        if (start.IsEmpty) throw Unknown(name, "an empty file", "Fetch or export the file again.");
        if (start.Contains((byte)0))
        {
            throw Unknown(name, "binary content of no known format",
                "Export it as CSV, 10x MTX, h5ad, loom or FCS; unpack an HDF5 or FCS file that was packed with gzip.");
        }
        return DelimitedReader.Read(stream, name);
    }

    private static AnnotatedMatrix ReadHdf5(Stream stream, string name)
    {
        using var content = new Hdf5Content(stream, name);
        if (content.HasDataset("matrix")) return LoomReader.Read(content);
        if (content.HasGroup("obs") || content.HasDataset("obs") || content.HasGroup("var"))
            return H5adReader.Read(content);
        string[] groups = content.Children("/");
        if (groups.Any(group => TenxHdf5Reader.IsMatrix(content, group)))
            return TenxHdf5Reader.Read(content, null);
        throw content.Fault("/", groups.Length == 0 ? "nothing" : string.Join(", ", groups.Take(10)),
            "obs and var (h5ad), matrix (loom, 10x) or a genome (10x)", "Write the file as h5ad, loom or 10x HDF5.");
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
    private static byte[] Start(Stream stream, string name)
    {
        stream.Position = 0;
        var start = new byte[Looked];
        int read = stream.ReadAtLeast(start, Looked, throwOnEndOfStream: false);
        if (read < 2 || start[0] != 0x1F || start[1] != 0x8B) return start[..read];
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
        new(name, 0, "format", found, "10x MTX, CSV or TSV, h5ad, loom, 10x HDF5 or FCS", remedy);
}
