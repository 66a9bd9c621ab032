using System.IO.Compression;
using FsCheck;
using FsCheck.Fluent;
using Gsr.Experiments;
using Gsr.SingleCell.Reading;

namespace Gsr.Tests.Experiments;

public sealed class IdxTests
{
    private static readonly byte[] s_plain = [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6];

    public static TheoryData<string, byte[]> Hostile() => new()
    {
        { "empty", [] },
        { "cut in the magic number", [0, 0, 8] },
        { "cut in the lengths", s_plain[..10] },
        { "cut before the elements", s_plain[..12] },
        { "cut in the elements", s_plain[..17] },
        { "trailing byte", [.. s_plain, 0] },
        { "wrong magic number", [0, 1, .. s_plain[2..]] },
        { "unknown type", [0, 0, 0x0A, .. s_plain[3..]] },
        { "another type", [0, 0, 0x0C, .. s_plain[3..]] },
        { "no dimensions", [0, 0, 8, 0, 1] },
        { "255 dimensions", [0, 0, 8, 255, .. new byte[1020]] },
        { "length 0", [0, 0, 8, 1, 0, 0, 0, 0] },
        { "length 2^31", [0, 0, 8, 1, 0x80, 0, 0, 0, 1] },
        { "length 2^32 - 1", [0, 0, 8, 1, 255, 255, 255, 255, 1] },
        { "product 2^64", [0, 0, 8, 4, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0] },
        { "1 GiB of nothing", [0, 0, 8, 1, 0x40, 0, 0, 0] },
        { "gzip magic only", [0x1F, 0x8B] },
        { "gzip header cut", Gzip(s_plain)[..9] },
        { "gzip body cut", Gzip(s_plain)[..20] },
        { "gzip trailer cut", Gzip(s_plain)[..^3] },
        { "gzip with wrong CRC", Flipped(Gzip(s_plain), 8) },
        { "gzip with wrong length", Flipped(Gzip(s_plain), 1) },
        { "gzip and trailing bytes", [.. Gzip(s_plain), 1, 2, 3] },
        { "gzip twice", [.. Gzip(s_plain), .. Gzip(s_plain)] },
        { "gzip of too much", Gzip([.. s_plain, 0]) },
        { "gzip of too little", Gzip(s_plain[..^1]) },
        { "gzip of nothing", Gzip([]) },
        { "gzip of 1 GiB claimed", Gzip([0, 0, 8, 1, 0x40, 0, 0, 0, .. new byte[100]]) },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void HostileFilesAreRefusedWithoutAllocatingWhatTheyClaim(string what, byte[] file)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<DataFormatException>(() => Read(file));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 4_000_000, what);
        Assert.StartsWith("test.idx: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("expected", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MutatedFilesReadOrAreRefusedButNeverFailOtherwise()
    {
        byte[][] files = [s_plain, Gzip(s_plain), Gzip([0, 0, 8, 2, 0, 0, 0, 16, 0, 0, 0, 64, .. new byte[1024]])];
        var mutants =
            from file in Gen.Elements(files)
            from length in Gen.Choose(0, file.Length)
            from cut in Gen.Elements(false, false, true)
            from changes in Gen.Choose(0, 1_000_000).ListOf(4)
            select Mutant(cut ? file[..length] : file, changes);
        Prop.ForAll(mutants.ToArbitrary(), mutant =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                IdxArray read = Read(mutant);
                Assert.Equal(read.Shape.Aggregate(1, (product, length) => product * length), read.Values.Length);
            }
            catch (DataFormatException)
            {
            }
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 20_000_000);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithQuietOnSuccess(true));
    }

    [Fact]
    public void ContentLargerThanTheFirstBufferIsReadWhole()
    {
        var values = new byte[3_000_003];
        new Random(1).NextBytes(values);
        IdxArray read = Read(Gzip(IdxFile.Of(values, 3, 1_000_001)));
        Assert.Equal([3, 1_000_001], read.Shape);
        Assert.Equal(values, read.Values);
        Assert.Equal("idx UInt8 3x1000001", read.ToString());
    }

    private static IdxArray Read(byte[] file) => IdxReader.Read(new MemoryStream(file), "test.idx");

    private static byte[] Gzip(byte[] content)
    {
        using var file = new MemoryStream();
        using (var gzip = new GZipStream(file, CompressionLevel.Optimal)) gzip.Write(content);
        byte[] bytes = file.ToArray();
        return bytes.Length > 0 ? bytes : [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    }

    private static byte[] Flipped(byte[] file, int fromEnd)
    {
        file[^fromEnd] ^= 1;
        return file;
    }

    private static byte[] Mutant(byte[] file, IEnumerable<int> changes)
    {
        byte[] mutant = [.. file];
        foreach (int change in changes)
            if (mutant.Length > 0) mutant[change % mutant.Length] ^= (byte)(change >> 8);
        return mutant;
    }
}
