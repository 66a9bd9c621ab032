using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Gsr.Kernel.Tests.Sessions.Packages;

/// <summary>
/// Compiles small libraries for cells to refer to; each test has its own names, since none is ever unloaded.
/// </summary>
internal static class TestAssembly
{
    // The key of the standard, which the framework's oldest assemblies have: its token is b77a5c561934e089.
    private static readonly byte[] FrameworkKey = [0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0];

    public static string Compile(string folder, string name, string code, params string[] references) =>
        Compile(folder, name, code, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary), references);

    /// <summary>One with the identity of an assembly of the framework.</summary>
    public static string CompileOfFramework(string folder, string name, string code) => Compile(
        folder, name, "[assembly: System.Reflection.AssemblyVersion(\"4.0.0.0\")]\n" + code,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
            .WithPublicSign(true).WithCryptoPublicKey([.. FrameworkKey]));

    private static string Compile(
        string folder, string name, string code, CSharpCompilationOptions options, params string[] references)
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
            options);
        var emitted = compilation.Emit(path);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        return path;
    }
}
