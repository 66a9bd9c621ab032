namespace Gsr.Kernel.Tests.Sessions.Assistance;

/// <summary>What is told about the code under the cursor.</summary>
public sealed class InspectionTests
{
    [Theory]
    [InlineData("Cons|ole.WriteLine(1)", "class System.Console")]
    [InlineData("Console.Write|Line(1)", "void Console.WriteLine(int value)")]
    [InlineData("Console.WriteLine|(1)", "void Console.WriteLine(int value)")]
    [InlineData("\"a\".Le|ngth", "int string.Length")]
    [InlineData("va|r x = 3;", "struct System.Int32")]
    [InlineData("var x = 3.0; x|", "double x")]
    [InlineData("\"😀\".Len|gth", "int string.Length")]
    [InlineData("new List<int> { 1 }.Whe|re(x => x > 0)", "IEnumerable<int>.Where<int>(Func<int, bool> predicate)")]
    public async Task Tells_the_signature(string code, string signature)
    {
        await using var notebook = new AssistedNotebook();
        var found = await notebook.InspectAsync(code);
        Assert.Contains(signature, found?.Plain, StringComparison.Ordinal);
        Assert.Contains(signature, found?.Markdown, StringComparison.Ordinal);
        Assert.StartsWith("```csharp\n", found?.Markdown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Console.WriteLine(|")]
    [InlineData("Console.WriteLine(|)")]
    [InlineData("Console.WriteLine( \"abc|\" );")]
    [InlineData("Console.WriteLine(\"{0}\",\n    |")]
    [InlineData("Console.WriteLine(Math.Abs(1) |")]
    public async Task Tells_the_overloads_of_the_call_whose_arguments_are_written(string code)
    {
        await using var notebook = new AssistedNotebook();
        var few = await notebook.InspectAsync(code);
        var all = await notebook.InspectAsync(code, detailed: true);
        Assert.Contains("void Console.WriteLine(bool value)", few?.Plain, StringComparison.Ordinal);
        Assert.Contains("of 20 overloads", few?.Plain, StringComparison.Ordinal);
        Assert.Equal(20, all!.Plain.Split('\n')
            .Count(line => line.StartsWith("void Console.WriteLine(", StringComparison.Ordinal)) - 1);
    }

    [Theory]
    [InlineData("new List<int>(|", "List<int>.List(int capacity)")]
    [InlineData("new Li|st<int>()", "List<int>.List(int capacity)")]
    [InlineData("List<int> l = new(|);", "List<int>.List(int capacity)")]
    [InlineData("new List<int>(new Ra|ndom().Next(3))", "Random.Random(int Seed)")]
    [InlineData("\"a\"?.Substring(|", "string string.Substring(int startIndex, int length)")]
    [InlineData("Math.Max(Math.Abs(-1), Math.Min(|", "Math.Min(double val1, double val2)")]
    public async Task Tells_the_overloads_of_constructors_and_inner_calls(string code, string overload)
    {
        await using var notebook = new AssistedNotebook();
        Assert.Contains(overload, (await notebook.InspectAsync(code, detailed: true))?.Plain, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reads_the_documentation_of_the_runtime_where_the_reference_pack_is()
    {
        AssistedNotebook.NeedReferencePack();
        await using var notebook = new AssistedNotebook();
        foreach (var (code, text) in new[]
        {
            ("Console.WriteLine(1)", "followed by the current line terminator"),
            ("string.Join(|", "Concatenates"),
            ("new List<int>(|", "default initial capacity"),
            ("new List<int>().Where|(x => true)", "Filters a sequence of values based on a predicate."),
            ("System.IO.File.ReadAllText(|", "reads all the text in the file"),
        })
        {
            var asked = code.Contains('|') ? code : "Console.Write|Line(1)";
            Assert.Contains(text, (await notebook.InspectAsync(asked))?.Plain, StringComparison.Ordinal);
        }
        var detailed = await notebook.InspectAsync("\"abc\".Substring(|", detailed: true);
        Assert.Contains("// length: The number of characters in the substring.",
            detailed?.Plain, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reads_the_documentation_beside_an_assembly_and_in_earlier_cells()
    {
        await using var notebook = await new AssistedNotebook().RunAsync(
            "/// <summary>Divides by <paramref name=\"by\"/>, see <see cref=\"Math\"/>.</summary>\n/// <param name=\"by\">Not zero.</param>\nint Divide(int by) => 6 / by;\nint Twice(int x) => 2 * x;",
            "class Scale\n{\n    /// <summary>In tenths.</summary>\n    public void Set(int by) { }\n    /// <summary>In parts & <broken</summary>\n    public void Set(double by) { }\n}");
        Assert.Contains("Divides by by, see Math.",
            (await notebook.InspectAsync("Divide(|"))?.Plain, StringComparison.Ordinal);
        Assert.Contains("// In tenths.",
            (await notebook.InspectAsync("new Scale().Set(|"))?.Plain, StringComparison.Ordinal);
        Assert.Equal("int Twice(int x)", (await notebook.InspectAsync("Tw|ice(1)"))?.Plain);
        Assert.Contains("Shows a value at once",
            (await notebook.InspectAsync("display(|"))?.Plain, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("|")]
    [InlineData("   |   ")]
    [InlineData("nowhe|re")]
    [InlineData("// Console.Write|Line")]
    [InlineData("#r \"Conso|le\"")]
    [InlineData("nowhere(|")]
    public async Task Tells_nothing_where_nothing_is_known(string code)
    {
        await using var notebook = new AssistedNotebook();
        Assert.Null(await notebook.InspectAsync(code));
    }
}
