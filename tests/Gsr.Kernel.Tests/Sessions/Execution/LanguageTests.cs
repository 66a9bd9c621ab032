namespace Gsr.Kernel.Tests.Sessions.Execution;

public sealed class LanguageTests
{
    public static TheoryData<string, string[]> Corpus => new()
    {
        { "7", ["var a = 3;", "var b = a + 4;", "b"] },
        { "text", ["var a = 3;", "var a = \"text\";", "a"] },
        { "Point { X = 1, Y = 5 }", ["record Point(int X, int Y);", "var p = new Point(1, 2);", "(p with { Y = 5 })"] },
        { "9", ["class Box<T>(T value) { public T Value => value; }", "new Box<int>(9).Value"] },
        { "120", ["int F(int n) => n < 2 ? 1 : n * F(n - 1);", "F(5)"] },
        { "6", [
            "async IAsyncEnumerable<int> S() { for (var i = 1; i < 4; i++) { await Task.Yield(); yield return i; } }",
            "var sum = 0; await foreach (var i in S()) sum += i;", "sum"] },
        { "4,16",
            ["var q = new[] { 1, 2, 3, 4 }.Where(x => x % 2 == 0).Select(x => x * x);", "string.Join(\",\", q)"] },
        { "1-2-3", ["int[] a = [1, 2]; List<int> l = [.. a, 3];", "string.Join('-', l)"] },
        { "41", ["await Task.Delay(1); var x = await Task.FromResult(41);", "x"] },
        { "3", ["int x = 1;", "void Add() => x += 2;", "Add();", "x"] },
        { "6", ["dynamic d = 5;", "(int)(d + 1)"] },
        { "12", ["class C { public int P { get => field; set => field = value * 2; } }", "new C { P = 6 }.P"] },
        { "xx", ["using System.Text.RegularExpressions;", "Regex.Replace(\"ab\", \".\", \"x\")"] },
        { "b", ["(int, string) t = (1, \"b\");", "var (n, s) = t;", "s"] },
        { "5", ["enum Level { Low = 5 }", "(int)Level.Low"] },
        { "8", ["async Task<int> Later() { await Task.Delay(1); return 8; }", "Later().Result"] },
        { "9", ["async Task<int> Later() { await Task.Delay(1); await Task.Yield(); return 9; }",
            "int Now() => Later().GetAwaiter().GetResult();", "await Task.Yield(); Now()"] },
        { "2", ["unsafe int Two() { var x = 2; int* p = &x; return *p; }", "Two()"] },
        { "3", ["using System.Runtime.CompilerServices;", "[SkipLocalsInit] int Three() => 3;", "Three()"] },
    };

    [Theory, MemberData(nameof(Corpus))]
    public async Task Cells_yield_the_value(string expected, string[] cells)
    {
        await using var notebook = new TestNotebook();
        Assert.Equal(expected, await notebook.ValueAsync(cells));
    }

    [Theory]
    [InlineData("5", "5")]
    [InlineData("return 6;", "6")]
    [InlineData("var x = 7; return x;", "7")]
    [InlineData("var x = 7;", null)]
    [InlineData("(string)null", null)]
    [InlineData("Math.Abs(3);", null)]
    [InlineData("Console.Write(1)", null)]
    [InlineData("async Task F() { await Task.Yield(); } F()", null)]
    [InlineData("await Task.CompletedTask", null)]
    [InlineData("display(3)", null)]
    [InlineData("// nothing but a comment", null)]
    [InlineData("", null)]
    public async Task Last_expression_is_the_result(string code, string? expected)
    {
        await using var notebook = new TestNotebook();
        // As in a console program, a call may end in a semicolon; its value then counts for nothing.
        Assert.Equal(expected, await notebook.ValueAsync(code));
    }

    [Fact]
    public async Task Execution_counts_rise_with_failed_cells_too()
    {
        await using var notebook = new TestNotebook();
        var token = TestContext.Current.CancellationToken;
        Assert.Equal(1, (await notebook.RunAsync("1", token)).Result.ExecutionCount);
        Assert.Equal(2, (await notebook.RunAsync("nope", token)).Result.ExecutionCount);
        Assert.Equal(3, (await notebook.RunAsync("1", token)).Result.ExecutionCount);
    }

    [Fact]
    public async Task Every_cell_and_its_continuations_run_on_one_thread()
    {
        await using var notebook = new TestNotebook();
        await notebook.ValueAsync("int Id() => Environment.CurrentManagedThreadId; var first = Id();");
        Assert.Equal("true",
            await notebook.ValueAsync(
                "await Task.Delay(5); var second = Id();", "await Task.Run(() => 1); (first, second) == (Id(), Id())"));
    }

    [Fact]
    public async Task Load_brings_in_a_script_and_its_own_directives()
    {
        await using var notebook = new TestNotebook();
        notebook.Write("inner.csx", "int Twice(int x) => 2 * x;");
        notebook.Write(
            "outer.csx",
            "#load \"inner.csx\"\n#r \"System.Xml.XDocument\"\nunsafe int Four(int x) => Twice(Twice(x));");
        Assert.Equal("12", await notebook.ValueAsync("#load \"outer.csx\"\nvar y = Four(3);", "y"));
    }

    [Fact]
    public async Task A_loaded_script_names_itself_in_its_errors()
    {
        await using var notebook = new TestNotebook();
        notebook.Write("broken.csx", "var a = 1;\nvar b = nowhere;");
        var ran = await notebook.RunAsync("#load \"broken.csx\"", TestContext.Current.CancellationToken);
        Assert.StartsWith("broken.csx(2,9): error CS0103:", ran.Error.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directive_inside_a_string_or_a_comment_is_none()
    {
        await using var notebook = new TestNotebook();
        Assert.Equal(
            "#r \"nowhere.dll\"",
            await notebook.ValueAsync("/*\n#r \"nowhere.dll\"\n*/\nvar s = \"\"\"\n#r \"nowhere.dll\"\n\"\"\";", "s"));
    }

    [Theory]
    [InlineData("CultureInfo.CurrentCulture = comma;")]
    [InlineData("void Set() { CultureInfo.CurrentCulture = comma; } Set(); 1")]
    [InlineData("await Task.Yield(); CultureInfo.CurrentCulture = comma;")]
    [InlineData("CultureInfo.CurrentCulture = comma; throw new Exception();")]
    public async Task What_a_cell_sets_for_the_flow_of_execution_lasts(string code)
    {
        await using var notebook = new TestNotebook();
        await notebook.ValueAsync(
            """
            using System.Globalization;
            var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            comma.NumberFormat.NumberDecimalSeparator = ",";
            """);
        await notebook.RunAsync(code, TestContext.Current.CancellationToken);
        Assert.Equal("1,5", await notebook.ValueAsync("1.5.ToString()"));
        Assert.Equal("1,5", await notebook.ValueAsync("await Task.Delay(1); 1.5.ToString()"));
    }
}
