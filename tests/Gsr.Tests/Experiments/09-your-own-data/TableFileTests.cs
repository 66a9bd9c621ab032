using Gsr.Experiments.OwnData;

namespace Gsr.Tests.Experiments.OwnData;

public sealed class TableFileTests
{
    [Fact]
    public void A_table_is_quoted_where_it_has_to_be_and_missing_values_are_empty()
    {
        var path = Path.GetTempFileName();
        try
        {
            TableFile.Write(path, ["a", "b,c"], [[1.5, "x \"y\""], [null, double.NaN], ["line\nbreak", -2]]);
            Assert.Equal("a,\"b,c\"\r\n1.5,\"x \"\"y\"\"\"\r\n,\r\n\"line\nbreak\",-2\r\n", File.ReadAllText(path));
            Assert.Throws<ArgumentException>("rows", () => TableFile.Write(path, ["a", "b"], [[1]]));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
