using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Gsr.Kernel.Documents;

namespace Gsr.Kernel.Tests.Documents;

public class NotebookRoundTripTests
{
    // As Jupyter's Python writes it: json.dumps(indent=1, sort_keys=True, ensure_ascii=False) and a final newline.
    private const string ByJupyter = """
        {
         "cells": [
          {
           "attachments": {
            "a.png": {
             "image/png": "iVBORw0KGgo="
            }
           },
           "cell_type": "markdown",
           "id": "b1f2",
           "metadata": {},
           "source": [
            "# Überschrift — ζ 😀\n",
            "a \"quoted\" \\alpha\tline\u001b[0m / </script> & 'x'"
           ]
          },
          {
           "cell_type": "code",
           "execution_count": 3,
           "id": "c0de",
           "metadata": {
            "collapsed": false,
            "future": {
             "nested": [
              1,
              -2.50,
              1e-05,
              true,
              null,
              [],
              {}
             ]
            },
            "tags": [
             "parameters"
            ]
           },
           "outputs": [
            {
             "data": {
              "application/vnd.plotly.v1+json": {
               "data": [
                {
                 "y": [
                  1,
                  2.0,
                  3.141592653589793
                 ]
                }
               ]
              },
              "image/png": "iVBORw0KGgo=\n",
              "text/plain": [
               "8"
              ]
             },
             "execution_count": 3,
             "metadata": {},
             "output_type": "execute_result"
            },
            {
             "name": "stdout",
             "output_type": "stream",
             "text": [
              "a\n",
              "b\r",
              "c"
             ]
            }
           ],
           "source": []
          }
         ],
         "metadata": {
          "kernelspec": {
           "display_name": ".NET (C#)",
           "language": "C#",
           "name": ".net-csharp"
          },
          "unknown": "kept"
         },
         "nbformat": 4,
         "nbformat_minor": 5
        }

        """;

    [Fact]
    public void A_Jupyter_notebook_comes_back_byte_for_byte() =>
        Assert.Equal(ByJupyter.ReplaceLineEndings("\n"), Notebook.Parse(ByJupyter, "x").ToString());

    [Fact]
    public void Byte_order_mark_and_crlf_are_read_and_not_written()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["x.ipynb"],
            ByJupyter.ReplaceLineEndings("\r\n"), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Notebook.Load(folder["x.ipynb"]).Save(folder["y.ipynb"]);
        Assert.Equal(Encoding.UTF8.GetBytes(ByJupyter.ReplaceLineEndings("\n")), File.ReadAllBytes(folder["y.ipynb"]));
    }

    [Fact]
    public void A_source_that_is_one_string_is_written_as_lines()
    {
        var notebook = Notebook.Parse(
            """{"cells":[{"cell_type":"code","source":"a\nb\n","metadata":{}}],"""
                + "\"metadata\":{},\"nbformat\":4,\"nbformat_minor\":0}", "x");
        Assert.Equal("a\nb\n", notebook.Cells[0].Source);
        var cell = JsonNode.Parse(notebook.ToString())!["cells"]![0]!.AsObject();
        Assert.Equal(["a\n", "b\n"], cell["source"]!.AsArray().Select(line => line!.GetValue<string>()));
        // What 4.0 to 4.4 do not have is not made up; what every code cell needs goes where Jupyter sorts it.
        Assert.Equal(["cell_type", "execution_count", "outputs", "source", "metadata"],
            cell.Select(member => member.Key));
        Assert.False(cell.ContainsKey("id"));
    }

    [Fact]
    public void Unknown_keys_keep_their_place_after_an_execution()
    {
        var notebook = Notebook.Parse(ByJupyter, "x");
        notebook.Cells[1].Reset();
        notebook.Cells[1].Source = "1";
        var cell = JsonNode.Parse(notebook.ToString())!["cells"]![1]!.AsObject();
        Assert.Equal(["cell_type", "execution_count", "id", "metadata", "outputs", "source"],
            cell.Select(member => member.Key));
        Assert.Equal("-2.50", cell["metadata"]!["future"]!["nested"]![1]!.ToJsonString());
        Assert.Null(cell["execution_count"]);
        Assert.Empty(cell["outputs"]!.AsArray());
    }

    [Theory]
    [InlineData("""["same", "same"]""", "same", "cell-2")]
    [InlineData("""[null, "b"]""", "cell-1", "b")]
    [InlineData("""["", "a b"]""", "cell-1", "cell-2")]
    [InlineData("""[7, "cell-1"]""", "cell-2", "cell-1")]
    [InlineData("""["x\n", "-_9"]""", "cell-1", "-_9")]
    public void Ids_that_are_none_are_replaced_where_the_format_wants_ids(string given, string first, string second)
    {
        var json = JsonNode.Parse(Samples.Notebook(Samples.Code("1"), Samples.Code("2")))!;
        for (var i = 0; i < 2; i++)
            json["cells"]![i]!["id"] = JsonNode.Parse(given)![i]?.DeepClone();
        Assert.Equal(JsonNode.Parse(given)!.ToJsonString(), Ids(json).ToJsonString());
        json["nbformat_minor"] = 5;
        Assert.Equal([first, second], Ids(json).Select(id => id!.GetValue<string>()));

        static JsonArray Ids(JsonNode notebook) =>
            new([.. JsonNode.Parse(Notebook.Parse(notebook.ToJsonString(), "x").ToString())!["cells"]!.AsArray()
                .Select(cell => cell!["id"]?.DeepClone())]);
    }

    [Fact]
    public void Ten_megabytes_of_output_are_kept()
    {
        var cell = Samples.Code("1");
        var big = new string('x', 10_000_000);
        cell["outputs"]!.AsArray()
            .Add(new JsonObject { ["output_type"] = "stream", ["name"] = "stdout", ["text"] = big });
        var written = Notebook.Parse(Samples.Notebook(cell), "x").ToString();
        Assert.Equal(big, JsonNode.Parse(written)!["cells"]![0]!["outputs"]![0]!["text"]!.GetValue<string>());
    }

    [Fact]
    public void Any_source_survives() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonNull<string>>().Filter(text => !text.Get.Any(char.IsSurrogate)),
        text =>
        {
            var notebook = Notebook.Parse(Samples.Notebook(""), "x");
            notebook.Cells[0].Source = text.Get;
            var once = notebook.ToString();
            var again = Notebook.Parse(once, "x");
            return again.Cells[0].Source == text.Get && again.ToString() == once;
        }).QuickCheckThrowOnFailure();
}
