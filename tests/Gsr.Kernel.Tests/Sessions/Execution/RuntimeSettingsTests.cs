using Gsr.Kernel.Sessions.Execution;
using Gsr.Kernel.Tests.Running;

namespace Gsr.Kernel.Tests.Sessions.Execution;

/// <summary>A process that runs cells is told its settings, and what cells start is not.</summary>
public sealed class RuntimeSettingsTests
{
    [Fact]
    public void Are_of_the_process_that_runs_a_notebook_alone()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere no file tells with what a process was started.");
        Assert.NotEmpty(RuntimeSettings.OfKernel);
        Assert.Superset(RuntimeSettings.OfKernel.Keys.ToHashSet(), RuntimeSettings.OfRun.Keys.ToHashSet());
        foreach (var (name, value) in RuntimeSettings.OfRun)
        {
            using var folder = new TemporaryFolder();
            folder.Write("x.ipynb", Samples.Notebook(
                $"System.IO.File.ReadAllText(\"/proc/self/environ\").Contains(\"{name}={value}\\0\")",
                $"Environment.GetEnvironmentVariable(\"{name}\") is null"));
            var (exit, output) = GsrProcess.Run(folder, "run", "x.ipynb");
            Assert.True(exit == 0, output);
            Assert.Equal("true", Executed.Text(Executed.Load(folder), 0));
            Assert.Equal("true", Executed.Text(Executed.Load(folder), 1));
        }
    }
}
