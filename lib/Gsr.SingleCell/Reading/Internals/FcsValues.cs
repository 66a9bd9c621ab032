using System.Buffers.Binary;
using System.Globalization;

namespace Gsr.SingleCell.Reading;

/// <summary>How an FCS file's events lie: the type of their values, the bits of each, the order of the bytes.</summary>
/// <param name="Type">I, F or D.</param>
/// <param name="Bits">Bits of each channel.</param>
/// <param name="Masks">For integers: the bits of each that count, by $PnR.</param>
/// <param name="Order">The power of 256 of each byte of a word, in the order of the file.</param>
internal sealed record FcsLayout(char Type, int[] Bits, ulong[] Masks, int[] Order)
{
    /// <summary>Bits of one event.</summary>
    public long EventBits { get; } = Bits.Sum(bits => (long)bits);

    /// <summary>Whether the lowest byte comes first.</summary>
    public bool IsLittleEndian => Order[0] == 0;

    /// <summary>Whether the bytes of a word are neither ascending nor descending.</summary>
    public bool IsMixed => !Order.SequenceEqual(Enumerable.Range(0, Order.Length))
        && !Order.SequenceEqual(Enumerable.Range(0, Order.Length).Reverse());

    public static FcsLayout Read(FcsText text, int channels)
    {
        var mode = text.Find("$MODE") ?? "L";
        if (mode is not ("L" or "l"))
        {
            throw text.Fault(
                null, "$MODE", FcsText.Quoted(mode), "L, a list of events", "Export the events, not histograms.");
        }
        var type = text.Find("$DATATYPE")?.ToUpperInvariant() ?? "";
        if (type is not ("I" or "F" or "D"))
        {
            throw text.Fault(null, "$DATATYPE", FcsText.Quoted(type), "I, F or D (integers, floats, doubles)",
                "Export the file anew with binary numbers.");
        }
        var bits = new int[channels];
        var masks = new ulong[channels];
        for (var i = 0; i < channels; i++)
        {
            var own = text.Find($"$P{i + 1}DATATYPE") ?? type;
            if (!own.Equals(type, StringComparison.OrdinalIgnoreCase))
                throw text.Fault(null, $"$P{i + 1}DATATYPE", FcsText.Quoted(own), $"{type}, as for all channels");
            bits[i] = type switch
            {
                "F" => (int)text.Whole($"$P{i + 1}B", 32, 32),
                "D" => (int)text.Whole($"$P{i + 1}B", 64, 64),
                _ => (int)text.Whole($"$P{i + 1}B", 1, 64),
            };
            masks[i] = Mask(text.Find($"$P{i + 1}R"));
        }
        return new FcsLayout(type[0], bits, masks, ByteOrder(text, type[0] == 'D' ? 8 : type[0] == 'F' ? 4 : 0, bits));
    }

    // Values above the range carry bits of other meaning: the standard has them masked by the next power of two.
    private static ulong Mask(string? range)
    {
        if (!decimal.TryParse(range, NumberStyles.Float, CultureInfo.InvariantCulture, out var most) || most < 2)
            return ulong.MaxValue;
        ulong mask = 1;
        while (mask < ulong.MaxValue && mask + 1 < most) mask = (mask << 1) | 1;
        return mask;
    }

    private static int[] ByteOrder(FcsText text, int size, int[] bits)
    {
        var order = text.Find("$BYTEORD") ?? "";
        var words = order.Split(',', StringSplitOptions.TrimEntries);
        var places = new int[words.Length];
        for (var i = 0; i < words.Length; i++)
            places[i] = int.TryParse(words[i], NumberStyles.None, CultureInfo.InvariantCulture, out var place)
                ? place - 1 : -1;
        var permutation = places.Length is >= 1 and <= 8
            && places.Order().SequenceEqual(Enumerable.Range(0, places.Length));
        var layout = new FcsLayout(' ', [], [], places);
        if (!permutation
            || (layout.IsMixed && (size > 0 ? places.Length != size : bits.Any(b => b != 8 * places.Length))))
        {
            throw text.Fault(null, "$BYTEORD", FcsText.Quoted(order),
                "1,2,3,4 or 4,3,2,1, or a permutation as long as every value has bytes");
        }
        if (layout.IsMixed) return places;
        // "1,2,3,4" is written for doubles and two-byte integers as well: only the direction counts.
        int[] full = [.. Enumerable.Range(0, 8)];
        return places.Length > 1 && !layout.IsLittleEndian ? [.. full.Reverse()] : full;
    }
}

/// <summary>Turns the bytes of whole events into numbers.</summary>
internal static class FcsValues
{
    /// <summary>Decodes events that start at the first bit of <paramref name="bytes"/>.</summary>
    public static void Decode(FcsLayout layout, ReadOnlySpan<byte> bytes, Span<float> values)
    {
        var channels = layout.Bits.Length;
        if (layout.IsMixed || layout.Bits.Any(bits => bits % 8 != 0))
        {
            Bits(layout, bytes, values);
            return;
        }
        var at = 0;
        for (var i = 0; i < values.Length; i++)
        {
            int channel = i % channels, size = layout.Bits[channel] / 8;
            var word = bytes.Slice(at, size);
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
        for (var i = 0; i < bytes.Length; i++)
            value = (value << 8) | bytes[littleEndian ? bytes.Length - 1 - i : i];
        return value;
    }

    // Values of any number of bits follow each other without a gap: from the highest bit of each byte on where the
    // highest byte comes first, else from the lowest. Whole bytes come out as they do above.
    private static void Bits(FcsLayout layout, ReadOnlySpan<byte> bytes, Span<float> values)
    {
        long bit = 0;
        for (var i = 0; i < values.Length; i++)
        {
            int channel = i % layout.Bits.Length, width = layout.Bits[channel];
            ulong value = 0;
            if (layout.IsMixed)
            {
                for (var k = 0; k < layout.Order.Length; k++)
                    value |= (ulong)bytes[(int)(bit / 8) + k] << (8 * layout.Order[k]);
            }
            else
            {
                for (var k = 0; k < width; k++)
                {
                    var place = bit + k;
                    var offset = (int)(place % 8);
                    var one = (ulong)(bytes[(int)(place / 8)] >> (layout.IsLittleEndian ? offset : 7 - offset)) & 1;
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
