using Gsr.SingleCell;
using Gsr.SingleCell.Reading;

namespace Gsr.Tests.SingleCell.Reading;

public sealed class GzipTests
{
    private static readonly byte[] Table = SmallFiles.Text("cell,ACTB,CD4\n"
        + string.Concat(Enumerable.Range(0, 3000).Select(i => $"c{i},{i * 7919 % 1000},{i * 104_729 % 977}\n")));

    [Theory]
    [InlineData(new[] { 0 })]
    [InlineData(new[] { 3000, 3001 })]
    [InlineData(new[] { 1, 10_000, 20_000 })]
    public void Members_are_read_as_one(int[] cuts)
    {
        int[] ends = [.. cuts, Table.Length];
        byte[] packed = [.. ends.SelectMany((end, i) => SmallFiles.Gzip(Table[(i == 0 ? 0 : ends[i - 1])..end]))];
        Assert.Equal(Read(Table).Values.ToArray(), Read(packed).Values.ToArray());
    }

    // Members end on either side of what the runtime reads at once.
    [Fact]
    public void Members_of_any_length_are_read()
    {
        for (var length = 8150; length < 8210; length++)
        {
            var random = new Random(length);
            var noise = new byte[length - 24];
            for (var i = 0; i < noise.Length; i++) noise[i] = (byte)random.Next(256);
            byte[] packed = [.. SmallFiles.Gzip(noise), .. SmallFiles.Gzip(noise)];
            using var content = new GzipContent(new MemoryStream(packed), "x.gz", "");
            using var all = new MemoryStream();
            content.CopyTo(all);
            Assert.Equal([.. noise, .. noise], all.ToArray());
        }
    }

    [Fact]
    public void A_file_that_is_cut_anywhere_is_said_to_be_cut_short()
    {
        var packed = SmallFiles.Gzip(Table);
        foreach (var left in (int[])[packed.Length - 1, packed.Length - 7, packed.Length - 8, packed.Length - 20, 5000])
            Assert.Contains("cut short", Refused(packed[..left]), StringComparison.Ordinal);
        byte[] two = [.. SmallFiles.Gzip(Table[..9000]), .. SmallFiles.Gzip(Table[9000..])];
        Assert.Contains("cut short", Refused(two[..^2000]), StringComparison.Ordinal);
    }

    [Fact]
    public void Changed_bytes_and_bytes_after_the_end_are_refused()
    {
        var packed = SmallFiles.Gzip(Table);
        for (var at = 12; at < packed.Length; at += 97)
        {
            var damaged = (byte[])packed.Clone();
            damaged[at] ^= 0x10;
            Refused(damaged);
        }
        Assert.Contains("other bytes after", Refused([.. packed, 1, 2, 3]), StringComparison.Ordinal);
    }

    private static AnnotatedMatrix Read(byte[] file) => SingleCellFile.Read(new MemoryStream(file), "x.csv.gz");

    private static string Refused(byte[] file) => Assert.Throws<DataFormatException>(() => Read(file)).Message;
}
