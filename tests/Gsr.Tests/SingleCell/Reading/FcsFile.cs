using System.Buffers.Binary;
using System.Text;

namespace Gsr.Tests.SingleCell.Reading;

/// <summary>Writes small FCS files of any layout, straight from the standard and without the reader's code.</summary>
internal sealed class FcsFile
{
    public string Version { get; init; } = "FCS3.1";

    public char Type { get; init; } = 'F';

    public string ByteOrder { get; init; } = "1,2,3,4";

    public char Delimiter { get; init; } = '/';

    /// <summary>Bits of each channel.</summary>
    public int[] Bits { get; init; } = [32, 32];

    /// <summary>Events x channels.</summary>
    public double[][] Events { get; init; } = [[1, 2], [3, 4]];

    /// <summary>Keywords after the obligatory ones; a value of null takes one out.</summary>
    public Dictionary<string, string?> Keywords { get; init; } = [];

    /// <summary>Whether the place of the data stands in keywords only, as above 99,999,999.</summary>
    public bool FarOffsets { get; init; }

    public byte[] ToBytes()
    {
        var data = Data();
        Dictionary<string, string> keywords = new()
        {
            ["$BYTEORD"] = ByteOrder,
            ["$DATATYPE"] = $"{Type}",
            ["$MODE"] = "L",
            ["$NEXTDATA"] = "0",
            ["$PAR"] = $"{Bits.Length}",
            ["$TOT"] = $"{Events.Length}",
        };
        for (var i = 0; i < Bits.Length; i++)
        {
            keywords[$"$P{i + 1}B"] = $"{Bits[i]}";
            keywords[$"$P{i + 1}E"] = "0,0";
            keywords[$"$P{i + 1}N"] = $"Ch{i + 1}";
            keywords[$"$P{i + 1}R"] = $"{(decimal)Math.Pow(2, Math.Min(Bits[i], 60))}";
        }
        foreach ((var key, var value) in Keywords)
        {
            if (value is null) keywords.Remove(key);
            else keywords[key] = value;
        }
        const int Text = 64;
        var text = Pairs(keywords);
        // Room for the longest numbers, so that the text's length does not depend on them.
        var begin = Text + Encoding.UTF8.GetByteCount(text) + 80;
        if (FarOffsets) text += Pairs(
            new() { ["$BEGINDATA"] = $"{begin}", ["$ENDDATA"] = $"{begin + data.Length - 1}" })[1..];
        var bytes = new byte[begin + data.Length];
        bytes.AsSpan().Fill((byte)' ');
        var textBytes = Encoding.UTF8.GetBytes(text);
        (var dataBegin, var dataEnd) = FarOffsets ? (0, 0) : (begin, begin + data.Length - 1);
        Encoding.ASCII.GetBytes(
            $"{Version}    {Text,8}{Text + textBytes.Length - 1,8}{dataBegin,8}{dataEnd,8}{0,8}{0,8}").CopyTo(bytes, 0);
        textBytes.CopyTo(bytes, Text);
        data.CopyTo(bytes, begin);
        return bytes;
    }

    private string Pairs(Dictionary<string, string> keywords) => Delimiter + string.Concat(keywords.Select(pair =>
        $"{Doubled(pair.Key)}{Delimiter}{Doubled(pair.Value)}{Delimiter}"));

    private string Doubled(string text) => text.Replace($"{Delimiter}", $"{Delimiter}{Delimiter}");

    private byte[] Data()
    {
        // One bit after the other, so that widths that are no whole bytes need no case of their own.
        List<bool> bits = [];
        foreach (var row in Events)
        {
            for (var i = 0; i < row.Length; i++)
                bits.AddRange(Word(row[i], Bits[i]));
        }
        var low = ByteOrder.StartsWith("1", StringComparison.Ordinal);
        var bytes = new byte[(bits.Count + 7) / 8];
        for (var i = 0; i < bits.Count; i++)
        {
            if (bits[i]) bytes[i / 8] |= (byte)(1 << (low || IsMixed ? i % 8 : 7 - (i % 8)));
        }
        return bytes;
    }

    private bool IsMixed =>
        ByteOrder is not ("1,2,3,4" or "4,3,2,1" or "1,2" or "2,1" or "1,2,3,4,5,6,7,8" or "8,7,6,5,4,3,2,1");

    private IEnumerable<bool> Word(double value, int width)
    {
        var word = Type switch
        {
            'F' => BitConverter.SingleToUInt32Bits((float)value),
            'D' => BitConverter.DoubleToUInt64Bits(value),
            _ => (ulong)value,
        };
        if (IsMixed)
        {
            var bytes = new byte[8];
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, word);
            foreach (var place in ByteOrder.Split(','))
            {
                var one = bytes[int.Parse(place) - 1];
                for (var bit = 0; bit < 8; bit++) yield return ((one >> bit) & 1) == 1;
            }
            yield break;
        }
        var low = ByteOrder.StartsWith("1", StringComparison.Ordinal);
        for (var bit = 0; bit < width; bit++)
            yield return ((word >> (low ? bit : width - 1 - bit)) & 1) == 1;
    }
}
