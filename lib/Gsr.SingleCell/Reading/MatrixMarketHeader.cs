using System.Text;

namespace Gsr.SingleCell.Reading;

/// <summary>The banner, comments and size line of a MatrixMarket file in coordinate format (NIST, Boisvert et al. 1996).</summary>
internal sealed record MatrixMarketHeader(int Rows, int Columns, int Entries, bool HasValues, int Mirror)
{
    internal const string Remedy = "Write the matrix again in MatrixMarket's coordinate format " +
        "(scipy.io.mmwrite, Matrix::writeMM) or fetch the file again.";

    /// <summary>Reads up to and with the size line; what it claims is held against the length of the file.</summary>
    public static MatrixMarketHeader Read(TextLines lines)
    {
        if (!lines.Read() || !lines.Line.StartsWith("%%MatrixMarket"u8))
            throw lines.Fault("banner", lines.Excerpt(), "'%%MatrixMarket matrix coordinate integer general'", Remedy);
        string banner = Encoding.UTF8.GetString(lines.Line[..Math.Min(lines.Line.Length, 200)]).ToLowerInvariant();
        string[] words = banner.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        bool hasValues = true;
        int mirror = 0;
        bool known = words is [_, "matrix", "coordinate", var field, var symmetry]
            && field switch
            {
                "integer" or "unsigned-integer" or "real" or "double" => true,
                "pattern" => !(hasValues = false),
                _ => false,
            }
            && symmetry switch
            {
                "general" => true,
                "symmetric" => (mirror = 1) == 1,
                "skew-symmetric" => (mirror = -1) == -1,
                _ => false,
            };
        if (!known)
        {
            throw lines.Fault("banner", lines.Excerpt(), "'matrix coordinate', then integer, real or pattern, then general, " +
                "symmetric or skew-symmetric", Remedy);
        }
        bool found;
        while ((found = lines.Read()) && (lines.Line.StartsWith("%"u8) || lines.Line.Trim((byte)' ').IsEmpty))
        {
        }
        ReadOnlySpan<byte> rest = found ? lines.Line : [];
        if (!Utf8Number.TryWhole(Utf8Number.NextField(ref rest), out int rows)
            || !Utf8Number.TryWhole(Utf8Number.NextField(ref rest), out int columns)
            || !Utf8Number.TryWhole(Utf8Number.NextField(ref rest), out int entries)
            || !Utf8Number.NextField(ref rest).IsEmpty)
        {
            throw lines.Fault("size", found ? lines.Excerpt() : "the end of the file",
                $"rows, columns and entries, each at most {int.MaxValue}", Remedy);
        }
        if (rows == 0 || columns == 0)
            throw lines.Fault("size", $"{rows} x {columns}", "at least one gene and one cell", Remedy);
        if (mirror != 0 && rows != columns)
            throw lines.Fault("size", $"{rows} x {columns}", "a square, since the banner says symmetric", Remedy);
        // The shortest entry is "1 1" and a line end, or "1 1 1"; the last may lack its line end.
        if (entries * (hasValues ? 6L : 4L) - 1 > lines.MaxLength || entries > (long)rows * columns)
        {
            throw lines.Fault("size", $"{entries} entries", entries > (long)rows * columns
                ? $"at most {rows} x {columns}" : $"what {lines.MaxLength} bytes can hold", Remedy);
        }
        return new MatrixMarketHeader(rows, columns, entries, hasValues, mirror);
    }
}
