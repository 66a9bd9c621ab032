using System.Runtime.CompilerServices;

namespace Gsr.Kernel.Tests;

/// <summary>The engine stays small and apart.</summary>
public sealed class EngineSizeTests
{
    // What executes cells and speaks the protocol. Beside it stand formatters, completion, and what handles files: documents,
    // the runner, pages, pictures.
    private static readonly string[] s_core = ["Capture", "Commands", "Execution", "Jupyter", "Languages", "Outputs", "Packages"];

    private static readonly string s_engine = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "lib", "Gsr.Kernel"));

    [Fact]
    public void Its_core_has_at_most_four_thousand_lines()
    {
        var lines = s_core.SelectMany(folder => Directory.GetFiles(Path.Combine(s_engine, folder), "*.cs")).Sum(CodeLines);
        Assert.InRange(lines, 2000, 4000);
    }

    [Fact]
    public void Each_file_is_short() =>
        Assert.All(Directory.GetFiles(s_engine, "*.cs", SearchOption.AllDirectories), file => Assert.InRange(CodeLines(file), 0, 300));

    [Fact]
    public void It_knows_nothing_of_the_library() =>
        Assert.DoesNotContain(typeof(GsrCommand).Assembly.GetReferencedAssemblies(), name => name.Name is "Gsr" or "TorchSharp");

    private static int CodeLines(string file) =>
        File.ReadLines(file).Select(line => line.Trim()).Count(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal));

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
