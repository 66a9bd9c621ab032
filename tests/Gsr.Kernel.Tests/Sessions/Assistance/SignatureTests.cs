namespace Gsr.Kernel.Tests.Sessions.Assistance;

/// <summary>The signatures of a call that is being written, and what the compiler says of a cell meanwhile.</summary>
public sealed class SignatureTests
{
    [Theory]
    [InlineData("text.Replace(|", "string string.Replace(char oldChar, char newChar)", "char oldChar")]
    [InlineData(
        "text.Replace(\"a\", |)", "string string.Replace(string oldValue, string? newValue)", "string? newValue")]
    [InlineData("Add(1, right: |)", "int Add(int left, int right)", "int right")]
    [InlineData("Add(Add(1, 2), |", "int Add(int left, int right)", "int right")]
    [InlineData("twice(|)", "int Func<int, int>.Invoke(int arg)", "int arg")]
    [InlineData("new Uri(|", "Uri.Uri(string uriString)", "string uriString")]
    public async Task The_argument_at_the_cursor_is_found(string code, string label, string parameter)
    {
        await using var notebook = await new AssistedNotebook().RunAsync(
            "var text = \"abc\"; int Add(int left, int right) => left + right; Func<int, int> twice = x => 2 * x;");
        var found = await notebook.SignaturesAsync(code);
        Assert.NotNull(found);
        var signature = found.All[found.ActiveSignature];
        var (start, end, _) = signature.Parameters[found.ActiveParameter];
        Assert.Equal((label, parameter), (signature.Label, signature.Label[start..end]));
    }

    [Fact]
    public async Task A_signature_comes_with_its_documentation()
    {
        AssistedNotebook.NeedReferencePack();
        await using var notebook = new AssistedNotebook();
        var found = await notebook.SignaturesAsync("Math.Max(1, |");
        Assert.Contains("larger", found!.All[0].Documentation, StringComparison.Ordinal);
        Assert.StartsWith("val2: ", found.All[0].Parameters[1].Documentation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("|")]
    [InlineData("var x = 1; x|")]
    [InlineData("nowhere(|")]
    [InlineData("#!fsharp\nf(|")]
    public async Task Outside_of_calls_there_is_none(string code)
    {
        await using var notebook = new AssistedNotebook();
        Assert.Null(await notebook.SignaturesAsync(code));
    }

    [Fact]
    public async Task Problems_are_those_of_the_cell_on_top_of_the_finished_ones()
    {
        await using var notebook = await new AssistedNotebook().RunAsync("var kept = 1;");
        Assert.Empty(await notebook.ProblemsAsync("kept + 1"));
        Assert.Equal(["CS1061 5-12"], await notebook.ProblemsAsync("kept.Nothing()"));
        Assert.Equal(["CS0103 10-14"], await notebook.ProblemsAsync("#!csharp\n lost"));
        Assert.Empty(await notebook.ProblemsAsync("lost", semantic: false));
        Assert.Equal(["CS1026 8-8"], await notebook.ProblemsAsync("display(", semantic: false));
        Assert.Empty(await notebook.ProblemsAsync("#r \"nowhere.dll\"\n#!fsharp\nlet x = )\n#!csharp\nkept"));
        Assert.Empty(await notebook.ProblemsAsync("kept?"));
    }
}
