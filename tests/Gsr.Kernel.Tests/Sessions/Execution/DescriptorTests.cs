namespace Gsr.Kernel.Tests.Sessions.Execution;

/// <summary>What does not pass through the console of .NET.</summary>
public sealed class DescriptorTests
{
    private const string Declarations = """
        using System.Runtime.InteropServices;
        [DllImport("libc")] static extern int puts(string text);
        [DllImport("libc")] static extern int fflush(IntPtr file);
        """;

    [Fact]
    public async Task Native_code_and_child_processes_are_captured_in_order()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "calls the C library of Linux");
        await using var notebook = new TestNotebook(captureFileDescriptors: true);
        await notebook.ValueAsync(Declarations);
        var ran = await notebook.RunAsync(
            """
            puts("native"); fflush(IntPtr.Zero);
            display("between");
            puts("unflushed");
            display("again");
            System.Diagnostics.Process.Start("sh", ["-c", "echo child; echo trouble >&2"]).WaitForExit();
            """,
            TestContext.Current.CancellationToken);
        Assert.True(ran.Result.Succeeded);
        // Two pipes have no order between them; each has one within itself.
        var seen = ran.Outputs.Where(o => o is not Outputs.StreamOutput { Name: "stderr" }).Select(o => o switch
        {
            Outputs.StreamOutput s => $"{s.Name}: {s.Text}",
            Outputs.DisplayOutput d => d.Bundle.Plain(),
            _ => o.ToString(),
        });
        Assert.Equal(["stdout: native\n", "between", "stdout: unflushed\n", "again", "stdout: child\n"], seen);
        Assert.Equal("trouble\n", ran.Text("stderr"));
    }
}
