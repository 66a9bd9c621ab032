using System.Formats.Tar;
using Gsr.SingleCell;
using Gsr.SingleCell.Reading;

namespace Gsr.Tests.SingleCell.Reading;

/// <summary>10x triples in folders and archives, and the name files that R writes.</summary>
public sealed class TenxFolderTests : IDisposable
{
    private const string Matrix =
        "%%MatrixMarket matrix coordinate integer general\n3 2 4\n3 1 5\n1 1 12\n2 2 7\n1 2 300\n";
    private static readonly float[] Values = [12, 0, 5, 300, 7, 0];
    private readonly string _folder = Directory.CreateTempSubdirectory("tenx").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_triple_below_the_folder_is_found()
    {
        Lay("a/b/GSM1_");
        Assert.Equal(Values, SingleCellFile.Read(_folder).Values.ToArray());
    }

    [Fact]
    public void Of_several_matrices_the_filtered_or_the_genome_s_is_read_with_a_remark()
    {
        Lay("outs/raw_feature_bc_matrix/");
        Lay("outs/filtered_feature_bc_matrix/");
        Assert.Contains(SingleCellFile.Read(_folder).Remarks,
            remark => remark.Contains("filtered_feature_bc_matrix/matrix.mtx' was read"));
        Lay("outs/other/");
        Lay("outs/other2/");
        File.Delete(Path.Combine(_folder, "outs/filtered_feature_bc_matrix/matrix.mtx"));
        var message = Assert.Throws<DataFormatException>(() => SingleCellFile.Read(_folder)).Message;
        Assert.Contains("outs/other/matrix.mtx, outs/other2/matrix.mtx", message, StringComparison.Ordinal);
        Assert.Equal(Values, SingleCellFile.Read(_folder, new() { Genome = "other" }).Values.ToArray());
    }

    [Fact]
    public void The_names_of_kallisto_and_bustools_are_known()
    {
        Lay("counts_unfiltered/");
        var folder = Path.Combine(_folder, "counts_unfiltered");
        File.Move(Path.Combine(folder, "matrix.mtx"), Path.Combine(folder, "cells_x_genes.mtx"));
        File.Move(Path.Combine(folder, "features.tsv"), Path.Combine(folder, "cells_x_genes.genes.txt"));
        File.Move(Path.Combine(folder, "barcodes.tsv"), Path.Combine(folder, "cells_x_genes.barcodes.txt"));
        Assert.Equal(Values, SingleCellFile.Read(_folder).Values.ToArray());
        Assert.Equal(Values, SingleCellFile.Read(Path.Combine(folder, "cells_x_genes.mtx")).Values.ToArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_archive_of_a_triple_is_read(bool gzip)
    {
        var archive = Archive("m_ok/");
        var cells = Read(gzip ? SmallFiles.Gzip(archive) : archive);
        Assert.Equal(Values, cells.Values.ToArray());
        Assert.Equal(["AAAC-1", "AAAG-1"], cells.CellTable.Names);
    }

    [Fact]
    public void An_archive_of_other_things_says_what_it_holds()
    {
        Assert.Contains("a/matrix.mtx, b/matrix.mtx", Refused(Archive("a/", "b/")), StringComparison.Ordinal);
        Assert.Contains("found readme", Refused(Tar(("readme", "x"))), StringComparison.Ordinal);
        Assert.Contains(
            "none of m/features.tsv", Refused(Tar(("m/matrix.mtx", Matrix), ("x", "y"))), StringComparison.Ordinal);
        Assert.Contains("tar archive", Refused(Archive("a/")[..900]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1\tAAAC-1\n2\tAAAG-1\n")]
    [InlineData("\"x\"\n\"1\" \"AAAC-1\"\n\"2\" \"AAAG-1\"\n")]
    [InlineData("\"\",\"x\"\n\"1\",\"AAAC-1\"\n\"2\",\"AAAG-1\"\n")]
    [InlineData("0,AAAC-1\n1,AAAG-1\n")]
    public void Numbers_before_barcodes_are_no_names(string barcodes)
    {
        var cells = TenxMatrixReader.Read((Stream(Matrix), "matrix.mtx"), (Stream("a\nb\nc\n"), "genes.tsv"),
            (Stream(barcodes), "barcodes.tsv"));
        Assert.Equal(["AAAC-1", "AAAG-1"], cells.CellTable.Names);
    }

    private static MemoryStream Stream(string text) => new(SmallFiles.Text(text));

    private void Lay(string prefix)
    {
        foreach ((var name, var text) in Triple(prefix))
        {
            var path = Path.Combine(_folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
    }

    internal static byte[] Archive(params string[] prefixes) => Tar([.. prefixes.SelectMany(Triple)]);

    private static (string Name, string Text)[] Triple(string prefix) =>
    [
        ($"{prefix}matrix.mtx", Matrix), ($"{prefix}features.tsv", "ENSG1\tACTB\nENSG2\tCD4\nENSG3\tFTL\n"),
        ($"{prefix}barcodes.tsv", "AAAC-1\nAAAG-1\n"),
    ];

    private static byte[] Tar(params (string Name, string Text)[] files)
    {
        using var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach ((var name, var text) in files)
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = Stream(text) });
        }
        return stream.ToArray();
    }

    private static AnnotatedMatrix Read(byte[] file) => SingleCellFile.Read(new MemoryStream(file), "m.tar");

    private static string Refused(byte[] file) => Assert.Throws<DataFormatException>(() => Read(file)).Message;
}
