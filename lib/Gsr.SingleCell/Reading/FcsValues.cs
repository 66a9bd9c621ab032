using System.Buffers.Binary;

namespace Gsr.SingleCell.Reading;

/// <summary>Turns the bytes of whole events into numbers.</summary>
internal static class FcsValues
{
    /// <summary>Decodes events that start at the first bit of <paramref name="bytes"/>.</summary>
    public static void Decode(FcsLayout layout, ReadOnlySpan<byte> bytes, Span<float> values)
    {
        int channels = layout.Bits.Length;
        if (layout.IsMixed || layout.Bits.Any(bits => bits % 8 != 0))
        {
            Bits(layout, bytes, values);
            return;
        }
        int at = 0;
        for (int i = 0; i < values.Length; i++)
        {
            int channel = i % channels, size = layout.Bits[channel] / 8;
            ReadOnlySpan<byte> word = bytes.Slice(at, size);
            at += size;
            values[i] = layout.Type switch
            {
                'F' => layout.IsLittleEndian
                    ? BinaryPrimitives.ReadSingleLittleEndian(word) : BinaryPrimitives.ReadSingleBigEndian(word),
                'D' => (float)(layout.IsLittleEndian
                    ? BinaryPrimitives.ReadDoubleLittleEndian(word) : BinaryPrimitives.ReadDoubleBigEndian(word)),
                _ => Word(word, layout.IsLittleEndian) & layout.Masks[channel],
            };
        }
    }

    private static ulong Word(ReadOnlySpan<byte> bytes, bool littleEndian)
    {
        ulong value = 0;
        for (int i = 0; i < bytes.Length; i++)
            value = (value << 8) | bytes[littleEndian ? bytes.Length - 1 - i : i];
        return value;
    }

    // Values of any number of bits follow each other without a gap: from the highest bit of each byte on where the
    // highest byte comes first, else from the lowest. Whole bytes come out as they do above.
    private static void Bits(FcsLayout layout, ReadOnlySpan<byte> bytes, Span<float> values)
    {
        long bit = 0;
        for (int i = 0; i < values.Length; i++)
        {
            int channel = i % layout.Bits.Length, width = layout.Bits[channel];
            ulong value = 0;
            if (layout.IsMixed)
            {
                for (int k = 0; k < layout.Order.Length; k++)
                    value |= (ulong)bytes[(int)(bit / 8) + k] << (8 * layout.Order[k]);
            }
            else
            {
                for (int k = 0; k < width; k++)
                {
                    long place = bit + k;
                    int offset = (int)(place % 8);
                    ulong one = (ulong)(bytes[(int)(place / 8)] >> (layout.IsLittleEndian ? offset : 7 - offset)) & 1;
                    value |= one << (layout.IsLittleEndian ? k : width - 1 - k);
                }
            }
            bit += width;
            values[i] = layout.Type switch
            {
                'F' => BitConverter.UInt32BitsToSingle((uint)value),
                'D' => (float)BitConverter.UInt64BitsToDouble(value),
                _ => value & layout.Masks[channel],
            };
        }
    }
}
