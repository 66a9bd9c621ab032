namespace Gsr.Kernel.Tests.Sessions.Assistance;

/// <summary>What is offered while a cell is written.</summary>
public sealed class CompletionTests
{
    [Theory]
    [InlineData("Console.|", "WriteLine", "function")]
    [InlineData("Console.Wr|", "WriteLine", "function")]
    [InlineData("Console.wri|teLi", "WriteLine", "function")]
    [InlineData("Console.FORE|", "ForegroundColor", "property")]
    [InlineData("\"abc\".Sel|", "Select", "function")]
    [InlineData("new List<int> { 1 }.Whe|", "Where", "function")]
    [InlineData("new Dict|", "Dictionary", "class")]
    [InlineData("new[] { \"a\" }.Select(word => word.Le|", "Length", "property")]
    [InlineData("string.Join(sepa|", "separator:", "parameter")]
    [InlineData("for (var i = 0; i < 3; i++) { var inner = i; inn|", "inner", "variable")]
    [InlineData("forea|", "foreach", "keyword")]
    [InlineData("System.Tex|", "Text", "module")]
    [InlineData("DayOfWeek.|", "Monday", "enummember")]
    [InlineData("disp|", "display", "function")]
    [InlineData("var text = \"😀\"; text.Le|", "Length", "property")]
    [InlineData("#r \"nuget: Some.Package, 1.0.0\"\nConsole.Writ|", "WriteLine", "function")]
    [InlineData("#!csharp\nMath.Sq|", "Sqrt", "function")]
    [InlineData("} ) int x = ; foreach (\nConsole.Writ|", "WriteLine", "function")]
    public async Task What_fits_is_offered_with_its_kind(string code, string text, string kind)
    {
        await using var notebook = new AssistedNotebook();
        var found = await notebook.CompleteAsync(code);
        Assert.Contains(found.Entries, entry => entry.Text == text && (entry.Kind == kind || kind == "parameter"));
    }

    [Fact]
    public async Task Offers_only_what_continues_the_word_and_replaces_the_whole_word()
    {
        await using var notebook = new AssistedNotebook();
        var found = await notebook.CompleteAsync("Console.Writ|eLine(1)");
        Assert.Equal((8, 17), (found.Start, found.End));
        Assert.Equal(["Write", "WriteLine"], found.Entries.Select(entry => entry.Text));
        Assert.Equal(["ReadLine", "WriteLine"], (await notebook.NamesAsync("Console.Line|"))
            .Intersect(["ReadLine", "WriteLine"]));
    }

    // Those that declare nothing have no place among the cells that later ones are compiled on.
    [Fact]
    public async Task What_stands_before_and_after_a_cell_without_declarations_is_offered()
    {
        await using var notebook = await new AssistedNotebook().RunAsync(
            "var earlier = 1;", "earlier + 1", "System.Console.Write(earlier);", "var earliest = 2;");
        Assert.Equal(["earlier", "earliest"], (await notebook.NamesAsync("earl|")).Order());
    }

    [Theory]
    [InlineData("#!|", "fsharp", "time", "lib", "value")]
    [InlineData("#!f|", "fsharp")]
    [InlineData("1 + 1\n#!WH|", "who", "whos")]
    public async Task Offers_languages_and_magic_commands(string code, params string[] names)
    {
        await using var notebook = new AssistedNotebook();
        var offered = await notebook.CompleteAsync(code);
        Assert.Superset(names.ToHashSet(), offered.Entries.Select(entry => entry.Text).ToHashSet());
        Assert.Equal((code.IndexOf("#!", StringComparison.Ordinal) + 2, code.IndexOf('|')),
            (offered.Start, offered.End));
        Assert.All(offered.Entries, entry => Assert.Equal("magic", entry.Kind));
    }

    [Fact]
    public async Task Takes_of_a_cell_in_several_languages_the_CSharp_alone()
    {
        await using var notebook = new AssistedNotebook();
        const string cell = "var here = 1;\n#!time\n#!fsharp\nlet there = 2 in |1\n#!csharp\nher|\n#!html\n<b>|";
        var cursors = Enumerable.Range(0, cell.Length).Where(i => cell[i] == '|').Select((i, n) => i - n).ToArray();
        var code = cell.Replace("|", "");
        Assert.Empty((await notebook.CompleteAsync(code, cursors[0])).Entries);
        Assert.Equal(["here"], (await notebook.CompleteAsync(code, cursors[1])).Entries.Select(entry => entry.Text));
        Assert.Empty((await notebook.CompleteAsync(code, cursors[2])).Entries);
        Assert.Null(await notebook.InspectAsync(code, cursors[2]));
        Assert.Empty((await notebook.CompleteAsync("#!time --x |")).Entries);
    }

    [Fact]
    public async Task Forgets_what_was_reset_and_knows_what_was_set()
    {
        await using var notebook = await new AssistedNotebook().RunAsync("var forgotten = 1;", "#!reset");
        Assert.Empty(await notebook.NamesAsync("forgot|"));
        await notebook.RunAsync("#!value --name text\nabc", "#!set --name shared --value @value:text");
        Assert.Equal(["Length"], await notebook.NamesAsync("shared.Lengt|"));
    }

    [Fact]
    public async Task Offers_what_earlier_cells_declared()
    {
        await using var notebook = await new AssistedNotebook().RunAsync(
            "var weights = new List<double> { 1.0 };",
            "int Halve(int number) => number / 2;\nrecord Sample(string Label, int Count);",
            "var sample = new Sample(\"a\", 1);");
        Assert.Contains("weights", await notebook.NamesAsync("wei|"));
        Assert.Contains("Halve", await notebook.NamesAsync("Hal|"));
        Assert.Contains("Sample", await notebook.NamesAsync("new Sam|"));
        Assert.Equal(["Count"], await notebook.NamesAsync("sample.Cou|"));
        Assert.Equal(["Sum"], await notebook.NamesAsync("weights.Sum|"));
    }

    [Fact]
    public async Task Offers_of_a_redeclared_name_the_last_declaration()
    {
        await using var notebook = await new AssistedNotebook().RunAsync("var thing = 1;", "var thing = \"text\";");
        Assert.Equal(["thing"], await notebook.NamesAsync("thin|"));
        Assert.Contains("Substring", await notebook.NamesAsync("thing.|"));
        await notebook.RunAsync("var thing = new System.Uri(\"http://localhost\");");
        var names = await notebook.NamesAsync("thing.|");
        Assert.Contains("Host", names);
        Assert.DoesNotContain("Substring", names);
    }

    [Fact]
    public async Task Knows_the_usings_of_earlier_cells_and_nothing_of_cells_that_did_not_compile()
    {
        await using var notebook = new AssistedNotebook();
        Assert.DoesNotContain("Stopwatch", await notebook.NamesAsync("new Stopw|"));
        await notebook.RunAsync("using System.Diagnostics;");
        foreach (var failing in new[] { "int broken = nowhere;", "var kept = 3; throw new Exception();" })
            Assert.False((await notebook.ExecuteAsync(failing, TestContext.Current.CancellationToken)).Succeeded);
        Assert.Contains("Stopwatch", await notebook.NamesAsync("new Stopw|"));
        Assert.DoesNotContain("broken", await notebook.NamesAsync("bro|"));
        Assert.Contains("kept", await notebook.NamesAsync("kep|"));
    }

    [Fact]
    public async Task Knows_referenced_assemblies_and_loaded_files()
    {
        using var folder = new TemporaryFolder();
        var script = folder.Write("loaded.csx", "int FromAFile = 4;");
        await using var notebook = await new AssistedNotebook()
            .RunAsync($"#load \"{script}\"\n#r \"{typeof(FactAttribute).Assembly.Location}\"\nint below = 1;");
        Assert.Contains("FromAFile", await notebook.NamesAsync("From|"));
        Assert.Contains("FactAttribute", await notebook.NamesAsync("new Xunit.Fact|"));
        Assert.Contains("below", await notebook.NamesAsync("belo|"));
    }

    [Fact]
    public async Task Answers_while_a_cell_runs_by_what_was_finished()
    {
        await using var notebook = await new AssistedNotebook().RunAsync("var done = 1;");
        using var interruption = new CancellationTokenSource();
        var running = notebook.ExecuteAsync("await Task.Delay(-1); var later = 2;", interruption.Token);
        Assert.Contains("done", await notebook.NamesAsync("don|"));
        Assert.DoesNotContain("later", await notebook.NamesAsync("lat|"));
        Assert.False(running.IsCompleted);
        await interruption.CancelAsync();
        await running;
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("1 + 2;")]
    public async Task Offers_names_where_nothing_is_written(string code)
    {
        await using var notebook = new AssistedNotebook();
        Assert.Contains("Console", await notebook.NamesAsync(code + "\n|"));
    }

    [Theory]
    [InlineData("var s = \"Console.|\";")]
    [InlineData("// Console.|")]
    [InlineData("/* Console.| */")]
    [InlineData("#r \"nuget: |\"")]
    [InlineData("#r |")]
    [InlineData("  #load \"/|")]
    public async Task Offers_nothing_in_text_comments_and_directives(string code)
    {
        await using var notebook = new AssistedNotebook();
        Assert.Empty(await notebook.NamesAsync(code));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(9)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public async Task Finds_nothing_outside_of_the_code(int position)
    {
        await using var notebook = new AssistedNotebook();
        Assert.Empty((await notebook.CompleteAsync("Console.", position)).Entries);
        Assert.Null(await notebook.InspectAsync("Console.", position));
    }

    [Fact]
    public async Task Survives_what_nobody_writes()
    {
        await using var notebook = new AssistedNotebook();
        string[] hostile =
        [
            "\ud800.", "\0\0\0", "\"\"\"", "$\"{", "#if", "#line 1 \"x\"\nCons", "using static ", "extern alias ",
                "a?.b?.",
            new string('(', 20_000), new string(')', 20_000) + new string('(', 20_000),
            string.Concat(Enumerable.Repeat("1+", 5_000)), string.Concat(Enumerable.Repeat("a.", 5_000)),
            string.Concat(Enumerable.Repeat("- ", 20_000)), string.Concat(Enumerable.Repeat("using (a) ", 20_000)),
            string.Concat(Enumerable.Repeat("A<", 20_000)),
            string.Concat(Enumerable.Repeat("class C {", 2_000)), new string('x', 200_000),
        ];
        foreach (var code in hostile)
        {
            foreach (var position in (int[])[0, code.Length / 2, code.Length])
            {
                // Nothing is promised of the answer but that there is one, or an exception.
                await Record.ExceptionAsync(() => notebook.CompleteAsync(code, position));
                await Record.ExceptionAsync(() => notebook.InspectAsync(code, position));
            }
        }
        Assert.Contains("WriteLine", await notebook.NamesAsync("Console.|"));
    }

    [Fact]
    public async Task Survives_every_prefix_of_a_cell_at_random_positions()
    {
        const string cell =
            "#r \"x\"\nusing System;\nvar q = from n in new[] { 1, 2 } where n > 1 select $\"{n:F1} {@\"a\"}\";\nswitch (q) { case [var a, ..]: break; }";
        await using var notebook = new AssistedNotebook();
        var random = new Random(5);
        for (var length = 0; length <= cell.Length; length++)
        {
            var position = random.Next(length + 1);
            var found = await notebook.CompleteAsync(cell[..length], position);
            Assert.InRange(position, found.Start, found.End);
            await notebook.InspectAsync(cell[..length], position);
        }
    }
}
