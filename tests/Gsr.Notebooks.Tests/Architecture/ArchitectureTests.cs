namespace Gsr.Notebooks.Tests.Architecture;

/// <summary>The parts of the house know each other in one direction only, and the picture shows which.</summary>
public sealed class ArchitectureTests
{
    private const string Planted = "Gsr.Notebooks.Tests.Architecture.Planted.";

    private static readonly IReadOnlyList<(TypeName From, TypeName To)> Own =
        CompiledReferences.Read(typeof(ArchitectureTests).Assembly.Location);

    public static TheoryData<string> Tables => [.. House.Tables.Select(table => table.Name)];

    public static TheoryData<string> Pictures =>
        [.. House.Pictured];

    [Theory]
    [MemberData(nameof(Tables))]
    public void No_reference_runs_back_up(string name)
    {
        var table = Table(name);
        var references = References(table);

        Assert.Empty(table.Faults(references));
        Assert.All(table.Assemblies,
            assembly => Assert.Contains(references, reference => reference.From.Assembly == assembly));
    }

    [Fact]
    public void The_reversed_table_fails_at_every_layer_of_the_engine()
    {
        var table = Table("Gsr.Kernel");
        var references = References(table);
        var faults = Layers.Inside("Gsr.Kernel", [.. table.Levels.Reverse()]).Faults(references);

        Assert.All(table.Levels.Skip(1).SelectMany(level => level.Split('|')), part =>
            Assert.Contains(faults, fault => fault.StartsWith($"{part} may not know ", StringComparison.Ordinal)));
        Assert.Contains(Layers.Inside("Gsr.Kernel", "Outputs").Faults(references), fault =>
            fault.StartsWith("\"Documents\" is in no layer", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ByBase", "Base")]
    [InlineData("ByInterface", "IContract")]
    [InlineData("ByConstraint`1", "Base")]
    [InlineData("ByAttribute", "MarkAttribute")]
    [InlineData("ByField", "Base")]
    [InlineData("BySignature", "Argument`1")]
    [InlineData("ByCall", "Called")]
    [InlineData("ByStaticField", "Called")]
    [InlineData("ByLambda", "Called")]
    [InlineData("ByAwait", "Called")]
    [InlineData("ByTypeOf", "Argument`1")]
    [InlineData("ByGenericMethod", "Base")]
    [InlineData("ByHandler", "Failure")]
    [InlineData("AfterSwitch", "Called")]
    public void A_planted_reference_is_found(string from, string to)
    {
        var assembly = typeof(ArchitectureTests).Assembly.GetName().Name!;
        var arrow = (new TypeName(assembly, Planted + "Lower", from), new TypeName(assembly, Planted + "Upper", to));

        Assert.Contains(arrow, Own);
        Assert.Single(Faults("Lower", "Upper"));
        Assert.Single(Faults("Lower|Upper"));
        Assert.Empty(Faults("Upper", "Lower"));

        IReadOnlyList<string> Faults(params string[] levels) => new Layers("planted", [assembly], levels, type =>
            type.Namespace.StartsWith(Planted, StringComparison.Ordinal) ? type.Namespace[Planted.Length..] : null)
                .Faults([arrow]);
    }

    [Fact]
    public void A_constant_leaves_no_reference() =>
        Assert.DoesNotContain(Own, r => r.From.Name == "ByNothing" && r.To.Namespace == Planted + "Upper");

    [Theory]
    [MemberData(nameof(Pictures))]
    public void The_picture_in_CONTRIBUTING_shows_the_table(string name)
    {
        var pictures = MermaidPicture.Read(File.ReadAllText(Path.Combine(Workbook.Folder, "CONTRIBUTING.md")));
        Assert.Equal(Table(name).Arrows.Order(), Assert.Contains(name, pictures).Order());
    }

    [Fact]
    public void A_picture_is_read_with_its_chains_groups_and_labels()
    {
        var pictures = MermaidPicture.Read("text\n```mermaid\nflowchart TB\n  subgraph one[\"A.B\"]\n"
            + "    C[\"a word\"] --> D & E --> F\n  end\n  subgraph X.Y\n    G --> H\n  end\n```\n");

        Assert.Equal([("C", "D"), ("C", "E"), ("D", "F"), ("E", "F")], pictures["A.B"].Order());
        Assert.Equal([("G", "H")], pictures["X.Y"]);
    }

    private static Layers Table(string name) => House.Tables.Single(table => table.Name == name);

    private static List<(TypeName From, TypeName To)> References(Layers table) =>
        [.. table.Assemblies.SelectMany(assembly => CompiledReferences.Read(
            Path.Combine(Workbook.Folder, "artifacts", "bin", assembly, "release", assembly + ".dll")))];
}
