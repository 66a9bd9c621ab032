using Gsr.Kernel.Outputs;
using Gsr.Kernel.Tests.Sessions.Execution;

namespace Gsr.Kernel.Tests.Sessions.Languages;

public sealed class PolyglotTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FSharp_runs_with_state_output_and_values()
    {
        await using var notebook = new TestNotebook();
        Assert.Equal("42",
            await notebook.ValueAsync("#!fsharp\nlet square x = x * x\nlet answer = square 6 + 6", "#!f#\nanswer"));
        var printed = await notebook.RunAsync("#!fsharp\nprintfn \"hello %d\" answer", Token);
        Assert.Equal("hello 42\n", printed.Text("stdout"));
        Assert.Null(printed.Value);
        var wrong = (await notebook.RunAsync("\n#!fsharp\nlet ok = 1\nlet wrong : int = \"text\"", Token)).Error;
        Assert.Equal("CompilationError", wrong.Name);
        Assert.Contains("cell 4(4,19): error FS0001", wrong.Value, StringComparison.Ordinal);
        var thrown = (await notebook.RunAsync("#!fsharp\nfailwith \"no\" |> ignore", Token)).Error;
        Assert.Equal("no", thrown.Value);
        Assert.Equal("42", await notebook.ValueAsync("#!fsharp\nanswer"));
    }

    // A type that the other language cannot name is the nearest that it can.
    [Theory]
    [InlineData("list", "list.Count", "2")]
    [InlineData("list", "(Seq.head list)?B : string", "x")]
    [InlineData("table", "table.Count", "1")]
    [InlineData("table", "(table.[\"a\"])?A : int", "1")]
    [InlineData("evens", "Seq.sum evens", "20")]
    [InlineData("query", "Seq.length query", "2")]
    [InlineData("anonymous", "anonymous.Length", "1")]
    [InlineData("own", "own.Count + own.[0]", "8")]
    [InlineData("colour", "string colour", "Blue")]
    [InlineData("one", "one?B : string", "x")]
    [InlineData("failure", "failure.Message", "no")]
    [InlineData("readOnly", "readOnly.Count", "2")]
    [InlineData("increment", "increment.Invoke 3", "4")]
    public async Task Values_of_CSharp_have_a_type_in_FSharp(string name, string code, string expected)
    {
        await using var notebook = new TestNotebook();
        await notebook.ValueAsync("""
            record Rec(int A, string B); enum Colour { Red, Blue } class Own : List<int> { } class Failure() : Exception("no");
            var one = new Rec(1, "x"); var list = new List<Rec> { one, new(2, "y") };
            var evens = Enumerable.Range(0, 10).Where(i => i % 2 == 0); var query = list.Where(r => r.A > 0);
            var anonymous = new[] { new { Q = 1 } }; var table = new Dictionary<string, Rec> { ["a"] = one };
            var own = new Own { 7 }; var colour = Colour.Blue; var failure = new Failure();
            var readOnly = new List<int> { 1, 2 }.AsReadOnly(); Func<int, int> increment = i => i + 1;
            """);
        Assert.Equal(expected, await notebook.ValueAsync($"#!fsharp\n#!share --from csharp {name}\n({code})"));
    }

    [Theory]
    [InlineData("table", "table[\"k\"]", "1")]
    [InlineData("readOnly", "readOnly[\"k\"]", "3")]
    [InlineData("numbers", "numbers.Sum()", "6")]
    [InlineData("map", "map[\"k\"]", "2")]
    [InlineData("list", "list.Sum()", "6")]
    [InlineData("points", "points.First().X", "7")]
    public async Task Values_of_FSharp_have_a_type_in_CSharp(string name, string code, string expected)
    {
        await using var notebook = new TestNotebook();
        await notebook.ValueAsync("""
            #!fsharp
            type Point = { X: int }
            let table = dict [ "k", 1 ]
            let readOnly = readOnlyDict [ "k", 3 ]
            let numbers = seq { 1 .. 3 }
            let map = Map.ofList [ "k", 2 ]
            let list = [1; 2; 3]
            let points = seq { yield { X = 7 } }
            """);
        Assert.Equal(expected, await notebook.ValueAsync($"#!share --from fsharp {name}\n{code}"));
    }

    [Fact]
    public async Task Values_go_both_ways_between_the_languages()
    {
        await using var notebook = new TestNotebook();
        await notebook.ValueAsync("var numbers = new List<int> { 1, 2, 3 }; var text = \"abc\";");
        Assert.Equal("6", await notebook.ValueAsync("#!fsharp\n#!share --from csharp numbers\nSeq.sum numbers"));
        await notebook.ValueAsync(
            "#!fsharp\nnumbers.Add 4\nlet halves = numbers |> Seq.map (fun n -> float n / 2.0) |> Seq.toArray\nlet pair = (1, \"x\")\ntype Point = { X: int }\nlet point = { X = 7 }\nlet list = [1; 2]");
        Assert.Equal("4,5",
            await notebook.ValueAsync("#!set --name half --value @fsharp:halves\n$\"{numbers.Count},{half.Sum()}\""));
        Assert.Equal("x", await notebook.ValueAsync("#!share --from fsharp pair --as duo\nduo.Item2"));
        Assert.Equal("7", await notebook.ValueAsync("#!share --from fsharp point\npoint.X"));
        Assert.Equal("2", await notebook.ValueAsync("#!share --from fsharp list\nlist.Length"));
        Assert.Equal("12.5", await notebook.ValueAsync("#!set --name half --value 12.5\nhalf"));
        Assert.Equal("two words", await notebook.ValueAsync("#!set --name words --value \"two words\"\nwords"));
        Assert.Equal("line\n",
            await notebook.ValueAsync(
                "#!value --name kept\nline\n\n#!csharp\n#!share --from value kept\nkept + \"\\n\""));
        notebook.Write("some.txt", "in a file");
        Assert.Equal("in a file",
            await notebook.ValueAsync(
                "#!value --name file --from-file some.txt\n#!csharp\n#!set --name file --value @value:file\nfile"));
        var script = await notebook.RunAsync(
            "#!javascript\n#!share --from csharp text\nconsole.log(text + '</script>'.length)", Token);
        var html = Assert.Single(script.Outputs.OfType<ResultOutput>()).Bundle.Data["text/html"].GetValue<string>();
        Assert.Contains("const text = \"abc\";", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#!html\n<b>x</b>", "text/html", "<b>x</b>")]
    [InlineData("#!markdown\n# x", "text/markdown", "# x")]
    [InlineData("#!mermaid\ngraph TD; a-->b", "text/vnd.mermaid", "graph TD; a-->b")]
    [InlineData("#!html\n#!nothing\nx", "text/html", "#!nothing\nx")]
    public async Task Markup_is_shown(string code, string type, string shown)
    {
        await using var notebook = new TestNotebook();
        var bundle = Assert.Single((await notebook.RunAsync(code, Token)).Outputs.OfType<ResultOutput>()).Bundle;
        Assert.Equal(shown, bundle.Data[type].GetValue<string>());
        Assert.True(bundle.Data.ContainsKey("text/plain"));
    }

    [Fact]
    public async Task A_cell_may_change_its_language_and_keeps_its_line_numbers()
    {
        await using var notebook = new TestNotebook();
        var ran = await notebook.RunAsync("1 + 1\n#!markdown\n*x*\n#!csharp\nthrow new Exception(\"here\");", Token);
        Assert.Equal(["2", "*x*"], ran.Outputs.OfType<ResultOutput>().Select(o => o.Bundle.Plain()));
        Assert.Contains(ran.Error.Traceback, line => line.Contains("cell 1:line 5", StringComparison.Ordinal));
        var compiled = (await notebook.RunAsync("#!time\n\n  nowhere", Token)).Error;
        Assert.StartsWith("cell 2(3,3): error CS0103", compiled.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_library_cell_declares_what_a_script_cannot_and_may_be_run_again()
    {
        await using var notebook = new TestNotebook();
        const string Library = """
            #!lib
            namespace Shapes
            {
                public static class Texts { public static string Shout(this string text) => text.ToUpperInvariant() + "!"; }
                public static class More { extension(string text) { public int Doubled => 2 * text.Length; } }
                file class Hidden;
                public record Box(int Side);
            }
            """;
        await notebook.ValueAsync(Library);
        Assert.Equal("ABC!", await notebook.ValueAsync("using Shapes;\n\"abc\".Shout()"));
        Assert.Equal("6", await notebook.ValueAsync("\"abc\".Doubled"));
        Assert.Equal("9",
            await notebook.ValueAsync(
                "#!lib\nnamespace Areas; "
                + "public static class Area { public static int Of(Shapes.Box box) => box.Side * box.Side; }",
                "Areas.Area.Of(new Shapes.Box(3))"));
        await notebook.ValueAsync(Library.Replace("\"!\"", "\"?\"", StringComparison.Ordinal), "1 + 1");
        Assert.Equal("ABC?", await notebook.ValueAsync("\"abc\".Shout()"));
        var wrong = (await notebook.RunAsync("#!lib\nnamespace N;\nclass C { int x = \"\"; }", Token)).Error;
        Assert.StartsWith("cell 9(3,19): error CS0029", wrong.Value, StringComparison.Ordinal);
        var thrown = (
            await notebook.RunAsync(
                "#!lib\npublic static class Thrower {\n  public static void Go() => throw new Exception(\"here\");\n}\n"
                + "#!csharp\nThrower.Go();", Token)).Error;
        Assert.Contains(thrown.Traceback, line => line.Contains("cell 10:line 3", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Time_who_and_lsmagic_tell()
    {
        await using var notebook = new TestNotebook();
        await notebook.ValueAsync("var beta = 2; var alpha = new[] { 1, 2 };", "var beta = \"again\";");
        static string Shown(Ran ran) => Assert.Single(ran.Outputs.OfType<DisplayOutput>()).Bundle.Plain();
        Assert.Equal("alpha\nbeta", Shown(await notebook.RunAsync("#!who", Token)));
        var table = Shown(await notebook.RunAsync("#!whos", Token));
        Assert.Matches(@"alpha\W+int\[\]\W+.*1, 2", table);
        Assert.Matches(@"beta\W+string\W+again", table);
        Assert.Matches(@"^Wall time: [\d.]+ms$",
            Shown(await notebook.RunAsync("#!time\nSystem.Threading.Thread.Sleep(3);", Token)));
        var magic = Shown(await notebook.RunAsync("#!lsmagic", Token));
        Assert.All(["#!csharp", "#!fsharp", "#!lib", "#!time", "#!whos", "#!reset", "#!import", "#!share", "#!set"],
            name => Assert.Contains(name, magic, StringComparison.Ordinal));
        Assert.Equal("fsharp has no variables yet.", Shown(await notebook.RunAsync("#!fsharp\n#!who", Token)));
    }

    [Fact]
    public async Task Reset_forgets_and_keeps_what_was_brought_in()
    {
        await using var notebook = new TestNotebook();
        await notebook.ValueAsync("var x = 1;", "#!fsharp\nlet y = 2", "#!lib\npublic class Gone;", "#!reset");
        Assert.Equal("CompilationError", (await notebook.RunAsync("x", Token)).Error.Name);
        Assert.Equal("CompilationError", (await notebook.RunAsync("#!fsharp\ny", Token)).Error.Name);
        Assert.Equal("CompilationError", (await notebook.RunAsync("new Gone()", Token)).Error.Name);
        Assert.Equal("3", await notebook.ValueAsync("var x = 3; x", "#!reset\nvar x = 3;", "x"));
    }

    [Fact]
    public async Task Import_runs_notebooks_and_files_in_place()
    {
        await using var notebook = new TestNotebook();
        notebook.Write("other.ipynb", Samples.Notebook("var a = 1;\ndisplay(a);", "#!fsharp\nlet b = 2"));
        notebook.Write("code.cs", "int Twice(int n) => 2 * n;");
        notebook.Write("code.fsx", "let thrice n = 3 * n");
        var ran = await notebook.RunAsync("#!import other.ipynb\n#!import code.cs\n#!import code.fsx\nTwice(a) + 40",
            Token);
        Assert.Equal("42", ran.Value);
        Assert.Single(ran.Outputs.OfType<DisplayOutput>());
        Assert.Equal("6", await notebook.ValueAsync("#!fsharp\nthrice b"));
        notebook.Write("wrong.cs", "\nint x = nowhere;");
        Assert.StartsWith("wrong.cs(2,9): error CS0103",
            (await notebook.RunAsync("#!import wrong.cs", Token)).Error.Value, StringComparison.Ordinal);
        notebook.Write("self.cs", "#!import self.cs");
        Assert.Contains("imports itself",
            (await notebook.RunAsync("#!import self.cs", Token)).Error.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#!nothing", "There is no magic command #!nothing; #!lsmagic lists")]
    [InlineData("1\n#!pwsh\nls", "The cell is written in PowerShell (#!pwsh), which this engine leaves to others")]
    [InlineData("#!sql\nselect 1", "The cell is written in SQL (#!sql)")]
    [InlineData("#!share numbers", "#!share is written")]
    [InlineData("#!share --from csharp nowhere", "csharp has no value \"nowhere\"")]
    [InlineData("#!share --from nowhere x", "there is no language nowhere")]
    [InlineData("#!set --name x", "#!set is written")]
    [InlineData("#!set --name 1x --value 2", "\"1x\" cannot be the name of a C# variable")]
    [InlineData("#!set --nam x --value 2", "there is no option --nam")]
    [InlineData("#!value\ntext", "#!value needs a name")]
    [InlineData("#!value --name x --from-file nowhere.txt", "nowhere.txt")]
    [InlineData("#!import", "#!import needs a file")]
    [InlineData("#!import nowhere.cs", "nowhere.cs")]
    [InlineData("#!import x.exe", "\".exe\" is no kind of file")]
    [InlineData("#!html\n#!set --name x --value 2", "html takes no values")]
    public async Task What_cannot_be_followed_is_told_in_a_line(string code, string told)
    {
        await using var notebook = new TestNotebook();
        var error = (await notebook.RunAsync(code, Token)).Error;
        Assert.Contains(told, error.Value, StringComparison.Ordinal);
        Assert.Matches(@"^cell 1\(\d,1\): error: ", Assert.Single(error.Traceback));
        Assert.Equal("2", await notebook.ValueAsync("1 + 1"));
    }

    [Fact]
    public async Task Output_of_a_task_belongs_to_the_cell_that_started_it()
    {
        await using var notebook = new TestNotebook();
        var first = new List<CellOutput>();
        await notebook.RunAsync(
            "var go = new TaskCompletionSource(); "
            + "var done = Task.Run(async () => { await go.Task; Console.Write(\"late\"); display(1); });",
            first, Token);
        var second = await notebook.RunAsync(
            "go.SetResult(); await done; Console.Write(\"own\"); await Task.Delay(100);", Token);
        Assert.Equal("own", second.Text("stdout"));
        Assert.Empty(second.Outputs.OfType<DisplayOutput>());
        lock (first)
        {
            Assert.Equal("late", Assert.Single(first.OfType<StreamOutput>()).Text);
            Assert.Single(first.OfType<DisplayOutput>());
        }
    }
}
