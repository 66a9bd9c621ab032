using System.Text.Json.Nodes;
using Gsr.Kernel.Documents;

namespace Gsr.Kernel.Tests.Documents;

public class HostileNotebookTests
{
    private const string Kernel = "\"kernelspec\":{\"name\":\".net-csharp\",\"language\":\"C#\"}";

    [Fact]
    public void Every_truncation_is_diagnosed_in_one_line()
    {
        var cell = Samples.Code("var π = \"x\";\n1.5");
        cell["outputs"]!.AsArray()
            .Add(new JsonObject { ["output_type"] = "stream", ["name"] = "stdout", ["text"] = "a\\\n\u001b" });
        var whole = Samples.Notebook(cell, Samples.Markdown("# x"));
        for (var length = 0; length < whole.Length; length++)
            Diagnose(whole[..length]);
        Assert.Equal(2, Notebook.Parse(whole, "x").Cells.Count);
    }

    [Fact]
    public void Every_mutated_byte_is_read_or_diagnosed()
    {
        var whole = Samples.Notebook(Samples.Code("1"), Samples.Markdown("# x"));
        var random = new Random(1);
        var refused = 0;
        for (var i = 0; i < 5000; i++)
        {
            var text = whole.ToCharArray();
            text[random.Next(text.Length)] = "{}[]\",:\\0nu\u0001\uD800 "[random.Next(14)];
            try
            {
                _ = Notebook.Parse(new string(text), "x").ToString();
            }
            catch (NotebookFormatException e)
            {
                refused++;
                Assert.DoesNotContain('\n', e.Message);
            }
        }
        Assert.InRange(refused, 100, 4900);
    }

    [Theory]
    [InlineData("[]", "a list where a notebook")]
    [InlineData("null", "where a notebook")]
    [InlineData("{}", "no nbformat number")]
    [InlineData("{\"nbformat\":\"4\"}", "no nbformat number")]
    [InlineData("{\"nbformat\":3,\"nbformat_minor\":0,\"worksheets\":[]}", "is nbformat 3; convert it")]
    [InlineData("{\"nbformat\":5,\"nbformat_minor\":0,\"cells\":[]}", "is nbformat 5, newer")]
    [InlineData("{\"nbformat\":4,\"cells\":[]}", "no nbformat_minor")]
    [InlineData("{\"nbformat\":4,\"nbformat_minor\":5}", "cells is missing")]
    [InlineData("{\"nbformat\":4,\"nbformat_minor\":5,\"cells\":{}}", "cells is an object, not a list")]
    [InlineData("{\"nbformat\":4,\"nbformat_minor\":5,\"cells\":[],\"metadata\":[]}", "metadata is a list")]
    [InlineData("{\"nbformat\":4,\"nbformat_minor\":5,\"cells\":[],\"cells\":[]}", "same key twice")]
    [InlineData("{\"nbformat\":4,\"nbformat_minor\":5,\"cells\":[7]}", "cells[0] is 7")]
    [InlineData("{\"nbformat\":4,\"nbformat_minor\":5,\"cells\":[{}]}", "cells[0].cell_type is missing")]
    [InlineData(
        "{\"nbformat\":4,\"nbformat_minor\":5,\"cells\":[{\"cell_type\":\"heading\"}]}",
        "cells[0].cell_type is \"heading\"")]
    [InlineData(
        "{\"nbformat\":4,\"nbformat_minor\":5,\"cells\":[{\"cell_type\":\"code\"}]}", "cells[0].source is missing")]
    [InlineData(
        "{\"nbformat\":4,\"nbformat_minor\":5,\"cells\":[{\"cell_type\":\"code\",\"source\":[1]}]}",
        "cells[0].source is a list, not text")]
    [InlineData(
        "{\"nbformat\":4,\"nbformat_minor\":5,\"cells\":[{\"cell_type\":\"code\",\"source\":\"\",\"outputs\":3}]}",
        "cells[0].outputs is 3")]
    [InlineData(
        "{\"nbformat\":4,\"nbformat_minor\":5,\"cells\":[{\"cell_type\":\"code\",\"source\":\"\",\"outputs\":[{}]}]}",
        "cells[0].outputs[0]")]
    [InlineData(
        "{\"nbformat\":4,\"nbformat_minor\":5,\"cells\":[{\"cell_type\":\"code\",\"source\":\"\",\"metadata\":1}]}",
        "cells[0].metadata is 1")]
    [InlineData(
        "{\"nbformat\":4,\"nbformat_minor\":5,\"cells\":[{\"cell_type\":\"raw\",\"source\":\"\\ud800\"}]}",
        "half a surrogate pair")]
    [InlineData("{\"nbformat\":4,\"nbformat_minor\":5,\"cells\":[NaN]}", "not whole JSON: unexpected text at line 1")]
    [InlineData("{\"nbformat\":4,\"nbformat_minor\":5,\n\"cells\":[", "it ends in the middle, at line 2")]
    [InlineData("  \n ", "is empty")]
    public void What_is_wrong_and_where_is_said(string text, string expected) =>
        Assert.Contains(expected, Diagnose(text));

    [Theory]
    [InlineData("\"kernelspec\":{\"name\":\"python3\",\"language\":\"python\"}", "\"python3\"")]
    [InlineData("\"kernelspec\":{\"name\":\"python3\"}", "\"python3\"")]
    [InlineData("\"kernelspec\":{\"name\":\".net-powershell\",\"language\":\"PowerShell\"}", "\".net-powershell\"")]
    [InlineData("\"language_info\":{\"name\":\"python\"}", "\"python\"")]
    public void A_foreign_kernel_is_refused(string metadata, string expected) =>
        Assert.Contains(
            expected, Diagnose($"{{\"cells\":[],\"metadata\":{{{metadata}}},\"nbformat\":4,\"nbformat_minor\":5}}"));

    [Theory]
    [InlineData(Kernel)]
    [InlineData("")]
    [InlineData("\"language_info\":{\"name\":\"polyglot-notebook\"}")]
    [InlineData("\"kernelspec\":{\"name\":\"mine\",\"language\":\"C#\"}")]
    public void CSharp_or_no_word_about_it_is_accepted(string metadata) =>
        Assert.Empty(
            Notebook.Parse($"{{\"cells\":[],\"metadata\":{{{metadata}}},\"nbformat\":4,\"nbformat_minor\":5}}", "x")
                .Cells);

    [Theory]
    [InlineData("\"kernelspec\":{\"name\":\".net-fsharp\",\"language\":\"F#\"}", "fsharp")]
    [InlineData("\"kernelspec\":{\"name\":\"mine\",\"language\":\"F#\"}", "fsharp")]
    [InlineData("\"language_info\":{\"name\":\"F#\"}", "fsharp")]
    [InlineData(Kernel + ",\"polyglot_notebook\":{\"kernelInfo\":{\"defaultKernelName\":\"F#\"}}", "fsharp")]
    [InlineData(Kernel + ",\"polyglot_notebook\":{\"kernelInfo\":{\"defaultKernelName\":\"html\"}}", "html")]
    [InlineData(Kernel + ",\"polyglot_notebook\":{\"kernelInfo\":{\"items\":7}}", "csharp")]
    [InlineData(Kernel, "csharp")]
    public void Cells_that_name_no_language_are_in_that_of_the_notebook(string metadata, string expected)
    {
        var cell = Samples.Code("1").ToJsonString();
        var own = cell.Replace("\"metadata\":{}", "\"metadata\":{\"polyglot_notebook\":{\"kernelName\":\"lib\"}}");
        var notebook = Notebook.Parse(
            $"{{\"cells\":[{cell},{own}],\"metadata\":{{{metadata}}},\"nbformat\":4,\"nbformat_minor\":4}}", "x");
        Assert.Equal([expected, "lib"], notebook.Cells.Select(c => c.KernelName));
    }

    [Fact]
    public void Deep_nesting_is_diagnosed_not_overflowed()
    {
        var deep = new string('[', 100_000) + new string(']', 100_000);
        Assert.Contains("nests deeper",
            Diagnose($"{{\"metadata\":{{\"x\":{deep}}},\"cells\":[],\"nbformat\":4,\"nbformat_minor\":5}}"));
    }

    [Fact]
    public void Files_that_are_no_text_are_diagnosed()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["x.ipynb"], [0x7B, 0xFF, 0xFE, 0x00]);
        Assert.Contains("not UTF-8",
            Assert.Throws<NotebookFormatException>(() => Notebook.Load(folder["x.ipynb"])).Message);
        Assert.Contains("does not exist",
            Assert.Throws<NotebookFormatException>(() => Notebook.Load(folder["none.ipynb"])).Message);
        Assert.Contains("is a folder",
            Assert.Throws<NotebookFormatException>(() => Notebook.Load(folder.Path)).Message);
    }

    private static string Diagnose(string text)
    {
        var message = Assert.Throws<NotebookFormatException>(() => Notebook.Parse(text, "bad.ipynb")).Message;
        Assert.StartsWith("bad.ipynb: ", message);
        Assert.DoesNotContain('\n', message);
        Assert.Contains(";", message);
        return message;
    }
}
