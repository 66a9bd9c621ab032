using Gsr.Kernel.Outputs;

namespace Gsr.Kernel.Tests.Sessions.Execution;

public sealed class ErrorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Compile_errors_name_the_cell_and_its_lines()
    {
        await using var notebook = new TestNotebook();
        await notebook.ValueAsync("var a = 1;", "var b = 2;");
        var ran = await notebook.RunAsync("var c = a;\n    nowhere(c);\n\nint d = \"text\";", Token);
        Assert.Equal("CompilationError", ran.Error.Name);
        Assert.Collection(
            ran.Error.Traceback,
            line => Assert.StartsWith("cell 3(2,5): error CS0103: ", line, StringComparison.Ordinal),
            line => Assert.StartsWith("cell 3(4,9): error CS0029: ", line, StringComparison.Ordinal));
        var shown = Assert.IsType<ErrorOutput>(Assert.Single(ran.Outputs));
        Assert.Equal((ran.Error.Name, ran.Error.Value), (shown.Name, shown.Value));
        Assert.Equal(ran.Error.Traceback, shown.Traceback);
    }

    [Theory]
    [InlineData("#r \"none.dll\"", "none.dll does not exist. Check the path")]
    [InlineData(
        "[System.Runtime.InteropServices.DllImport(\"nosuchnative\")] static extern int Call(); Call()",
        "#r \"nuget: ...\"")]
    [InlineData(
        "System.Reflection.Assembly.Load(\"Missing.Library, Version=1.0.0.0\")", "#r \"nuget: Missing.Library\"")]
    [InlineData("System.Reflection.Assembly.LoadFrom(System.IO.Path.GetTempFileName())", "another processor")]
    public async Task What_is_missing_comes_with_what_to_do(string code, string remedy)
    {
        await using var notebook = new TestNotebook();
        var ran = await notebook.RunAsync(code, Token);
        Assert.Contains(remedy, ran.Error.Traceback[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_are_those_of_the_cell_below_a_directive_too()
    {
        await using var notebook = new TestNotebook();
        var ran = await notebook.RunAsync("#r \"System.Xml.XDocument\"\nnowhere();", Token);
        Assert.StartsWith("cell 1(2,1): error CS0103: ", ran.Error.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cell_that_does_not_compile_leaves_the_state_alone()
    {
        await using var notebook = new TestNotebook();
        await notebook.ValueAsync("var a = 1;");
        Assert.False((await notebook.RunAsync("a = 2; nowhere();", Token)).Result.Succeeded);
        Assert.Equal("1", await notebook.ValueAsync("a"));
    }

    [Fact]
    public async Task The_first_cell_may_fail_to_compile()
    {
        await using var notebook = new TestNotebook();
        Assert.False((await notebook.RunAsync("nowhere();", Token)).Result.Succeeded);
        Assert.Equal("2", await notebook.ValueAsync("var l = new List<int> { 2 };", "l.Single()"));
    }

    [Fact]
    public async Task Exceptions_carry_type_message_and_the_users_frames_only()
    {
        await using var notebook = new TestNotebook();
        await notebook.ValueAsync("void Fail()\n{\n    throw new InvalidOperationException(\"no luck\");\n}");
        var error = (await notebook.RunAsync("await Task.Yield();\n\nFail();", Token)).Error;
        Assert.Equal("InvalidOperationException", error.Name);
        Assert.Equal("no luck", error.Value);
        Assert.Equal(
            ["System.InvalidOperationException: no luck", "   at Fail() in cell 1:line 3", "   at cell 2:line 3"],
            error.Traceback);
    }

    [Fact]
    public async Task Values_assigned_before_an_exception_survive()
    {
        await using var notebook = new TestNotebook();
        var ran = await notebook.RunAsync("var kept = 5;\nthrow new Exception(\"later\");", Token);
        Assert.Equal("later", ran.Error.Value);
        Assert.Equal("5", await notebook.ValueAsync("kept"));
    }

    [Fact]
    public async Task Inner_exceptions_are_told()
    {
        await using var notebook = new TestNotebook();
        var error = (await notebook.RunAsync("throw new Exception(\"outer\", new ArgumentException(\"inner\"));",
            Token)).Error;
        Assert.Equal("outer", error.Value);
        Assert.Contains("Caused by: System.ArgumentException: inner", error.Traceback);
    }

    [Theory]
    [InlineData("Task.Run(() => throw new FormatException(\"core\")).Wait();")]
    [InlineData(
        "class C { public static int X = Throw(); static int Throw() => throw new FormatException(\"core\"); } var x = C.X;")]
    [InlineData(
        "class C { public static void M() => throw new FormatException(\"core\"); } typeof(C).GetMethod(\"M\").Invoke(null, null);")]
    public async Task Wrappers_are_taken_off(string code)
    {
        await using var notebook = new TestNotebook();
        var error = (await notebook.RunAsync(code, Token)).Error;
        Assert.Equal(("FormatException", "core"), (error.Name, error.Value));
    }

    [Fact]
    public async Task A_deep_recursion_shows_both_ends_of_its_trace()
    {
        await using var notebook = new TestNotebook();
        var error = (await notebook.RunAsync(
            "int Down(int n) => n == 0 ? throw new Exception(\"bottom\") : 1 + Down(n - 1);\n\nDown(2000)",
            Token)).Error;
        Assert.InRange(error.Traceback.Count, 10, 50);
        Assert.Equal("System.Exception: bottom", error.Traceback[0]);
        Assert.Contains(error.Traceback, line => line.EndsWith(" frames …", StringComparison.Ordinal));
        Assert.Equal("   at cell 1:line 3", error.Traceback[^1]);
    }
}
