using System.Text;
using Gsr.SingleCell;
using Gsr.SingleCell.Reading;

namespace Gsr.Tests.SingleCell.Reading;

/// <summary>FCS files whose header, keywords or supplement contradict each other, and what channels are.</summary>
public sealed class FcsVariantTests
{
    private static readonly float[] Values = [1, 2, 3, 4];

    [Theory]
    [InlineData(1, 0)]
    [InlineData(99_999_999, 99_999_999)]
    [InlineData(0, 0)]
    public void Keywords_tell_the_place_where_the_header_does_not(int begin, int end)
    {
        var file = new FcsFile { FarOffsets = true }.ToBytes();
        Assert.Equal(Values, Read(file).Values.ToArray());
        // Begin 1: a place one byte behind the true one, so that one byte lacks.
        var data = file.Length - 16;
        var shown = begin == 1 ? $"{data + 1,8}{file.Length - 1,8}" : $"{begin,8}{end,8}";
        Encoding.ASCII.GetBytes(shown).CopyTo(file, 26);
        var cells = Read(file);
        Assert.Equal(Values, cells.Values.ToArray());
        Assert.Equal(begin > 0, cells.Remarks.Any(remark => remark.Contains("as the keywords say")));
    }

    [Fact]
    public void An_end_at_the_begin_is_read_to_the_end_of_the_file_with_a_remark()
    {
        var sound = new FcsFile { FarOffsets = true }.ToBytes();
        var data = sound.Length - 16;
        var text = Encoding.Latin1.GetString(sound);
        var file = Encoding.Latin1.GetBytes(text.Replace($"$ENDDATA/{sound.Length - 1}/", $"$ENDDATA/{data}/"));
        Assert.Equal(sound.Length, file.Length);
        var cells = Read(file);
        Assert.Equal(Values, cells.Values.ToArray());
        Assert.Contains(cells.Remarks, remark => remark.Contains($"said to end at byte {data}"));
    }

    [Fact]
    public void Events_that_are_not_there_are_refused()
    {
        var file = new FcsFile().ToBytes();
        Assert.Contains("DATA segment", Assert.Throws<DataFormatException>(() => Read(file[..^3])).Message);
    }

    [Fact]
    public void A_supplement_that_is_no_text_is_left_with_a_remark()
    {
        var data = With(0, 0).Length - 16;
        foreach (var end in (int[])[data + 15, 9_999_999])
        {
            var cells = Read(With(data, end));
            Assert.Equal(Values, cells.Values.ToArray());
            Assert.Contains(cells.Remarks, remark => remark.Contains($"supplemental TEXT at byte {data} was left"));
        }

        static byte[] With(int begin, int end) => new FcsFile
        {
            Keywords = new() { ["$BEGINSTEXT"] = $"{begin:00000000}", ["$ENDSTEXT"] = $"{end:00000000}" },
        }.ToBytes();
    }

    [Fact]
    public void Spillover_is_remarked_and_applied_where_asked_for()
    {
        // 100 and 50 of two dyes, seen with a spillover of a fifth and a tenth.
        var file = new FcsFile
        {
            Bits = [32, 32, 32],
            Events = [[9, 105, 70], [8, 10, 2]],
            Keywords = new()
            {
                ["$P1N"] = "FSC-A",
                ["$P2N"] = "FL1-A",
                ["$P3N"] = "FL2-A",
                ["$SPILLOVER"] = "2,FL1-A,FL2-A,1,0.2,0.1,1",
            },
        };
        var cells = Read(file.ToBytes());
        Assert.Equal([9, 105, 70, 8, 10, 2], cells.Values.ToArray());
        Assert.Contains("The spillover of 2 channels was not applied; Compensate does.", cells.Remarks);
        var compensated = Read(file.ToBytes(), compensate: true);
        float[] expected = [9, 100, 50, 8, 10, 0];
        foreach (var (value, right) in compensated.Values.ToArray().Zip(expected)) Assert.Equal(right, value, 1e-4f);
        Assert.Contains("$SPILLOVER", Assert.Throws<DataFormatException>(
            () => Read(new FcsFile().ToBytes(), compensate: true)).Message);
    }

    [Fact]
    public void Channels_that_are_no_markers_are_told()
    {
        string[] names = [
            "Time", "FSC-A", "SSC-H", "CD4", "FITC-A", "Ir191Di", "Event_length", "Er168Di", "Y89Di", "Pd102Di"];
        string?[] stains = [null, null, null, null, "CD8", "DNA1", null, "168Er_CD3", "Viability", "BC102"];
        var keywords = new Dictionary<string, string?>();
        for (var i = 0; i < names.Length; i++)
        {
            keywords[$"$P{i + 1}N"] = names[i];
            if (stains[i] is { } stain) keywords[$"$P{i + 1}S"] = stain;
        }
        var cells = Read(new FcsFile
        {
            Bits = [.. names.Select(_ => 32)],
            Events = [[.. names.Select((_, i) => (double)i)]],
            Keywords = keywords,
        }.ToBytes());
        var marker = (bool[])cells.GeneTable.Column("marker");
        Assert.Equal(["CD4", "FITC-A", "Er168Di"], names.Where((_, i) => marker[i]));
        Assert.Contains(cells.Remarks, remark => remark.StartsWith(
            "Channels that are no markers, by their names: Time, FSC-A, SSC-H, DNA1", StringComparison.Ordinal));
    }

    private static AnnotatedMatrix Read(byte[] file, bool compensate = false) =>
        SingleCellFile.Read(new MemoryStream(file), "test.fcs", new() { Compensate = compensate });
}
