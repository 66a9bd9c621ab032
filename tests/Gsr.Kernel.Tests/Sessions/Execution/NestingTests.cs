using Gsr.Kernel.Jupyter;
using Gsr.Kernel.Sessions.Execution;

namespace Gsr.Kernel.Tests.Sessions.Execution;

/// <summary>Code that is nested deeper than the compiler's stack goes.</summary>
public sealed class NestingTests
{
    public static TheoryData<string, string, string, string> Shapes => new()
    {
        { "var x = ", "(", "1", ")" },
        { "var x = ", "- ", "1", "" },
        { "", "if (true) ", ";", "" },
        { "", "{", "", "}" },
        { "var x = ", "true ? 1 : ", "2", "" },
        { "List<", "List<", "int", ">" },
        { "var s = \"\"", ".ToString()", "", "" },
        { "var s = ", "$\"{", "1", "}\"" },
        { "var s = ", "$\"{/*}*/", "1", "}\"" },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Too_deep_is_an_error_and_the_state_stays(string head, string open, string middle, string close)
    {
        await using var notebook = new TestNotebook();
        var token = TestContext.Current.CancellationToken;
        await notebook.RunAsync("var kept = 1;", token);
        foreach (var language in (string[])["", "#!lib\n"])
        {
            var result = await notebook.RunAsync(language
                + head + Repeat(open, 20_000) + middle + Repeat(close, 20_000), token);
            Assert.Equal(ErrorDescription.CompilationError, result.Result.Error?.Name);
            Assert.Contains("nested more than", result.Result.Error!.Value, StringComparison.Ordinal);
        }
        Assert.Equal("1", await notebook.ValueAsync("kept"));
    }

    [Theory]
    [InlineData("var x = ", "(", "1", ")")]
    [InlineData("var x = ", "- ", "1", "")]
    [InlineData("", "if (true) ", ";", "")]
    [InlineData("", "{", "", "}")]
    [InlineData("var x = ", "true ? 1 : ", "2", "")]
    public async Task Deep_runs(string head, string open, string middle, string close)
    {
        await using var notebook = new TestNotebook();
        var code = head + Repeat(open, 200) + middle + Repeat(close, 200) + ";";
        await notebook.ValueAsync(code);
        Assert.Equal("complete", (string?)Completeness.Of(code)["status"]);
    }

    [Fact]
    public async Task Brackets_in_text_and_long_sums_are_not_nested()
    {
        await using var notebook = new TestNotebook();
        Assert.Equal("20000", await notebook.ValueAsync($"var s = \"{Repeat("(", 20_000)}\"; s.Length"));
        Assert.Equal("3000", await notebook.ValueAsync("0" + Repeat(" + 1", 3_000)));
        Assert.Equal("1000", await notebook.ValueAsync($"new[] {{ {Repeat("(1, new[] { 2 }), ", 1_000)} }}.Length"));
    }

    [Fact]
    public void Whether_it_is_complete_is_told_without_parsing_it() =>
        Assert.Equal("invalid", (string?)Completeness.Of(new string('(', 100_000))["status"]);

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
