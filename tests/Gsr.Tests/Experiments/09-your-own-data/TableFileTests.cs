using Gsr.Experiments.OwnData;

namespace Gsr.Tests.Experiments.OwnData;

public sealed class TableFileTests
{
    [Fact]
    public void A_table_is_quoted_where_it_has_to_be_and_missing_values_are_empty()
    {
        var folder = Directory.CreateTempSubdirectory("gsr-table-").FullName;
        try
        {
            var path = TableFile.Write(
                "t", ["a", "b,c"], [[1.5, "x \"y\""], [null, double.NaN], ["line\nbreak", -2]], folder);
            Assert.Equal("a,\"b,c\"\r\n1.5,\"x \"\"y\"\"\"\r\n,\r\n\"line\nbreak\",-2\r\n", File.ReadAllText(path));
            Assert.Equal([path], Directory.GetFiles(folder));
            Assert.Throws<ArgumentException>("rows", () => TableFile.Write("u", ["a", "b"], [[1]], folder));
            Assert.Throws<ArgumentException>(() => TableFile.Write("../u", ["a"], [], folder));
            Assert.Equal([path], Directory.GetFiles(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
