namespace Gsr.Notebooks.Tests.Architecture;

/// <summary>Names that the compiler does not check: those of tests, and of the files of public types.</summary>
public sealed class StyleTests
{
    public static TheoryData<string, bool> Rooms => new()
    {
        { "lib/Gsr", true }, { "lib/Gsr.Analysis", true }, { "lib/Gsr.SingleCell", true }, { "lib/Gsr.Kernel", true },
        // The records that one picture or reader takes or gives stand with it: nobody looks for them elsewhere.
        { "notebooks/experiments", false },
    };

    [Fact]
    public void Names_of_tests_are_sentences()
    {
        string[] names = [.. SourceText.Files("tests").Select(File.ReadAllText).SelectMany(SourceText.Tests)];
        string[] faults = [.. names.Where(name => !SourceText.IsSentence(name))];

        Assert.Contains(nameof(Names_of_tests_are_sentences), names);
        Assert.InRange(names.Length, 500, int.MaxValue);
        Assert.Empty(faults);
    }

    [Theory]
    [InlineData("[Fact]\npublic void Rings_have_a_closed_form() =>", true)]
    [InlineData("  [Theory(Timeout = 5)]\n  [InlineData(\"f()\")]\n  public static async Task It_gives_NaN()", true)]
    [InlineData("[Fact]\npublic void RingsHaveAClosedForm()", false)]
    [InlineData("[Fact]\npublic void Rings_haveA_closed_form()", false)]
    [InlineData("[Fact]\npublic void Rings()", false)]
    [InlineData("[Fact]\npublic void Rings_()", false)]
    public void A_planted_name_is_found_and_judged(string source, bool expected) =>
        Assert.Equal(expected, SourceText.IsSentence(Assert.Single(SourceText.Tests(source))));

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_public_type_stands_in_a_file_of_its_name(string room, bool records)
    {
        var found = SourceText.Files(room).SelectMany(file =>
            SourceText.PublicTypes(File.ReadAllText(file), records).Select(type => (file, type))).ToList();
        var faults = found.FindAll(pair => !SourceText.IsNamedAfter(pair.file, pair.type));

        Assert.NotEmpty(found);
        Assert.Empty(faults);
    }

    [Theory]
    [InlineData("public sealed class Ring\n{\n", "Ring", "Ring")]
    [InlineData("public readonly record struct Edge(int A);\n", "Edge", "")]
    [InlineData("public sealed record Edge(int A)\n{\n    public int B => A;\n}\n", "Edge", "Edge")]
    [InlineData("public delegate IReadOnlyList<Edge> Draw(int a);\n", "Draw", "Draw")]
    [InlineData("internal class Ring;\n    public class Nested;\n", "", "")]
    public void A_planted_type_is_found(string source, string all, string withoutRecords)
    {
        Assert.Equal(all, string.Concat(SourceText.PublicTypes(source, records: true)));
        Assert.Equal(withoutRecords, string.Concat(SourceText.PublicTypes(source, records: false)));
    }

    [Theory]
    [InlineData("a/FeatureGraph.cs", true)]
    [InlineData("a/FeatureGraph.Grid.cs", true)]
    [InlineData("a/Grid.cs", false)]
    [InlineData("a/FeatureGraphs.cs", false)]
    public void Parts_of_a_type_begin_with_its_name(string file, bool expected) =>
        Assert.Equal(expected, SourceText.IsNamedAfter(file, "FeatureGraph"));
}
