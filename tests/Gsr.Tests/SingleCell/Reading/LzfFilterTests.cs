using Gsr.SingleCell.Reading;

namespace Gsr.Tests.SingleCell.Reading;

public sealed class LzfFilterTests
{
    [Fact]
    public void What_a_slow_encoder_packed_comes_out_again()
    {
        var random = new Random(1);
        for (var trial = 0; trial < 300; trial++)
        {
            // Few letters repeat near, a copy of the start repeats far.
            var content = new byte[random.Next(1, 12_000)];
            for (var i = 0; i < content.Length; i++) content[i] = (byte)random.Next(1 + random.Next(4));
            content[..(content.Length / 3)].CopyTo(content, content.Length - (content.Length / 3));
            Assert.Equal(content, LzfFilter.Decoded(Packed(content, random), content.Length));
        }
    }

    [Theory]
    [InlineData(new byte[] { 0 }, 1)]
    [InlineData(new byte[] { 2, 1, 2 }, 3)]
    [InlineData(new byte[] { 0, 7, 0x20, 1 }, 4)]
    [InlineData(new byte[] { 0, 7, 0x20 }, 4)]
    [InlineData(new byte[] { 0, 7, 0xE0, 1 }, 12)]
    [InlineData(new byte[] { 0, 7, 0x20, 0 }, 3)]
    [InlineData(new byte[] { 0, 7, 0x20, 0 }, 5)]
    [InlineData(new byte[] { }, 1)]
    public void Bytes_that_point_outside_are_refused(byte[] packed, int length) =>
        Assert.Throws<InvalidDataException>(() => LzfFilter.Decoded(packed, length));

    // Takes the longest of a few earlier places, else a literal; runs of literals end at random.
    private static byte[] Packed(byte[] content, Random random)
    {
        List<byte> packed = [], literals = [];
        for (var at = 0; at < content.Length;)
        {
            (var length, var back) = (0, 0);
            for (var attempt = 0; attempt < 8 && at > 0; attempt++)
            {
                var distance = random.Next(1, Math.Min(at, 8192) + 1);
                var same = 0;
                while (same < 264 && at + same < content.Length
                    && content[at + same] == content[at + same - distance]) same++;
                if (same > length) (length, back) = (same, distance - 1);
            }
            if (length < 3)
            {
                literals.Add(content[at++]);
                if (literals.Count == random.Next(1, 33) || literals.Count == 32) Flush();
                continue;
            }
            Flush();
            var code = length - 2;
            if (code < 7) packed.Add((byte)((code << 5) | (back >> 8)));
            else packed.AddRange([(byte)(0xE0 | (back >> 8)), (byte)(code - 7)]);
            packed.Add((byte)back);
            at += length;
        }
        Flush();
        return [.. packed];

        void Flush()
        {
            if (literals.Count == 0) return;
            packed.Add((byte)(literals.Count - 1));
            packed.AddRange(literals);
            literals.Clear();
        }
    }
}
