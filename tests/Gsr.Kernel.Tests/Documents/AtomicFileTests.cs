using Gsr.Internals;

namespace Gsr.Kernel.Tests.Documents;

public class AtomicFileTests
{
    [Fact]
    public async Task A_file_that_is_held_for_a_moment_is_replaced_after_it()
    {
        using var folder = new TemporaryFolder();
        // A folder of its name cannot be replaced on any system, as a file that another program holds on Windows.
        Directory.CreateDirectory(folder["x.txt"]);
        var release = Task.Run(async () =>
        {
            await Task.Delay(300, TestContext.Current.CancellationToken);
            Directory.Delete(folder["x.txt"]);
        }, TestContext.Current.CancellationToken);
        AtomicFile.WriteAllText(folder["x.txt"], "new");
        await release;
        Assert.Equal("new", File.ReadAllText(folder["x.txt"]));
    }

    [Fact]
    public void A_file_held_open_on_Windows_is_replaced_when_it_is_let_go()
    {
        Assert.SkipUnless(OperatingSystem.IsWindows(), "Only Windows keeps an open file in its place.");
        using var folder = new TemporaryFolder();
        folder.Write("x.txt", "old");
        var holder = File.OpenRead(folder["x.txt"]);
        using var release = new Timer(_ => holder.Dispose(), null, 300, Timeout.Infinite);
        AtomicFile.WriteAllText(folder["x.txt"], "new");
        Assert.Equal("new", File.ReadAllText(folder["x.txt"]));
    }

    [Fact]
    public void What_cannot_be_written_is_named_and_nothing_is_left_behind()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["held"]);
        var target = Path.Combine(folder.Write("file", ""), "x.txt");
        Assert.Contains(target, Assert.Throws<IOException>(() => AtomicFile.WriteAllText(target, "new")).Message);
        Assert.Contains(
            folder["held"], Assert.Throws<IOException>(() => AtomicFile.WriteAllText(folder["held"], "new")).Message);
        Assert.Contains(
            folder["file"], Assert.Throws<IOException>(() => AtomicFile.CheckFolder(folder["file"])).Message);
        AtomicFile.CheckFolder(folder["new"]);
        Assert.Equal(["file", "held", "new"],
            Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName).Order());
    }
}
