using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Gsr.Kernel.Tests.Sessions.Packages;

/// <summary>
/// Compiles small libraries for cells to refer to; each test has its own names, since none is ever unloaded.
/// </summary>
internal static class TestAssembly
{
    public static string Compile(string folder, string name, string code, params string[] references)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, name + ".dll");
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var compilation = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(code)],
            [.. new[] { "System.Private.CoreLib", "System.Runtime" }
                .Select(file => Path.Combine(runtime, file + ".dll"))
                .Concat(references)
                .Select(file => MetadataReference.CreateFromFile(file))],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        var emitted = compilation.Emit(path);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        return path;
    }
}
