using Gsr.Kernel.Pages.Pictures;

namespace Gsr.Kernel.Tests.Pages.Pictures;

public class BrowserLocationTests
{
    [Fact]
    public void The_variable_comes_first_and_is_not_passed_over()
    {
        using var folder = new TemporaryFolder();
        var own = Program(folder, "own");
        Program(folder, "bin/chromium");
        Assert.Equal(own, Find(folder, own).Path);
        var wrong = Find(folder, folder["none"]);
        Assert.Null(wrong.Path);
        Assert.Equal($"GSR_CHROMIUM names {folder["none"]}, which does not exist", wrong.Reason);
    }

    [Fact]
    public void Names_are_looked_for_in_their_order_on_the_path()
    {
        using var folder = new TemporaryFolder();
        var edge = Program(folder, "bin/msedge");
        Assert.Equal(edge, Find(folder).Path);
        var chrome = Program(folder, "sbin/google-chrome");
        Assert.Equal(chrome, Find(folder).Path);
        Assert.Equal(chrome, Find(folder, "").Path);
    }

    [Fact]
    public void The_usual_places_come_last()
    {
        using var folder = new TemporaryFolder();
        var usual = Program(folder, "Applications/Chrome");
        Assert.Equal(usual, Find(folder, usual: usual).Path);
        Assert.Equal(Program(folder, "bin/chrome"), Find(folder, usual: usual).Path);
    }

    [Fact]
    public void What_cannot_be_started_is_no_browser()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no executable bit.");
        using var folder = new TemporaryFolder();
        folder.Write("bin/chromium", "text");
        Directory.CreateDirectory(folder["sbin/chromium"]);
        var search = Find(folder);
        Assert.Null(search.Path);
        Assert.Contains("GSR_CHROMIUM, PATH, the usual places", search.Reason);
        Assert.Null(BrowserLocation.Find(_ => null, []).Path);
    }

    private static BrowserSearch Find(TemporaryFolder folder, string? variable = null, string? usual = null) =>
        BrowserLocation.Find(
        name => name == "PATH" ? $"{folder["bin"]}{Path.PathSeparator}{Path.PathSeparator}{folder["sbin"]}" : variable,
        usual is null ? [] : [usual]);

    private static string Program(TemporaryFolder folder, string name)
    {
        var path = folder.Write(
            name.Replace('/', Path.DirectorySeparatorChar) + (OperatingSystem.IsWindows() ? ".exe" : ""), "");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
