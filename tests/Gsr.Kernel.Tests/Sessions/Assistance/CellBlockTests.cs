using System.Runtime.CompilerServices;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Sessions.Assistance;
using Gsr.Kernel.Sessions.Execution;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Gsr.Kernel.Tests.Sessions.Assistance;

/// <summary>Finished cells are put together, and everything means the same afterwards.</summary>
public sealed class CellBlockTests
{
    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    [Theory]
    [InlineData("var a = 1;", "a + 1", "var b = a;")]
    [InlineData(
        "int F(int n) => n;", "class C { int a; }", "for (var i = 0; i < 2; i++) { var a = i; }",
        "foreach (var i in new[] { 1 }) { var a = i; }")]
    [InlineData(
        "Func<int, int> f = i => { var j = i; return j; };", "Func<int, int> g = i => { var j = i; return j; };")]
    [InlineData("using System.Text;", "var a = 1;")]
    [InlineData("", "// nothing", "var a = 1;", "#pragma warning disable CS0219", "a")]
    public void One_text_where_nothing_forbids_it(params string[] cells) =>
        Assert.Single(CellBlocks.Merge(cells, Parsing));

    [Theory]
    [InlineData(2, "var a = 1;", "var a = \"\";", "var b = a.Length;")]
    [InlineData(2, "var a = 1;", "if (int.TryParse(\"\", out var a)) { }")]
    [InlineData(2, "var a = 1;", "var (a, b) = (1, 2);")]
    [InlineData(2, "int F(int n) => n;", "int F(string s) => 1;")]
    [InlineData(2, "class C { }", "record C(int N);")]
    [InlineData(2, "enum E { A }", "delegate void E();")]
    [InlineData(2, "int P { get; set; }", "int P => 1;")]
    [InlineData(2, "var a = 1;", "using System.Text;", "var b = 1;")]
    [InlineData(2, "var a = 1;", "#define X\nvar b = 1;")]
    [InlineData(2, "var a = 1;", "#load \"a.csx\"")]
    [InlineData(3, "var a = 1;", "var b = ;", "var c = 1;")]
    [InlineData(3, "var a = 1;", "var a = 2;", "var a = 3;")]
    public void A_new_text_where_something_asks_for_it(int texts, params string[] cells)
    {
        var merged = CellBlocks.Merge(cells, Parsing);
        Assert.Equal(texts, merged.Count);
        Assert.Equal(string.Join("\n", cells), string.Join("\n", merged));
    }

    [Theory]
    [InlineData("language.ipynb")]
    [InlineData("values.ipynb")]
    [InlineData("displays.ipynb")]
    public async Task The_same_is_offered_as_by_one_cell_after_another(string name)
    {
        var cells = Notebook.Load(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "Corpus", name)).Cells
            .Where(cell => cell.Kind == CellKind.Code && !cell.Source.Contains("#!"))
                .Select(cell => cell.Source).ToArray();
        using var one = Workspace(int.MaxValue);
        using var other = Workspace(4);
        foreach (var code in cells)
        {
            one.Add(code, []);
            other.Add(code, []);
        }
        Assert.InRange(CellBlocks.Merge(cells, Parsing).Count, 1, cells.Length - 1);
        var offered = await OfferedAsync(one, "");
        Assert.Equal(offered, await OfferedAsync(other, ""));
        using var empty = Workspace(int.MaxValue);
        var own = offered.Except(await OfferedAsync(empty, "")).ToArray();
        Assert.NotEmpty(own);
        foreach (var entry in own)
            Assert.Equal(await OfferedAsync(one, entry.Text + "."), await OfferedAsync(other, entry.Text + "."));
    }

    [Fact]
    public async Task What_cells_brought_in_stays_known()
    {
        var brought = typeof(Assert).Assembly.Location;
        using var workspace = Workspace(2, path => path != brought);
        Assert.DoesNotContain(await OfferedAsync(workspace, "Xunit."), entry => entry.Text == "Assert");
        workspace.Add("#r \"" + brought + "\"\nusing System.Text;", [MetadataReference.CreateFromFile(brought)]);
        foreach (var code in new[] { "var a = 1;", "var b = new StringBuilder();", "var c = 1;" })
            workspace.Add(code, []);
        Assert.Contains(await OfferedAsync(workspace, "Xunit."), entry => entry.Text == "Assert");
        Assert.Contains(await OfferedAsync(workspace, "b.App"), entry => entry.Text == "AppendLine");
        Assert.Contains(await OfferedAsync(workspace, "StringB"), entry => entry.Text == "StringBuilder");
    }

    private static CellWorkspace Workspace(int mostSingle, Func<string, bool>? isKnown = null) => new(
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(isKnown ?? (_ => true)).Select(path => MetadataReference.CreateFromFile(path)),
        CellCompiler.Imports, new SourceFileResolver([], Path.GetTempPath()), mostSingle);

    private static async Task<CompletionEntry[]> OfferedAsync(CellWorkspace workspace, string code)
    {
        var document = await workspace.OpenAsync(code, TestContext.Current.CancellationToken);
        var found = await Completer.CompleteAsync(document, code.Length, TestContext.Current.CancellationToken);
        return [.. found.Entries.OrderBy(entry => entry.Text, StringComparer.Ordinal)
            .ThenBy(entry => entry.Kind, StringComparer.Ordinal)];
    }

    // In full: a build on another system knows nothing of drives.
    private static string ThisFile([CallerFilePath] string path = "") => Path.GetFullPath(path);
}
