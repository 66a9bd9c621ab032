using Gsr.Experiments;
using Gsr.SingleCell.Reading;

namespace Gsr.Tests.Experiments;

public sealed class DataCatalogTests
{
    private const string Right = """
        {"version": 1, "dataSets": [{"id": "a-1", "title": "A", "folder": "x/a", "description": "", "licence": "",
         "citation": "", "standIn": null, "files": [{"name": "b/c.bin", "bytes": 1,
         "sha256": "0000000000000000000000000000000000000000000000000000000000000000", "mirrors": ["https://a.test/c"]}]}]}
        """;

    [Fact]
    public void The_built_in_catalogue_holds_Mnist()
    {
        var mnist = DataCatalog.Default["mnist"];
        Assert.Equal(4, mnist.Files.Count);
        Assert.All(mnist.Files, file => Assert.NotEmpty(file.Mirrors));
        Assert.Contains("mnist", Assert.Throws<ArgumentException>(() => DataCatalog.Default["mnits"])
            .Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"version\": 1", "\"version\": 2", "version")]
    [InlineData("\"a-1\"", "\"A 1\"", ".id")]
    [InlineData("\"x/a\"", "\"../a\"", ".folder")]
    [InlineData("\"x/a\"", "\"/a\"", ".folder")]
    [InlineData("\"b/c.bin\"", "\"b/../../c\"", ".name")]
    [InlineData("\"bytes\": 1", "\"bytes\": 0", ".bytes")]
    [InlineData("\"bytes\": 1", "\"bytes\": \"1\"", "bytes")]
    [InlineData("\"sha256\": \"0", "\"sha256\": \"", ".sha256")]
    [InlineData("https:", "http:", ".mirrors")]
    [InlineData("\"licence\"", "\"license\"", "license")]
    [InlineData("\"title\": \"A\"", "\"title\": null", "title")]
    [InlineData("\"title\": \"A\",", "\"title\": \"A\", \"title\": \"B\",", "title")]
    [InlineData("{\"version\"", "[\"version\"", "JSON")]
    public void Mistakes_are_named(string right, string wrong, string named)
    {
        Assert.Single(DataCatalog.Parse(Right).DataSets);
        var error = Assert.Throws<DataFormatException>(
            () => DataCatalog.Parse(Right.Replace(right, wrong, StringComparison.Ordinal)));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }
}
