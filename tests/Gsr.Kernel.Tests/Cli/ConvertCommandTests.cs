using System.Text.RegularExpressions;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Tests.Running;

namespace Gsr.Kernel.Tests.Cli;

public class ConvertCommandTests
{
    [Fact]
    public void A_dib_runs_as_a_notebook_and_stays_as_it_is()
    {
        using var folder = new TemporaryFolder();
        var source = folder.Write(
            "x.dib", "#!markdown\n\n# Kept\n\n#!csharp\n\nconst int SEED = 1;\n\n#!csharp\n\nSEED + 40");
        var (exit, output) = GsrProcess.Run(folder, "run", ".", "-p", "SEED=2", "--html");
        Assert.Equal(0, exit);
        Assert.Contains("x.dib  cell 2 of 2 ok", output);
        Assert.Equal("42", Executed.Text(Executed.Load(folder), 2));
        Assert.Contains("<title>Kept</title>",
            File.ReadAllText(folder["x.html"]));
        Assert.Contains("SEED = 1", File.ReadAllText(source));
    }

    [Fact]
    public void There_and_back()
    {
        using var folder = new TemporaryFolder();
        folder.Write("x.ipynb", Samples.Notebook(
            Samples.Markdown("# T"), Samples.Code("const int SEED = 1;", "parameters"), Samples.Code("SEED")));
        var (exit, output) = GsrProcess.Run(folder, "convert", "x.ipynb", "y.dib");
        Assert.Equal((0, "y.dib: 3 cells of x.ipynb"), (exit, output.Trim()));
        Assert.Equal("#!markdown\n\n# T\n\n#!csharp\n\nconst int SEED = 1;\n\n#!csharp\n\nSEED\n",
            File.ReadAllText(folder["y.dib"]));
        Assert.Equal(0, GsrProcess.Run(folder, "convert", "y.dib", "sub/z.ipynb").ExitCode);
        var back = Notebook.Load(folder[Path.Combine("sub", "z.ipynb")]);
        Assert.Equal(["# T", "const int SEED = 1;", "SEED"], back.Cells.Select(cell => cell.Source));
        Assert.Equal(["parameters"], back.Cells[1].Tags);
    }

    [Fact]
    public void A_notebook_becomes_Markdown()
    {
        using var folder = new TemporaryFolder();
        folder.Write("x.ipynb", Samples.Notebook(Samples.Markdown("# T"), Samples.Code("1")));
        Assert.Equal(0, GsrProcess.Run(folder, "convert", "x.ipynb", "x.md").ExitCode);
        Assert.Equal("# T\n\n```csharp\n1\n```\n", File.ReadAllText(folder["x.md"]));
    }

    [Fact]
    public void A_file_is_replaced_when_it_is_said_so()
    {
        using var folder = new TemporaryFolder();
        folder.Write("x.dib", "1");
        folder.Write("x.ipynb", "precious");
        var (exit, output) = GsrProcess.Run(folder, "convert", "x.dib", "x.ipynb");
        Assert.Equal((2, "x.ipynb exists; add --force to replace it."), (exit, output.Trim()));
        Assert.Equal("precious", File.ReadAllText(folder["x.ipynb"]));
        Assert.Equal(0, GsrProcess.Run(folder, "convert", "x.dib", "x.ipynb", "--force").ExitCode);
        Assert.Equal("1", Notebook.Load(folder["x.ipynb"]).Cells[0].Source);
    }

    [Theory]
    [InlineData("none.dib: does not exist", "convert", "none.dib", "y.ipynb")]
    [InlineData("of the same format", "convert", "x.dib", "y.dib")]
    [InlineData("y.html: the name must end in .ipynb, .dib or .md", "convert", "x.dib", "y.html")]
    [InlineData("is a folder; name the file", "convert", "x.dib", "folder.ipynb")]
    [InlineData(
        "bad.dib: line 3: the JSON of the #!meta block is not whole; mend the block or remove it.", "convert",
        "bad.dib", "y.ipynb")]
    [InlineData("a .dib holds no outputs", "run", "x.dib", "--in-place")]
    [InlineData("would both be written", "run", "x.dib", "x.ipynb")]
    public void What_makes_no_sense_is_refused(string expected, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        folder.Write("x.dib", "1");
        folder.Write("x.ipynb", Samples.Notebook("1"));
        folder.Write("bad.dib", "#!meta\n{\n\"a\"}");
        Directory.CreateDirectory(folder["folder.ipynb"]);
        var before = Directory.EnumerateFileSystemEntries(folder.Path).Order().ToList();
        var (exit, output) = GsrProcess.Run(folder, arguments);
        Assert.Contains(expected, output);
        Assert.DoesNotContain("   at ", output);
        Assert.Equal(2, exit);
        Assert.Equal(before, Directory.EnumerateFileSystemEntries(folder.Path).Order());
    }

    [Fact]
    public void What_cannot_be_written_is_named_once()
    {
        using var folder = new TemporaryFolder();
        folder.Write("x.dib", "1");
        var (exit, output) = GsrProcess.Run(folder, "convert", "x.dib", "x.dib/y.ipynb");
        Assert.Single(Regex.Matches(output, "cannot be written"));
        Assert.Equal(1, exit);
    }
}
