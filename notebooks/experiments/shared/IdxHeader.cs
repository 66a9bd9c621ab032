using System.Buffers.Binary;
using Gsr.SingleCell.Reading;

namespace Gsr.Experiments;

/// <summary>
/// The start of an IDX file: 0, 0, type code, number of dimensions, then one big-endian 32-bit length per dimension.
/// Every number is checked against the limits before anything of its size is allocated.
/// </summary>
internal sealed record IdxHeader(IdxType Type, int[] Shape, int Count)
{
    internal const string Remedy = "The file is damaged or not an IDX file: delete it and fetch it again.";

    public int Bytes => 4 + (4 * Shape.Length);

    public long BodyBytes => (long)Count * SizeOf(Type);

    public static IdxHeader Read(Stream content, string file, IdxLimits limits)
    {
        Span<byte> bytes = stackalloc byte[4];
        Fill(content, file, bytes, 0, "magic number");
        if (bytes[0] != 0 || bytes[1] != 0)
        {
            throw new DataFormatException(file, 0, "magic number", $"0x{bytes[0]:X2} 0x{bytes[1]:X2}",
                "0x00 0x00 (IDX) or 0x1F 0x8B (gzip)", Remedy);
        }
        var type = (IdxType)bytes[2];
        if (!Enum.IsDefined(type))
        {
            throw new DataFormatException(file, 2, "type code", $"0x{bytes[2]:X2}",
                "0x08, 0x09, 0x0B, 0x0C, 0x0D or 0x0E", Remedy);
        }
        int dimensions = bytes[3];
        if (dimensions < 1 || dimensions > limits.MaxDimensions)
        {
            throw new DataFormatException(file, 3, "number of dimensions", $"{dimensions}",
                $"1 to {limits.MaxDimensions}", Remedy);
        }

        var shape = new int[dimensions];
        long maxCount = Math.Min(limits.MaxBytes, Array.MaxLength) / SizeOf(type);
        long count = 1;
        for (int d = 0; d < dimensions; d++)
        {
            int at = 4 + (4 * d);
            string field = $"length of dimension {d + 1} of {dimensions}";
            Fill(content, file, bytes, at, field);
            uint length = BinaryPrimitives.ReadUInt32BigEndian(bytes);

            // count ≤ maxCount < 2³¹ and length < 2³², so the product fits a long: it cannot overflow unseen.
            if (length == 0 || count * length > maxCount)
            {
                throw new DataFormatException(file, at, field, $"{length}",
                    $"1 to {maxCount / count} ({limits.MaxBytes} bytes of elements are the limit)", Remedy);
            }
            shape[d] = (int)length;
            count *= length;
        }
        return new IdxHeader(type, shape, (int)count);
    }

    public static int SizeOf(IdxType type) => type switch
    {
        IdxType.UInt8 or IdxType.Int8 => 1,
        IdxType.Int16 => 2,
        IdxType.Int32 or IdxType.Single => 4,
        _ => 8,
    };

    private static void Fill(Stream content, string file, Span<byte> bytes, int at, string field)
    {
        int read = content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (read < bytes.Length)
        {
            throw new DataFormatException(file, at, field, $"the end of the file after {at + read} bytes",
                $"{bytes.Length} bytes", Remedy);
        }
    }
}
