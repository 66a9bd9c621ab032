using Gsr.Kernel.Documents;
using Gsr.Kernel.Outputs;
using Gsr.Kernel.Tests.Sessions.Execution;
using Gsr.Kernel.Tests.Sessions.Packages;

namespace Gsr.Kernel.Tests.Sessions.Languages;

/// <summary>What those who come from .NET Interactive, or from programs in one file, write into cells.</summary>
public class PolyglotHabitTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_project_is_built_and_brought_in()
    {
        Sdk.Need();
        await using var notebook = new TestNotebook();
        Directory.CreateDirectory(Path.Combine(notebook.Folder, "brought"));
        var project = Path.Combine("brought", "BroughtIn.csproj");
        notebook.Write(project, "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup>"
            + "<TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>");
        var source = Path.Combine("brought", "BroughtIn.cs");
        notebook.Write(source, "public class BroughtIn { int x = ; }");
        var error = (await notebook.RunAsync("#r \"brought/BroughtIn.csproj\"", Token)).Error.Value;
        Assert.Contains("BroughtIn.csproj", error, StringComparison.Ordinal);
        Assert.Contains("CS1525", error, StringComparison.Ordinal);
        notebook.Write(source, "public class BroughtIn { public static int X => 42; }");
        Assert.Equal("42", await notebook.ValueAsync("#r \"brought/BroughtIn.csproj\"\nBroughtIn.X"));
        Assert.Equal("42", await notebook.ValueAsync("#:project brought/BroughtIn.csproj\nBroughtIn.X"));
    }

    [Fact]
    public async Task A_package_is_named_as_in_a_program_of_one_file()
    {
        Sdk.Need();
        await using var notebook = new TestNotebook();
        notebook.Write("nuget.config",
            "<configuration><packageSources><clear /><add key=\"e\" value=\".\" /></packageSources></configuration>");
        var error = (await notebook.RunAsync("#:package Gsr.No.Such.Package@1.0.0\n1", Token)).Error;
        Assert.Contains("Gsr.No.Such.Package", error.Value, StringComparison.Ordinal);
        Assert.Contains("NU11", error.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_that_nobody_answers_names_the_parameter_instead()
    {
        await using var notebook = new TestNotebook();
        Assert.Contains("-p", (await notebook.RunAsync("await Kernel.GetInputAsync(\"Who?\")", Token)).Error.Value);
        Assert.Contains("Who?",
            (await notebook.RunAsync("#!set --name who --value @input:Who?", Token)).Error.Value);
    }

    [Fact]
    public async Task About_tells_the_versions()
    {
        await using var notebook = new TestNotebook();
        var ran = await notebook.RunAsync("#!about", Token);
        Assert.Contains(Environment.Version.ToString(), ran.Outputs.OfType<DisplayOutput>().Single().Bundle.Plain());
    }

    [Fact]
    public void Markdown_has_prose_code_outputs_and_pictures()
    {
        var notebook = Notebook.Parse("""
            { "nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [
              { "cell_type": "markdown", "metadata": {}, "source": "# T\n![a](attachment:a.png)",
                "attachments": { "a.png": { "image/png": "AQID" } } },
              { "cell_type": "code", "metadata": {}, "execution_count": 1, "source": "x", "outputs": [
                { "output_type": "stream", "name": "stdout", "text": "a ``` b\n" },
                { "output_type": "display_data", "metadata": {}, "data": { "image/png": "BAU=", "text/plain": "p" } },
                { "output_type": "execute_result", "execution_count": 1, "metadata": {},
                  "data": { "text/html": "<b>1</b>", "text/plain": "1" } } ] } ] }
            """, "x.ipynb");
        var writer = new MarkdownWriter("x_files");
        Assert.Equal("""
            # T
            ![a](x_files/cell-1-a.png)

            ```csharp
            x
            ```

            ````text
            a ``` b
            ````

            ![cell-2-2](x_files/cell-2-2.png)

            ```text
            1
            ```

            """.ReplaceLineEndings("\n"), writer.Write(notebook));
        Assert.Equal(["cell-1-a.png", "cell-2-2.png"], writer.Pictures.Keys);
        Assert.Equal([4, 5], writer.Pictures["cell-2-2.png"]);
    }
}
