using System.Reflection.PortableExecutable;
using Gsr.Kernel.Sessions.Execution;
using Microsoft.CodeAnalysis.CSharp;

namespace Gsr.Kernel.Tests.Sessions.Execution;

/// <summary>What is done so that the first cell need not wait, and that nobody sees anything of it.</summary>
public sealed class WarmUpTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Leaves_nothing_that_a_cell_could_see()
    {
        await using var cold = new TestNotebook();
        await using var warm = new TestNotebook();
        Assert.True(await warm.WarmUp(Token));
        foreach (var code in (string[])["#!who", "class C; new C()", "points", "var points = 1; points", "#!whos"])
        {
            var (expected, actual) = (await cold.RunAsync(code, Token), await warm.RunAsync(code, Token));
            Assert.Equal(expected.Value, actual.Value);
            Assert.Equal(expected.Result.Error?.Traceback, actual.Result.Error?.Traceback);
            Assert.Equal(expected.Result.ExecutionCount, actual.Result.ExecutionCount);
            Assert.Equal(expected.Text("stdout"), actual.Text("stdout"));
            Assert.Equal(expected.Outputs.Count, actual.Outputs.Count);
        }
    }

    [Fact]
    public async Task Stops_when_it_is_told_to_and_the_first_cell_runs()
    {
        await using var notebook = new TestNotebook();
        using var stop = new CancellationTokenSource();
        var warmUp = notebook.WarmUp(stop.Token);
        await stop.CancelAsync();
        Assert.Equal("2", await notebook.ValueAsync("1 + 1"));
        Assert.False(await warmUp.WaitAsync(TimeSpan.FromMinutes(1), Token));
    }

    [Theory]
    [InlineData(typeof(Session))]
    [InlineData(typeof(CSharpCompilation))]
    public void What_a_build_makes_is_compiled_ahead_of_time(Type type)
    {
        using var file = new PEReader(File.OpenRead(type.Assembly.Location));
        Assert.SkipWhen(file.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size == 0 && !HasImages,
            "The build could not get the compiler for that, microsoft.netcore.app.crossgen2.");
        Assert.NotEqual(0, file.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size);
    }

    // artifacts/bin/Gsr.Kernel.Tests/release
    private static bool HasImages =>
        Directory.Exists(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "ready"));
}
