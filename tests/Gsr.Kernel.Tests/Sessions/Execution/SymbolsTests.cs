using System.Diagnostics;
using System.IO.Compression;
using System.Reflection;
using System.Reflection.Metadata;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Gsr.Kernel.Tests.Sessions.Execution;

/// <summary>What a debugger outside of the process would stand on: the symbols of a cell in the runtime.</summary>
public sealed class SymbolsTests
{
    private const BindingFlags Inside = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;
    private const string Fault = "a fault to find symbols by";
    private const string Throw = "throw new InvalidOperationException(\"" + Fault + "\");";

    // Portable PDB's names for a source that is inside, and for C#.
    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");
    private static readonly Guid CSharp = new("3F5162F8-07C6-11D3-9053-00C04FA302A1");

    [Theory]
    [InlineData(4, "var total = 0; // é\nfor (var i = 0; i < 3; i++)\n    total += i;\n" + Throw)]
    [InlineData(3, "int Twice(int n)\n{\n    " + Throw + "\n}\nTwice(2)")]
    [InlineData(6, "#!lib\npublic static class Doubled\n{\n    public static void Of()\n    {\n        " + Throw
        + "\n    }\n}", "Doubled.Of();")]
    public async Task Hold_the_cell_as_it_was_written_in_its_own_lines(int line, string code, string? call = null)
    {
        await using var notebook = new TestNotebook();
        if (call is not null)
            await notebook.ValueAsync(code);
        var thrown = new TaskCompletionSource<Exception>();
        void Take(object? sender, FirstChanceExceptionEventArgs e)
        {
            if (e.Exception.Message == Fault)
                thrown.TrySetResult(e.Exception);
        }
        AppDomain.CurrentDomain.FirstChanceException += Take;
        try
        {
            await notebook.RunAsync(call ?? code, TestContext.Current.CancellationToken);
        }
        finally
        {
            AppDomain.CurrentDomain.FirstChanceException -= Take;
        }

        var error = await thrown.Task;
        var frame = new StackTrace(error, fNeedFileInfo: true).GetFrame(0)!;
        Assert.Equal(("cell 1", line), (frame.GetFileName(), frame.GetFileLineNumber()));
        var (text, language) = ReadSource(error);
        // The line that names the language is the engine's own.
        Assert.Equal(code.Replace("#!lib", "", StringComparison.Ordinal), text);
        Assert.Equal(CSharp, language);
    }

    // The runtime gives its symbols to nobody but its own stack traces.
    private static (string Text, Guid Language) ReadSource(Exception error)
    {
        var helper = Activator.CreateInstance(
            typeof(StackTrace).Assembly.GetType("System.Diagnostics.StackFrameHelper")!, nonPublic: true)!;
        helper.GetType().GetMethod("InitializeSourceInfo", Inside)!.Invoke(helper, [true, error]);
        var image = new byte[Field<int>("rgiInMemoryPdbSize")];
        Marshal.Copy(Field<nint>("rgInMemoryPdbAddress"), image, 0, image.Length);
        using var provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(image));
        var symbols = provider.GetMetadataReader();
        var document = symbols.Documents.Single(one => symbols.GetString(symbols.GetDocument(one).Name) == "cell 1");
        var embedded = symbols.GetCustomDebugInformation(document).Select(symbols.GetCustomDebugInformation)
            .Single(one => symbols.GetGuid(one.Kind) == EmbeddedSource);
        // The length before it was compressed, 0 when it was not.
        var blob = symbols.GetBlobBytes(embedded.Value);
        Stream bytes = new MemoryStream(blob[4..]);
        if (BitConverter.ToInt32(blob) > 0)
            bytes = new DeflateStream(bytes, CompressionMode.Decompress);
        using var reader = new StreamReader(bytes, Encoding.UTF8);
        return (reader.ReadToEnd(), symbols.GetGuid(symbols.GetDocument(document).Language));

        T Field<T>(string name) => ((T[])helper.GetType().GetField(name, Inside)!.GetValue(helper)!)[0];
    }
}
