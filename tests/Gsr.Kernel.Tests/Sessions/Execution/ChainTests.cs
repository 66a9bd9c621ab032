using Gsr.Kernel.Sessions.Execution;
using Gsr.Kernel.Sessions.Packages;

namespace Gsr.Kernel.Tests.Sessions.Execution;

/// <summary>Which cells later ones are compiled on top of: those that leave something to be named.</summary>
public sealed class ChainTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", false)]
    [InlineData("1 + 1", false)]
    [InlineData("Console.Write(1);", false)]
    [InlineData("await Task.CompletedTask;", false)]
    [InlineData("{ var inner = 1; }", false)]
    [InlineData("foreach (var item in new[] { 1 }) { Func<int> inner = () => item; }", false)]
    [InlineData("new { A = 1 }", false)]
    [InlineData("using System.IO;", true)]
    [InlineData("using F = System.IO.File; F.Exists(\"\")", true)]
    [InlineData("var a = 1;", true)]
    [InlineData("const int A = 1;", true)]
    [InlineData("int.TryParse(\"1\", out var a)", true)]
    [InlineData("object o; if ((o = 1) is int a) { }", true)]
    [InlineData("Console.Write(1 is var a);", true)]
    [InlineData("var (a, b) = (1, 2);", true)]
    [InlineData("int Twice(int n) => 2 * n;", true)]
    [InlineData("int Two => 2;", true)]
    [InlineData("event Action Done;", true)]
    [InlineData("record Point(int X);", true)]
    [InlineData("delegate int D(int n);", true)]
    [InlineData("#load \"import.csx\"", true)]
    [InlineData("#load \"declare.csx\"", true)]
    [InlineData("#load \"write.csx\"", false)]
    public void A_cell_has_a_place_where_it_declares_or_imports_something(string code, bool has)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "import.csx"), "using System.IO;");
        File.WriteAllText(Path.Combine(folder.Path, "declare.csx"), "var loaded = 1;");
        File.WriteAllText(Path.Combine(folder.Path, "write.csx"), "Console.Write(1);");
        var compiler = new CellCompiler(folder.Path, new LoadedScripts(folder.Path), new ReferenceSet());
        Assert.Equal(has, compiler.Compile(code, "cell 1", null, Token).IsSeenByOthers);
    }

    [Fact]
    public async Task Cells_without_one_stand_between_others_unnoticed()
    {
        await using var notebook = new TestNotebook();
        await notebook.ValueAsync("1 + 1", "var a = 1;", "a + 1", "using System.IO;", "Path.GetFileName(\"x/b\")");
        Assert.Equal("3", await notebook.ValueAsync("a += 2;", "a"));
        Assert.Equal("7", await notebook.ValueAsync("int.TryParse(\"7\", out var b);", "b"));
        Assert.Equal("4", await notebook.ValueAsync("int Next() => ++a;", "Next()"));
        Assert.Equal("true", await notebook.ValueAsync("File.Exists(\"none\")", "!File.Exists(\"none\")"));
        var failed = await notebook.RunAsync("Console.Write(a);\nthrow new Exception(\"no\");", Token);
        Assert.Contains(failed.Error.Traceback, line => line.Contains("line 2", StringComparison.Ordinal));
        // What runs on still has the variables that it was given.
        await notebook.ValueAsync("_ = Task.Run(async () => { await Task.Delay(50); a = 40; });", "var c = 2;");
        Assert.Equal("42", await notebook.ValueAsync("while (a < 40) await Task.Delay(5);", "a + c"));
    }

    [Fact]
    public async Task An_assembly_that_such_a_cell_brings_in_stays()
    {
        await using var notebook = new TestNotebook();
        await notebook.ValueAsync($"#r \"{typeof(NetMQ.NetMQMessage).Assembly.Location}\"");
        Assert.Equal("0", await notebook.ValueAsync("1", "new NetMQ.NetMQMessage().FrameCount"));
    }
}
