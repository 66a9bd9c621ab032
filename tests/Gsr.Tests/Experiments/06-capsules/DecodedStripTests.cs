using System.Buffers.Binary;
using Gsr.Experiments.Capsules;
using Gsr.Tests.Analysis.Pictures;

namespace Gsr.Tests.Experiments.Capsules;

public sealed class DecodedStripTests
{
    [Fact]
    public void A_bitmap_holds_the_greys_that_it_was_given_from_the_lowest_row_up()
    {
        // Rows are filled up to four bytes. Beyond 0 and 1 is clipped.
        var file = GreyBitmap.Encode(new[,] { { 0, 1 / 15f, 1 }, { -3, 0.5f, 9 } });

        int Number(int at) => BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at));
        Assert.Equal("BM", System.Text.Encoding.ASCII.GetString(file, 0, 2));
        Assert.Equal((file.Length, 1078, 40, 3, 2), (Number(2), Number(10), Number(14), Number(18), Number(22)));
        // One plane, 8 bits a pixel, nothing compressed.
        Assert.Equal((1 + (8 << 16), 0), (Number(26), Number(30)));
        Assert.Equal([128, 128, 128, 0], file[(54 + (4 * 128))..(58 + (4 * 128))]);
        Assert.Equal([0, 128, 255, 0, 0, 17, 255, 0], file[1078..]);
    }

    [Fact]
    public void Every_panel_is_one_image_of_its_strips()
    {
        var figure = new Figure(DecodedStrips.Compare(
            [new("a", Images(0)), new("b", Images(0.5f))], 2, ["0", "1", "2"], ["-", "+"], "strips"));

        Assert.Equal(2, figure.Panels);
        Assert.Equal(["a", "b"], figure.Lettering);
        var images = figure.Layout["images"]!.AsArray();
        string[] sources = [.. images.Select(i => (string)i!["source"]!)];
        Assert.NotEqual(sources[0], sources[1]);
        // Two steps of 2 pixels wide, three rows of 3 pixels high.
        var bitmap = Convert.FromBase64String(sources[1]["data:image/bmp;base64,".Length..]);
        Assert.Equal((4, 9), (bitmap[18], bitmap[22]));
        Assert.Equal((2, 3), ((int)images[0]!["sizex"]!, (int)images[0]!["sizey"]!));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        void Refused(int rows, int steps) => Assert.Throws<ArgumentException>(() =>
            DecodedStrips.Compare([new("a", Images(0))], 2, new string[rows], new string[steps]));
        Refused(1, 2);
        Refused(3, 1);
    }

    [Fact]
    public void Ten_digits_by_eleven_steps_of_noise_stay_below_a_fifth_of_their_numbers()
    {
        var random = new Random(1);
        float[] Image() => [.. Enumerable.Range(0, 784).Select(_ => random.NextSingle())];
        float[][][] images = [.. Enumerable.Range(0, 10).Select(_ => Enumerable.Range(0, 11).Select(_ => Image())
            .ToArray())];
        var figure = new Figure(DecodedStrips.Compare(
            [new("a", images)], 28, [.. Enumerable.Range(0, 10).Select(i => $"{i}")],
            [.. Enumerable.Range(0, 11).Select(i => $"{i}")]));
        Assert.InRange(figure.Text.Length, 1000, 10 * 11 * 784 * 1.5);
    }

    private static float[][][] Images(float base0) =>
    [
        .. Enumerable.Range(0, 3).Select(row => Enumerable.Range(0, 2)
            .Select(step => Enumerable.Repeat(base0 + (0.02f * row) + (0.2f * step), 6).ToArray()).ToArray()),
    ];
}
