using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Documents.Parameters;

namespace Gsr.Kernel.Tests.Documents.Parameters;

public class ParameterTests
{
    [Theory]
    [InlineData("const int N = 1;", "7", "const int N = 7;")]
    [InlineData("int N = 1;", "-7", "int N = -7;")]
    [InlineData("long N = 1;", "5000000000", "long N = 5000000000L;")]
    [InlineData("double N = 1;", "0.5", "double N = 0.5;")]
    [InlineData("double N = 1;", "1e-5", "double N = 1E-05;")]
    [InlineData("double N = 1;", "NaN", "double N = double.NaN;")]
    [InlineData("float N = 1;", "2.5", "float N = 2.5f;")]
    [InlineData("decimal N = 1;", "1.10", "decimal N = 1.10m;")]
    [InlineData("bool N = true;", "False", "bool N = false;")]
    [InlineData("const string N = \"a\";", "quick", "const string N = \"quick\";")]
    [InlineData("string? N = null;", "null", "string? N = null;")]
    [InlineData("var N = 1;", "7", "var N = 7;")]
    [InlineData("var N = -1.5;", "2", "var N = 2.0;")]
    [InlineData("var N = 1L;", "2", "var N = 2L;")]
    [InlineData("var N = 1f;", "2", "var N = 2f;")]
    [InlineData("var N = \"x\";", "", "var N = \"\";")]
    [InlineData("var N = true;", "false", "var N = false;")]
    [InlineData("int[] N = { 1, 2 };", "[3, -4]", "int[] N = [3, -4];")]
    [InlineData("double[] N = [0, 1];", "[1e-3]", "double[] N = [0.001];")]
    [InlineData("string[] N = [\"a\"];", "[\"x\", \"y\\\"z\"]", "string[] N = [\"x\", \"y\\\"z\"];")]
    [InlineData(
        "// the seed\nconst int M = 1, N = 2; // keep\n\nvar O = 3;", "7",
        "// the seed\nconst int M = 1, N = 7; // keep\n\nvar O = 3;")]
    [InlineData("#!csharp\nvar N = 1;", "2", "#!csharp\nvar N = 2;")]
    public void A_value_is_replaced_by_its_declarations_type(string source, string value, string expected) =>
        Assert.Equal(expected, Replace(source, value));

    [Theory]
    [InlineData("int N = 1;", "1.5")]
    [InlineData("int N = 1;", "5000000000")]
    [InlineData("int N = 1;", " 1; System.Environment.Exit(1)")]
    [InlineData("int N = 1;", "")]
    [InlineData("uint N = 1;", "-1")]
    [InlineData("double N = 1;", "0,5")]
    [InlineData("double N = 1;", "1,000")]
    [InlineData("double N = 1;", "1e999")]
    [InlineData("float N = 1;", "1e40")]
    [InlineData("bool N = true;", "1")]
    [InlineData("char N = 'a';", "ab")]
    [InlineData("int N = 1;", "null")]
    [InlineData("int[] N = [1];", "[1, x]")]
    [InlineData("int[] N = [1];", "[1]; Evil()")]
    [InlineData("int[] N = [1];", "[System.Environment.ExitCode]")]
    [InlineData("int[] N = [1];", "1")]
    [InlineData("var N = new object();", "1")]
    [InlineData("System.DateTime N = System.DateTime.Now;", "1")]
    public void A_wrong_value_is_refused(string source, string value)
    {
        var message = Assert.Throws<UsageException>(() => Replace(source, value)).Message;
        Assert.Contains("N", message);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void What_parameters_are_set_to_is_told_as_JSON()
    {
        var notebook = Notebook.Parse(Samples.Notebook(
            """
            int N = -3; var X = 1e-3; float F = 2; var S = "a\"b"; char C = 'c'; bool B = true; decimal D = 1.50m;
            string? NONE = null; int[] L = [1, -2]; string[] T = ["x", "y"]; var LATER = DateTime.Now;
            """), "x");
        Assert.Equal(
            """{"N":-3,"X":0.001,"F":2,"S":"a\u0022b","C":"c","B":true,"D":1.50,"NONE":null,"""
            + """ "L":[1,-2],"T":["x","y"],"LATER":"DateTime.Now"}""".TrimStart(),
            ParameterCell.Values(notebook).ToJsonString());
    }

    [Fact]
    public void No_string_escapes_its_literal() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonNull<string>>(),
        text => Evaluate(text.Get) == text.Get).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("\"; System.Environment.FailFast(null); //")]
    [InlineData("{System.Environment.MachineName}")]
    [InlineData("\\")]
    [InlineData("\r\n\u2028\u0085\0\uD800")]
    [InlineData("\"\"\"")]
    public void Escape_attempts_become_text(string text) => Assert.Equal(text, Evaluate(text));

    [Fact]
    public async Task The_machines_language_does_not_matter()
    {
        var german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        german.NumberFormat.NumberDecimalSeparator = ",";
        german.NumberFormat.NumberGroupSeparator = ".";
        german.NumberFormat.NegativeSign = "~";
        await Task.Run(() =>
        {
            CultureInfo.CurrentCulture = german;
            Assert.Equal("double N = -0.5;", Replace("double N = 1;", "-0.5"));
            Assert.Equal("var N = -2;", Replace("var N = 1;", "-2"));
        }, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void The_tagged_cell_wins()
    {
        var notebook = Notebook.Parse(Samples.Notebook(
            Samples.Code("const int A = 1;"), Samples.Code("var epochs = 3;\nPrepare();", "parameters")), "x");
        Assert.Equal(["epochs"],
            Assert.Single(ParameterCell.Find(notebook)).Parameters.Select(parameter => parameter.Name));
    }

    [Fact]
    public void Without_a_tag_the_first_cell_of_upper_case_declarations_is_taken()
    {
        var notebook = Notebook.Parse(Samples.Notebook(
            "using System;", "var a = 1;", "int X = 1; Console.WriteLine();", "int Y;",
            "// here\nconst string PROFILE = \"full\";\nvar SEED_2 = 3;", "int Z = 1;"), "x");
        Assert.Equal(["PROFILE", "SEED_2"],
            Assert.Single(ParameterCell.Find(notebook)).Parameters.Select(parameter => parameter.Name));
    }

    [Fact]
    public void Without_parameters_there_is_no_cell() =>
        Assert.Empty(ParameterCell.Find(Notebook.Parse(Samples.Notebook("1 + 1", "var x = 2;"), "x")));

    [Fact]
    public void Pairs_are_taken_apart_at_the_first_equals_sign()
    {
        Assert.Equal("b=c", ParameterAssignments.Parse(["A=b=c", "B="])["A"]);
        Assert.Throws<UsageException>(() => ParameterAssignments.Parse(["A"]));
        Assert.Throws<UsageException>(() => ParameterAssignments.Parse(["=1"]));
        Assert.Throws<UsageException>(() => ParameterAssignments.Parse(["A=1", "A=2"]));
    }

    private static string Replace(string source, string value)
    {
        var notebook = Notebook.Parse(Samples.Notebook(Samples.Code(source, "parameters")), "x");
        ParameterCell.Find(notebook)[0].Replace(new Dictionary<string, string> { ["N"] = value });
        return notebook.Cells[0].Source;
    }

    private static string? Evaluate(string value) =>
        (string?)Microsoft.CodeAnalysis.CSharp.SyntaxFactory.ParseExpression(Replace("var N = \"a\";", value)[8..^1])
            .ChildTokens().Single().Value;
}
