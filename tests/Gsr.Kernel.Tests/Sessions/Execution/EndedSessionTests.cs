using System.Runtime.CompilerServices;

namespace Gsr.Kernel.Tests.Sessions.Execution;

/// <summary>A program that uses the engine may have many sessions, one after another.</summary>
public sealed class EndedSessionTests
{
    [Fact]
    public async Task Nothing_holds_a_session_that_has_ended()
    {
        List<WeakReference> ended = [await UseAsync(), await UseAsync(), await UseAsync()];
        for (var i = 0; i < 20 && ended.Exists(session => session.IsAlive); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            // Its thread may be about to end.
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
        Assert.DoesNotContain(ended, session => session.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> UseAsync()
    {
        await using var notebook = new TestNotebook();
        await notebook.ValueAsync(
            "var large = new byte[10_000_000];", "int F(int n) => n + large.Length; F(2)",
            "Enumerable.Range(0, 10).Select(i => new { i }).ToList()", "display(large.Length);");
        return new WeakReference(notebook);
    }
}
