using System.Runtime.Loader;
using Gsr.Kernel.Tests.Sessions.Execution;

namespace Gsr.Kernel.Tests.Sessions.Packages;

public sealed class AssemblyReferenceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_line_brings_an_assembly_and_what_it_refers_to()
    {
        await using var notebook = new TestNotebook();
        var libraries = Path.Combine(notebook.Folder, "libraries");
        var low = TestAssembly.Compile(
            libraries, "ChainLow",
            "namespace Low; public class Thing { public static int Made; public Thing() => Made++; }");
        var middle = TestAssembly.Compile(
            libraries, "ChainMiddle", "public class Middle { public Low.Thing Make() => new(); }", low);
        TestAssembly.Compile(libraries, "ChainTop", "public class Top { public Middle Middle => new(); }", low, middle);
        Assert.Equal("1", await notebook.ValueAsync(
            "#r \"libraries/ChainTop.dll\"\nusing Low; var thing = new Top().Middle.Make();",
            "Low.Thing same = thing; Thing.Made"));
        Assert.Equal("1", await notebook.ValueAsync("#r \"libraries/ChainTop.dll\"\nThing.Made"));
        Assert.Single(AppDomain.CurrentDomain.GetAssemblies(), a => a.GetName().Name == "ChainLow");
        var own = AssemblyLoadContext.Default.Assemblies.Select(a => a.GetName().Name).ToArray();
        Assert.Contains("ChainLow", own);
        Assert.Contains("ChainTop", own);
    }

    [Fact]
    public async Task Paths_have_slashes_of_either_kind()
    {
        await using var notebook = new TestNotebook();
        TestAssembly.Compile(Path.Combine(notebook.Folder, "b"), "Slashed", "public class Slashed { }");
        Directory.CreateDirectory(Path.Combine(notebook.Folder, "a"));
        notebook.Write(Path.Combine("a", "x.csx"), "var loaded = 1;");
        notebook.Write(Path.Combine("a", "y.cs"), "var imported = 2;");
        Assert.Equal("Slashed", await notebook.ValueAsync(@"#r ""a\..\b/Slashed.dll""" + "\ntypeof(Slashed).Name"));
        Assert.Equal("1", await notebook.ValueAsync(@"#load ""b\..\a/x.csx""" + "\nloaded"));
        Assert.Equal("2", await notebook.ValueAsync(@"#!import b\..\a/y.cs" + "\nimported"));
    }

    [Fact]
    public async Task The_hosts_own_assembly_wins()
    {
        await using var notebook = new TestNotebook();
        var own = typeof(Outputs.MimeBundle).Assembly.Location;
        File.Copy(own, Path.Combine(notebook.Folder, "Gsr.Kernel.dll"));
        var value = await notebook.ValueAsync(
            "#r \"Gsr.Kernel.dll\"\ntypeof(Gsr.Kernel.Outputs.MimeBundle).Assembly.Location");
        Assert.Equal(own, value);
    }

    [Fact]
    public async Task Another_assembly_of_a_name_in_use_is_refused_with_both_places()
    {
        await using var notebook = new TestNotebook();
        string Compile(string folder, int value) => TestAssembly.Compile(
            Path.Combine(notebook.Folder, folder), "Doubled",
            $"public static class Doubled {{ public static int X => {value}; }}");
        var (first, other) = (Compile("a", 1), Compile("b", 2));
        Assert.Equal("1", await notebook.ValueAsync("#r \"a/Doubled.dll\"\nDoubled.X"));
        var error = (await notebook.RunAsync("#r \"b/Doubled.dll\"\nDoubled.X", Token)).Error.Value;
        Assert.Contains(first, error, StringComparison.Ordinal);
        Assert.Contains(other, error, StringComparison.Ordinal);
        if (OperatingSystem.IsWindows())
            return; // where a file that is in use cannot be built anew
        File.Delete(first);
        Compile("a", 3);
        error = (await notebook.RunAsync("#r \"a/Doubled.dll\"", Token)).Error.Value;
        Assert.Contains("built anew", error, StringComparison.Ordinal);
        Assert.Equal("1", await notebook.ValueAsync("Doubled.X"));
    }

    [Fact]
    public async Task References_of_a_cell_that_failed_to_compile_are_not_lost()
    {
        await using var notebook = new TestNotebook();
        TestAssembly.Compile(notebook.Folder, "Retried", "public static class Retried { public static int X => 8; }");
        Assert.False((await notebook.RunAsync("#r \"Retried.dll\"\nnowhere();", Token)).Result.Succeeded);
        Assert.Equal("8", await notebook.ValueAsync("Retried.X"));
    }

    [Fact]
    public async Task The_module_initialiser_runs_with_the_directive()
    {
        await using var notebook = new TestNotebook();
        TestAssembly.Compile(notebook.Folder, "Prepared", """
            static class Module
            {
                [System.Runtime.CompilerServices.ModuleInitializer]
                internal static void Run() => System.AppContext.SetData("Prepared", "yes");
            }
            """);
        Assert.Equal("yes", await notebook.ValueAsync("#r \"Prepared.dll\"\nAppContext.GetData(\"Prepared\")"));
    }

    [Fact]
    public async Task A_library_of_an_older_framework_finds_the_types_of_this_one()
    {
        await using var notebook = new TestNotebook();
        var old = TestAssembly.CompileOfFramework(Path.Combine(notebook.Folder, "old"), "System.Core",
            "namespace System.Linq { public class EnumerableQuery { } }");
        TestAssembly.Compile(notebook.Folder, "Aged",
            "public static class Aged { public static System.Linq.EnumerableQuery Ask() => null; }", old);
        Assert.Equal("true", await notebook.ValueAsync("#r \"Aged.dll\"\nAged.Ask() is null"));
    }

    [Fact]
    public async Task What_a_module_initialiser_complains_of_is_the_cells_error()
    {
        await using var notebook = new TestNotebook();
        TestAssembly.Compile(notebook.Folder, "Unprepared", """
            static class Module
            {
                [System.Runtime.CompilerServices.ModuleInitializer]
                internal static void Run() => throw new System.NotSupportedException("needs a newer machine");
            }
            """);
        var error = (await notebook.RunAsync("\n#r \"Unprepared.dll\"", Token)).Error;
        Assert.Equal("needs a newer machine", error.Value);
        Assert.Equal(["cell 1(2,1): error: needs a newer machine"], error.Traceback);
    }

    [Fact]
    public async Task A_missing_file_is_named_with_the_command_that_builds_it()
    {
        using var home = new TemporaryFolder();
        var root = home.Path;
        File.WriteAllText(Path.Combine(root, "All.sln"), "");
        var folder = Directory.CreateDirectory(Path.Combine(root, "notebooks")).FullName;
        await using var notebook = new TestNotebook(folder: folder);
        var error = (await notebook.RunAsync("#r \"../bin/release/None.dll\"", Token)).Error;
        Assert.Contains(Path.Combine(root, "bin", "release", "None.dll"), error.Value, StringComparison.Ordinal);
        Assert.EndsWith($"dotnet build {Path.Combine("..", "All.sln")}", error.Value, StringComparison.Ordinal);
        Assert.Single(error.Traceback);
        // The notebook alone, elsewhere.
        File.Delete(Path.Combine(root, "All.sln"));
        Assert.EndsWith("#r \"nuget: None\"", (await notebook.RunAsync(
            "#r \"../bin/release/None.dll\"", Token)).Error.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_assembly_is_named()
    {
        await using var notebook = new TestNotebook();
        var path = notebook.Write("text.dll", "not at all");
        Assert.Equal($"{path} is not a .NET assembly.",
            (await notebook.RunAsync("#r \"text.dll\"", Token)).Error.Value);
    }

    [Fact]
    public async Task A_file_may_bear_another_name_than_its_assembly()
    {
        await using var notebook = new TestNotebook();
        var built = TestAssembly.Compile(
            notebook.Folder, "InnerName", "public static class Renamed { public static int X => 6; }");
        File.Move(built, Path.Combine(notebook.Folder, "outer-name.dll"));
        Assert.Equal("6", await notebook.ValueAsync("#r \"outer-name.dll\"\nRenamed.X"));
        Assert.Single(AppDomain.CurrentDomain.GetAssemblies(), a => a.GetName().Name == "InnerName");
    }

    [Fact]
    public async Task A_directive_without_an_argument_says_how_it_is_written()
    {
        await using var notebook = new TestNotebook();
        Assert.StartsWith("#r names nothing",
            (await notebook.RunAsync("#r \"\"", Token)).Error.Value, StringComparison.Ordinal);
    }
}
