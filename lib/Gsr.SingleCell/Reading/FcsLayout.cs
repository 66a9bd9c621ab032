using System.Globalization;

namespace Gsr.SingleCell.Reading;

/// <summary>How an FCS file's events lie: the type of their values, the bits of each, the order of the bytes.</summary>
/// <param name="Type">I, F or D.</param>
/// <param name="Bits">Bits of each channel.</param>
/// <param name="Masks">For integers: the bits of each that count, by $PnR.</param>
/// <param name="Order">Of each byte of a word, as it lies in the file, the power of 256 that it counts.</param>
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
        string mode = text.Find("$MODE") ?? "L";
        if (mode is not ("L" or "l"))
            throw text.Fault(null, "$MODE", FcsText.Quoted(mode), "L, a list of events", "Export the events, not histograms.");
        string type = text.Find("$DATATYPE")?.ToUpperInvariant() ?? "";
        if (type is not ("I" or "F" or "D"))
        {
            throw text.Fault(null, "$DATATYPE", FcsText.Quoted(type), "I, F or D (integers, floats, doubles)",
                "Export the file anew with binary numbers.");
        }
        var bits = new int[channels];
        var masks = new ulong[channels];
        for (int i = 0; i < channels; i++)
        {
            string own = text.Find($"$P{i + 1}DATATYPE") ?? type;
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
        if (!decimal.TryParse(range, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal most) || most < 2)
            return ulong.MaxValue;
        ulong mask = 1;
        while (mask < ulong.MaxValue && mask + 1 < most) mask = (mask << 1) | 1;
        return mask;
    }

    private static int[] ByteOrder(FcsText text, int size, int[] bits)
    {
        string order = text.Find("$BYTEORD") ?? "";
        string[] words = order.Split(',', StringSplitOptions.TrimEntries);
        var places = new int[words.Length];
        for (int i = 0; i < words.Length; i++)
            places[i] = int.TryParse(words[i], NumberStyles.None, CultureInfo.InvariantCulture, out int place) ? place - 1 : -1;
        bool permutation = places.Length is >= 1 and <= 8 && places.Order().SequenceEqual(Enumerable.Range(0, places.Length));
        var layout = new FcsLayout(' ', [], [], places);
        if (!permutation || (layout.IsMixed && (size > 0 ? places.Length != size : bits.Any(b => b != 8 * places.Length))))
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
