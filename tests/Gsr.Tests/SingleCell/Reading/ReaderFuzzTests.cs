using System.Diagnostics;
using Gsr.SingleCell;
using Gsr.SingleCell.Reading;

namespace Gsr.Tests.SingleCell.Reading;

/// <summary>
/// 10,000 damaged files of each format: bytes changed, cut, repeated, exchanged. Each is read or refused by a
/// <see cref="DataFormatException"/>, in under two seconds, within four times its size and 64 MB.
/// </summary>
public sealed class ReaderFuzzTests
{
    private const int Files = 10_000;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);
    private const string Genes =
        "ENSG1\tACTB\tGene Expression\nENSG2\tCD4\tGene Expression\nENSG3\tCD4\tGene Expression\n";
    private const string Barcodes = "AAAC-1\nAAAG-1\n";
    private const string Matrix =
        "%%MatrixMarket matrix coordinate integer general\n%\n3 2 4\n3 1 5\n1 1 12\n2 2 7\n1 2 300\n";

    [Fact]
    public void Matrix_market_triples()
    {
        byte[][] triple = [SmallFiles.Text(Matrix), SmallFiles.Text(Genes), SmallFiles.Text(Barcodes)];
        byte[][] packed = [.. triple.Select(SmallFiles.Gzip)];
        var symmetric = SmallFiles.Text("%%MatrixMarket matrix coordinate pattern symmetric\n3 3 2\n2 1\n3 3\n");
        byte[][] square = [symmetric, triple[1], SmallFiles.Text("a\nb\nc\n")];
        byte[][][] sets = [triple, triple, packed, square];
        var file = 0;
        Fuzz(1, random =>
        {
            byte[][] set = [.. sets[random.Next(sets.Length)]];
            file = random.Next(5) switch { 0 => 1, 1 => 2, _ => 0 };
            set[file] = Mutation.Of(set[file], random);
            return set;
        }, set =>
            TenxMatrixReader.Read((new MemoryStream(set[0]), "matrix.mtx"), (new MemoryStream(set[1]), "genes.tsv"),
            (new MemoryStream(set[2]), "barcodes.tsv")));
    }

    [Fact]
    public void Delimited_tables() => Fuzz(2,
    [
        SmallFiles.Text(",ACTB,CD4,SOX2\nc1,0,1.5,2\nc2,3,0,0\n"),
        SmallFiles.Text("gene\tAAACCCAA\tAAACCCAC\n\"AC,T\"\"B\"\t0\t1\nno_feature\t7\t8\nCD4\t0\t1e3\n"),
        SmallFiles.Text("cell;type;a;b\nc1;B;1,5;2\nc2;T;0;0\n"),
        SmallFiles.Gzip("\tg1\tg2\nc1\t1\t0\nc2\t0\t2\n"),
    ], DelimitedRead);

    [Fact]
    public void Tables_of_other_programs() => Fuzz(7,
    [
        SmallFiles.Text("\"c1\" \"c2\"\n\"ACTB\" 1 0\n\"CD4\" 0 2.5\n"),
        SmallFiles.Text("gene\tcell\tcount\ng1\tAAA\t1\ng2\tAAA\t4\ng2\tCCC\t2\n"),
        SmallFiles.Text("#x\nGeneid\tChr\tStart\tEnd\tStrand\tLength\tc1\n"
            + "E1\tchr1\t1;5\t100\t+\t90\t5\nE2\t2\t1\t9\t-\t8\t7\n"),
        SmallFiles.Text("ACTB\tCD4\n1,5\t0\n1,5\t2\nNA\t-inf\n"),
        [.. SmallFiles.Gzip("cell,g1,g2\nc1,1,"), .. SmallFiles.Gzip("0\nc2,0,2\n")],
    ], Any);

    [Fact]
    public void Archives_of_a_triple() => Fuzz(8,
        [TenxFolderTests.Archive("m/"), SmallFiles.Gzip(TenxFolderTests.Archive("m/"))], Any);

    [Fact]
    public void Hdf5_of_other_writers() => Fuzz(9,
    [
        GoldenHdf5.Lzf, GoldenHdf5.BigEndian,
        Hdf5Files.Bytes(new() { ["X"] = Hdf5Files.Packed(Hdf5Files.Dense, 2, 3), ["Y"] = new long[] { 2, 0, 2 } }),
        Hdf5Files.Bytes(Hdf5Files.Mudata()), Hdf5Files.Bytes(Hdf5Files.NullableTexts()),
    ], Any);

    [Fact]
    public void Cytometry_with_contradictions() => Fuzz(10,
    [
        new FcsFile { Keywords = new() { ["$BEGINSTEXT"] = "70", ["$ENDSTEXT"] = "150" } }.ToBytes(),
        new FcsFile { Keywords = new() { ["$SPILLOVER"] = "2,Ch1,Ch2,1,0.2,0.1,1" } }.ToBytes(),
    ], stream => FcsReader.Read(stream, "test.fcs", compensate: new Random((int)stream.Length).Next(2) == 0));

    [Fact]
    public void Flow_cytometry() => Fuzz(3,
    [
        new FcsFile().ToBytes(),
        new FcsFile { Type = 'D', Bits = [64, 64], ByteOrder = "4,3,2,1", FarOffsets = true }.ToBytes(),
        new FcsFile {
            Version = "FCS2.0", Type = 'I', Bits = [16, 10, 24], ByteOrder = "4,3,2,1",
            Events = [[1, 2, 3], [4, 5, 6]] }.ToBytes(),
        new FcsFile { Type = 'I', Bits = [32, 32], ByteOrder = "3,4,1,2", Delimiter = '|' }.ToBytes(),
    ], stream => FcsReader.Read(stream, "test.fcs"));

    [Fact]
    public void Anndata_files() => Fuzz(4,
        [Hdf5Files.Bytes(Hdf5Files.H5ad(Hdf5Files.Csr(packed: true))),
            Hdf5Files.Bytes(Hdf5Files.H5ad(Hdf5Files.Packed(Hdf5Files.Dense, 2, 2)))], Any);

    [Fact]
    public void Loom_files() => Fuzz(5, [Hdf5Files.Bytes(Hdf5Files.Loom())], Any);

    [Fact]
    public void Tenx_hdf5() => Fuzz(6, [Hdf5Files.Bytes(Hdf5Files.Tenx(2)), Hdf5Files.Bytes(Hdf5Files.Tenx(3))], Any);

    [Fact]
    public void Opened_anndata_files() => Fuzz(14,
        [Hdf5Files.Bytes(Hdf5Files.H5ad(Hdf5Files.Csr(packed: true))), Hdf5Files.Bytes(Hdf5Files.H5ad(Hdf5Files.Csc())),
            Hdf5Files.Bytes(Hdf5Files.H5ad(Hdf5Files.Packed(Hdf5Files.Dense, 2, 2))), GoldenHdf5.Lzf,
            GoldenHdf5.BigEndian], Opened);

    [Fact]
    public void Opened_loom_files() => Fuzz(15, [Hdf5Files.Bytes(Hdf5Files.Loom())], Opened);

    [Fact]
    public void Opened_tenx_hdf5() =>
        Fuzz(16, [Hdf5Files.Bytes(Hdf5Files.Tenx(2)), Hdf5Files.Bytes(Hdf5Files.Tenx(3))], Opened);

    // Values are read when they are passed over, twice, as by a preparation.
    private static AnnotatedMatrix Opened(Stream stream)
    {
        var bytes = ((MemoryStream)stream).ToArray();
        var matrix = SingleCellFile.Open(() => new MemoryStream(bytes, writable: false), "test");
        foreach (var values in (ExpressionMatrix?[])[matrix.Values, .. matrix.Layers.Values, matrix.Raw?.Values])
        {
            if (values is null) continue;
            Assert.Equal(values.Rows, values.RowSums().Length);
            BlockPass.Run(values, block => block.Count, (_, _) => { });
        }
        return matrix;
    }

    private static AnnotatedMatrix Any(Stream stream) => SingleCellFile.Read(stream, "test");

    private static AnnotatedMatrix DelimitedRead(Stream stream) => DelimitedReader.Read(stream, "test.csv");

    private static void Fuzz(int seed, byte[][] sound, Func<Stream, AnnotatedMatrix> read) => Fuzz(
        seed, random => [Mutation.Of(sound[random.Next(sound.Length)], random)], set => read(new MemoryStream(set[0])));

    private static void Fuzz(int seed, Func<Random, byte[][]> mutant, Func<byte[][], AnnotatedMatrix> read)
    {
        var refused = 0;
        List<string> faults = [];
        for (var i = 0; i < Files; i++)
        {
            var set = mutant(new Random((seed * 1_000_003) + i));
            var before = GC.GetAllocatedBytesForCurrentThread();
            var watch = Stopwatch.StartNew();
            try
            {
                var matrix = read(set);
                Assert.Equal(matrix.CellTable.Count, matrix.Values.Rows);
            }
            catch (DataFormatException)
            {
                refused++;
            }
            catch (Exception error)
            {
                faults.Add($"file {i} of seed {seed}: {error}");
            }
            if (watch.Elapsed > Longest) faults.Add($"file {i} of seed {seed} took {watch.Elapsed}");
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (allocated > (4L * set.Sum(file => file.Length)) + (64L << 20))
                faults.Add($"file {i} of seed {seed} took {allocated} bytes");
        }
        Assert.True(faults.Count == 0, $"{faults.Count} faults, among them:\n{string.Join("\n", faults.Take(10))}");
        // Most damage shows, and some does not: else the fuzz would not reach beyond the first check.
        Assert.InRange(refused, Files / 20, Files - (Files / 100));
    }
}
