using Gsr.Kernel.Outputs;
using Gsr.Kernel.Tests.Sessions.Packages;

namespace Gsr.Kernel.Tests.Sessions.Execution;

/// <summary>What native functions throw is an error of the cell, also where they do not catch it themselves.</summary>
public sealed class NativeErrorTests
{
    // Gsr brings libtorch.
    private static readonly string Library =
        Path.Combine(Clients.JupyterHome.Repository, "artifacts", "bin", "Gsr", "release", "Gsr.dll");

    [Theory]
    [InlineData("torch.ones(2, 3).mm(torch.ones(2, 3))", "mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)")]
    [InlineData("torch.ones(2, 3).matmul(torch.ones(2, 3))", "mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)")]
    [InlineData("torch.ones(2, 3).cummax(9)", "Dimension out of range (expected to be in range of [-2, 1], but got 9)")]
    [InlineData(
        "var a = torch.ones(3, requires_grad: true); torch.autograd.grad([a * 2], [a], [torch.ones(2)])",
        "invalid gradient at index 0 - got [2] but expected shape compatible with [3]")]
    [InlineData(
        "await Task.Run(() => torch.ones(2, 3).matmul(torch.ones(2, 3)))",
        "mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)")]
    [InlineData(
        "var t = new System.Threading.Thread(() => torch.ones(2, 3).matmul(torch.ones(2, 3))); t.Start(); t.Join();",
        "mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)")]
    [InlineData(
        "Task.Run(() => torch.ones(2, 3).matmul(torch.ones(2, 3))); while (true) ;",
        "mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)")]
    public async Task Its_text_is_that_of_the_library_and_the_session_lives(string code, string text)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The C++ library of Linux is asked.");
        Libtorch.Need();
        await using var notebook = new TestNotebook();
        await notebook.ValueAsync(
            $"#r \"{Library}\"\nusing TorchSharp;\nGsr.Native.TorchNatives.Load();\nvar kept = torch.ones(2);");
        var ran = await notebook.RunAsync("Console.Write(\"before\");\n" + code, TestContext.Current.CancellationToken);
        Assert.Equal(text, ran.Error.Value);
        Assert.Equal(text, Assert.Single(ran.Outputs.OfType<ErrorOutput>()).Value);
        Assert.Contains(ran.Error.Traceback, line => line.Contains("cell 2:line 2", StringComparison.Ordinal));
        Assert.Equal("before", ran.Text("stdout"));
        Assert.Equal("2", await notebook.ValueAsync("kept.sum().item<float>()"));
    }
}
