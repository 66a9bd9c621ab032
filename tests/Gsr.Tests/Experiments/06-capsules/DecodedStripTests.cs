using System.Buffers.Binary;
using System.IO.Compression;
using Gsr.Experiments.Capsules;
using Gsr.Tests.Analysis.Pictures;

namespace Gsr.Tests.Experiments.Capsules;

public sealed class DecodedStripTests
{
    [Fact]
    public void A_png_holds_the_sixteen_levels_that_it_was_given()
    {
        // Odd width: the last byte of a row is half used. Beyond 0 and 1 is clipped.
        float[,] pixels = { { 0, 1 / 15f, 1 }, { -3, 0.5f, 9 } };
        byte[] png = GreyPng.Encode(pixels);

        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], png[..8]);
        var chunks = Chunks(png);
        Assert.Equal(["IHDR", "IDAT", "IEND"], chunks.Select(c => c.Type));
        Assert.Equal([0, 0, 0, 3, 0, 0, 0, 2, 4, 0, 0, 0, 0], chunks[0].Content);
        using var zip = new ZLibStream(new MemoryStream(chunks[1].Content), CompressionMode.Decompress);
        using var content = new MemoryStream();
        zip.CopyTo(content);
        Assert.Equal([0, 0x01, 0xF0, 0, 0x08, 0xF0], content.ToArray());
    }

    [Fact]
    public void The_slider_replaces_the_image_of_every_panel()
    {
        var figure = new Figure(DecodedStrips.Compare(
            [new("a", Images(0)), new("b", Images(0.5f))], 2, ["0", "1", "2"], ["-", "+"], ["first", "second"], "strips"));

        Assert.Equal(2, figure.Panels);
        Assert.Equal(["a", "b"], figure.Lettering);
        var images = figure.Layout["images"]!.AsArray();
        var steps = figure.Layout["sliders"]![0]!["steps"]!.AsArray();
        Assert.Equal(["first", "second"], steps.Select(s => (string)s!["label"]!));
        Assert.All(steps, s => Assert.Equal("relayout", (string)s!["method"]!));
        string Source(int position, int panel) => (string)steps[position]!["args"]![0]![$"images[{panel}].source"]!;
        Assert.Equal([Source(0, 0), Source(0, 1)], images.Select(i => (string)i!["source"]!));
        Assert.Equal(4, new[] { Source(0, 0), Source(0, 1), Source(1, 0), Source(1, 1) }.Distinct().Count());
        // Two steps of 2 pixels wide, three rows of 3 pixels high.
        byte[] png = Convert.FromBase64String(Source(1, 1)["data:image/png;base64,".Length..]);
        Assert.Equal((4, 9), (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))));
        Assert.Equal((2, 3), ((int)images[0]!["sizex"]!, (int)images[0]!["sizey"]!));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        void Refused(int rows, int steps, int positions) =>
            Assert.Throws<ArgumentException>(() => DecodedStrips.Compare([new("a", Images(0))], 2, new string[rows],
                new string[steps], new string[positions]));
        Refused(3, 2, 1);
        Refused(1, 2, 2);
        Refused(3, 1, 2);
    }

    [Fact]
    public void Ten_digits_by_eleven_steps_of_noise_stay_below_a_tenth_of_their_numbers()
    {
        var random = new Random(1);
        float[] Image() => [.. Enumerable.Range(0, 784).Select(_ => random.NextSingle())];
        float[][][][] images = [[.. Enumerable.Range(0, 10).Select(_ => Enumerable.Range(0, 11).Select(_ => Image()).ToArray())]];
        var figure = new Figure(DecodedStrips.Compare(
            [new("a", images)], 28, [.. Enumerable.Range(0, 10).Select(i => $"{i}")], [.. Enumerable.Range(0, 11).Select(i => $"{i}")], ["x"]));
        // The image is there twice: in the figure and in the step of the slider.
        Assert.InRange(figure.Text.Length, 1000, 2 * 10 * 11 * 784 * 0.75);
    }

    private static float[][][][] Images(float base0) =>
    [
        .. Enumerable.Range(0, 2).Select(position => Enumerable.Range(0, 3).Select(row => Enumerable.Range(0, 2)
            .Select(step => Enumerable.Repeat(base0 + (0.1f * position) + (0.02f * row) + (0.2f * step), 6).ToArray()).ToArray()).ToArray()),
    ];

    /// <summary>Type and content of each chunk, whose checksum is computed here bit by bit.</summary>
    private static List<(string Type, byte[] Content)> Chunks(byte[] png)
    {
        var chunks = new List<(string, byte[])>();
        for (int at = 8; at < png.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            uint crc = 0xFFFFFFFF;
            foreach (byte value in png.AsSpan(at + 4, length + 4))
            {
                crc ^= value;
                for (int bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }
            Assert.Equal(~crc, BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at + 8 + length)));
            chunks.Add((System.Text.Encoding.ASCII.GetString(png, at + 4, 4), png[(at + 8)..(at + 8 + length)]));
            at += 12 + length;
        }
        return chunks;
    }
}
