using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Gsr.Kernel.Documents;

namespace Gsr.Kernel.Tests.Documents;

public class DibTests
{
    private const string ByHand = """
        #!meta

        {"kernelInfo":{"defaultKernelName":"csharp","items":[{"aliases":["c#"],"languageName":"C#","name":"csharp"},{"name":"sql-mine","aliases":["db"]}]}}

        #!markdown

        # Title

        two paragraphs

        #!csharp

        #!time
        var x = 1;

        #!share x --from fsharp
        #!F#

        let y = 2
        #!db
        select 1

        #!raw

        as it is

        """;

    private static readonly string[] Kernels =
        ["csharp", "fsharp", "html", "javascript", "mermaid", "pwsh", "sql", "value", "sql-mine", "ключ"];

    [Fact]
    public void Cells_begin_where_a_line_names_a_kernel()
    {
        var notebook = Read(ByHand);
        Assert.Equal(
            [
                (CellKind.Markdown, "csharp", "# Title\n\ntwo paragraphs"),
                (CellKind.Code, "csharp", "#!time\nvar x = 1;\n\n#!share x --from fsharp"),
                (CellKind.Code, "fsharp", "let y = 2"),
                (CellKind.Code, "sql-mine", "select 1"), (CellKind.Raw, "csharp", "as it is"),
            ],
            notebook.Cells.Select(cell => (cell.Kind, cell.KernelName, cell.Source)));
        Assert.Equal("fsharp", notebook.Cells[2].Metadata["polyglot_notebook"]!["kernelName"]!.GetValue<string>());
        Assert.Equal(".net-csharp", notebook.Metadata["kernelspec"]!["name"]!.GetValue<string>());
        Assert.Equal(
            ["csharp", "sql-mine", "fsharp"],
            notebook.Metadata["polyglot_notebook"]!["kernelInfo"]!["items"]!.AsArray()
                .Select(item => item!["name"]!.GetValue<string>()));
        // What Jupyter itself reads back: unique ids, and nothing in a code cell missing.
        var again = Notebook.Parse(notebook.ToString(), "x");
        Assert.Equal(5, again.Cells.Count);
        Assert.Equal(notebook.ToString(), again.ToString());
    }

    [Theory]
    [InlineData("1 + 1", "csharp:1 + 1")]
    [InlineData("\n\n1\n", "csharp:\n1")]
    [InlineData("#!csharp\n1", "csharp:1")]
    [InlineData("#!csharp\r\n\r\n1\r\n\r\n#!fsharp\r\n\r\n2\r\n", "csharp:1", "fsharp:2")]
    [InlineData("\uFEFF#!csharp\n\n1\n", "csharp:1")]
    [InlineData("#!csharp", "csharp:")]
    [InlineData("#!csharp\n\n\n\n", "csharp:\n")]
    [InlineData("#!csharp  \n#!CSHARP\n", "csharp:", "csharp:")]
    [InlineData("#!nothing\n1", "csharp:#!nothing\n1")]
    [InlineData(" #!fsharp\n#!value --name x", "csharp: #!fsharp\n#!value --name x")]
    [InlineData("#!meta\n{}\n1\n", "csharp:1")]
    [InlineData("#!meta\n{}")]
    [InlineData(
        "#!meta\n{ \"kernelInfo\": { \"defaultKernelName\": \"F#\" } }\n\nlet x = 1\n#!c#\n2", "fsharp:let x = 1",
        "csharp:2")]
    [InlineData("#!meta\n{\"kernelInfo\":{\"items\":[]}}\n#!meta\n#!csharp\n1", "csharp:#!meta", "csharp:1")]
    public void Shapes_made_by_hand_are_read(string text, params string[] cells) =>
        Assert.Equal(cells, Read(text).Cells.Select(cell => $"{cell.KernelName}:{cell.Source}"));

    [Theory]
    [InlineData("", "is empty; restore")]
    [InlineData(" \r\n\t", "is empty")]
    [InlineData("a\nb\0c", "line 2 holds a NUL")]
    [InlineData("#!meta", "line 1: the JSON of the #!meta block is not whole")]
    [InlineData("\n#!meta\n\n{\"a\":1,\n\"b\":\n\n#!csharp\n1", "line 7: the JSON of the #!meta block is not whole")]
    [InlineData("#!meta\n{\"a\":1,\"a\":2}", "the #!meta block")]
    [InlineData("#!meta\n[1]\n#!csharp\n", "line 1: the #!meta block holds no JSON object")]
    [InlineData("#!meta\n{\n} 1\n", "line 3: text follows the JSON")]
    [InlineData("#!meta\n{\"kernelInfo\":7}\n", "kernelInfo is no object in the #!meta block")]
    [InlineData("#!meta\n{\"kernelInfo\":{\"items\":{}}}\n", "kernelInfo.items is no list")]
    [InlineData(
        "#!meta\n{\"kernelInfo\":{\"items\":[{\"name\":\"a\"},{\"name\":1}]}}\n", "kernelInfo.items[1] has no name")]
    public void What_is_wrong_and_where_is_said(string text, string expected) =>
        Assert.Contains(expected, Diagnose(() => Read(text)));

    [Fact]
    public void Deep_nesting_is_diagnosed_not_overflowed() =>
        Assert.Contains("not whole",
            Diagnose(() => Read($"#!meta\n{{\"x\":{new string('[', 100_000)}{new string(']', 100_000)}}}")));

    [Fact]
    public void Binary_is_diagnosed()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["x.dib"], [0xFF, 0xFE, (byte)'#', 0]);
        Assert.Contains("not UTF-8",
            Assert.Throws<NotebookFormatException>(() => Notebook.Load(folder["x.dib"])).Message);
    }

    [Fact]
    public void Every_mutated_byte_is_read_or_diagnosed()
    {
        var random = new Random(1);
        for (var i = 0; i < 3000; i++)
        {
            var text = ByHand.ToCharArray();
            text[random.Next(text.Length)] = "{}[]\",:\\0\n#!\u0001 "[random.Next(14)];
            try
            {
                var notebook = Read(new string(text));
                Assert.Equal(Cells(notebook), Cells(Read(DibWriter.Write(notebook, "x").Text)));
            }
            catch (NotebookFormatException e)
            {
                Assert.DoesNotContain('\n', e.Message);
            }
        }
    }

    [Fact]
    public void Any_cells_survive_the_round_trip() => Prop.ForAll(AnyNotebook(), notebook =>
    {
        var written = DibWriter.Write(notebook, "x");
        var read = Read(written.Text);
        return written.Losses.Count == 0
            && Cells(read).SequenceEqual(Cells(notebook))
            // From here on nothing changes any more, in either direction.
            && DibWriter.Write(read, "x").Text == written.Text
            && Notebook.Parse(read.ToString(), "x").ToString() == read.ToString();
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Other_metadata_of_the_notebook_survive()
    {
        var json = JsonNode.Parse(Samples.Notebook("1"))!;
        json["metadata"]!["authors"] = new JsonArray("é <a>");
        json["metadata"]!["polyglot_notebook"] = new JsonObject
        {
            ["other"] = 1.50,
            ["kernelInfo"] = new JsonObject { ["defaultKernelName"] = "csharp", ["items"] = new JsonArray() },
        };
        var back = Read(DibWriter.Write(Notebook.Parse(json.ToJsonString(), "x"), "x").Text).Metadata;
        Assert.Equal("""["é <a>"]""", back["authors"]!.ToJsonString(
            new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.Equal("csharp", back["polyglot_notebook"]!["kernelInfo"]!["defaultKernelName"]!.GetValue<string>());
        Assert.Equal(1.5, back["polyglot_notebook"]!["other"]!.GetValue<double>());
    }

    [Fact]
    public void Plain_CSharp_needs_no_meta() =>
        Assert.Equal("#!markdown\n\n# T\n\n#!csharp\n\n1\n", DibWriter.Write(
            Notebook.Parse(Samples.Notebook(Samples.Markdown("# T"), Samples.Code("1")), "x"), "x").Text);

    [Fact]
    public void A_cell_that_names_its_language_in_its_text_keeps_its_meaning()
    {
        var written = DibWriter.Write(
            Notebook.Parse(Samples.Notebook("#!fsharp\nlet x = 1", "1\n#!html\n<b>2</b>"), "x"), "x");
        Assert.Equal(["fsharp:let x = 1", "csharp:1", "html:<b>2</b>"],
            Read(written.Text).Cells.Select(cell => $"{cell.KernelName}:{cell.Source}"));
        Assert.Contains("cells[1] is divided", Assert.Single(written.Losses));
    }

    [Fact]
    public void What_a_dib_cannot_hold_is_said()
    {
        var cell = Samples.Code("1", "slow");
        cell["outputs"]!.AsArray()
            .Add(new JsonObject { ["output_type"] = "stream", ["name"] = "stdout", ["text"] = "a" });
        cell["metadata"]!["collapsed"] = true;
        var prose = Samples.Markdown("![x](attachment:y.png)");
        prose["attachments"] = new JsonObject { ["y.png"] = new JsonObject { ["image/png"] = "BBBB" } };
        var losses = DibWriter.Write(
            Notebook.Parse(Samples.Notebook(cell, prose, Samples.Code("var n = 1;", "parameters")), "x"), "x").Losses;
        Assert.Equal(
            [
                "the outputs of 1 cell are left out; the notebook keeps them",
                "the tags slow, parameters of cells are left out, so that -p will not find the parameters there",
                "the attached images of 1 cell are left out", "the metadata of 1 cell are left out",
            ], losses);
        // Declarations in UPPER_CASE are the parameters with or without a tag.
        Assert.Empty(DibWriter.Write(
            Notebook.Parse(Samples.Notebook(Samples.Code("const int N = 1;", "parameters")), "x"), "x").Losses);
    }

    [Theory]
    [InlineData(
        "markdown", "see\n#!csharp\nthere", null,
        "cells[0] holds the line \"#!csharp\", which would begin a cell in a .dib; put a space before it")]
    [InlineData("code", "a\0b", null, "cells[0] holds a NUL character")]
    [InlineData("code", "1", "a b\nc", "cells[0] has the kernel name")]
    public void What_would_not_be_read_back_is_refused(string type, string source, string? kernel, string expected)
    {
        var cell = type == "code" ? Samples.Code(source) : Samples.Markdown(source);
        if (kernel is not null)
            cell["metadata"]!["polyglot_notebook"] = new JsonObject { ["kernelName"] = kernel };
        Assert.Contains(
            expected, Diagnose(() => DibWriter.Write(Notebook.Parse(Samples.Notebook(cell), "bad.dib"), "bad.dib")));
    }

    [Fact]
    public void Kernel_names_are_read_and_set()
    {
        var cell = Samples.Code("1");
        cell["metadata"]!["dotnet_interactive"] = new JsonObject { ["language"] = "fsharp" };
        var notebook = Notebook.Parse(Samples.Notebook(cell, Samples.Code("2")), "x");
        Assert.Equal(["fsharp", "csharp"], notebook.Cells.Select(c => c.KernelName));
        var before = notebook.ToString();
        notebook.Cells[1].KernelName = "csharp";
        Assert.Equal(before, notebook.ToString());
        foreach (var each in notebook.Cells)
            each.KernelName = "html";
        Assert.Equal(["html", "html"], Notebook.Parse(notebook.ToString(), "x").Cells.Select(c => c.KernelName));
        Assert.Equal("html", notebook.Cells[0].Metadata["dotnet_interactive"]!["language"]!.GetValue<string>());
    }

    private static Arbitrary<Notebook> AnyNotebook()
    {
        // Pieces that are special somewhere, put together: empty lines at either end, magic lines that begin no cell.
        var piece = Gen.Elements(
            "", "\n", "\n\n", " ", "#!time", "#!fsharp x", " #!csharp", "#!/bin/sh", "# T", "var ζ = \"😀\";",
            "{\"a\":1}", "#", "!", "\t");
        var source = piece.ArrayOf()
            .Select(string.Concat).Where(text => text.Split('\n').All(line => line.TrimEnd() is not "#!csharp"));
        var cell = source.SelectMany(
            _ => Gen.Elements(Kernels.Append("markdown").Append("raw").ToArray()), (text, kernel) => (text, kernel));
        return cell.ArrayOf().Select(cells =>
        {
            var json = JsonNode.Parse(Samples.Notebook([.. cells.Select(made => Cell(made.text, made.kernel))]))!;
            json["metadata"]!["unknown"] = new JsonObject { ["kept"] = 1 };
            return Notebook.Parse(json.ToJsonString(), "x");
        }).ToArbitrary();
    }

    private static JsonObject Cell(string source, string kernel)
    {
        var cell = kernel == "markdown" ? Samples.Markdown(source) : Samples.Code(source);
        if (kernel == "raw")
        {
            cell["cell_type"] = "raw";
            cell.Remove("outputs");
            cell.Remove("execution_count");
        }
        else if (kernel is not ("csharp" or "markdown"))
        {
            cell["metadata"]!["polyglot_notebook"] = new JsonObject { ["kernelName"] = kernel };
        }
        return cell;
    }

    private static Notebook Read(string text) => DibReader.Parse(text, "bad.dib");

    private static List<(CellKind, string, string)> Cells(Notebook notebook) =>
        [.. notebook.Cells.Select(cell => (cell.Kind, cell.KernelName, cell.Source))];

    private static string Diagnose(Action read)
    {
        var message = Assert.Throws<NotebookFormatException>(read).Message;
        Assert.StartsWith("bad.dib: ", message);
        Assert.DoesNotContain('\n', message);
        Assert.Contains(";", message);
        return message;
    }
}
