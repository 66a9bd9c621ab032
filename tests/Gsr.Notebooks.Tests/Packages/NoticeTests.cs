using System.Xml.Linq;

namespace Gsr.Notebooks.Tests.Packages;

/// <summary>The notices that each package carries, and the version that other files repeat.</summary>
public sealed class NoticeTests
{
    private static readonly string Folder = Path.Combine(Workbook.Folder, "lib", "notices");
    private static readonly string Committed = Path.Combine(Folder, "THIRD-PARTY-NOTICES.txt");

    [Fact]
    public void The_notices_name_all_that_the_packages_carry()
    {
        var text = Notices.Text();
        // After a change of packages: GSR_NOTICES=write dotnet test ...
        if (Environment.GetEnvironmentVariable("GSR_NOTICES") == "write") File.WriteAllText(Committed, text);
        Assert.Equal(text, File.ReadAllText(Committed));
    }

    [Fact]
    public void The_text_of_every_licence_lies_beside_the_notices()
    {
        var named = File.ReadLines(Committed).Where(line => line.EndsWith(".txt", StringComparison.Ordinal));
        Assert.All(named, name => Assert.True(File.Exists(Path.Combine(Folder, name)), name));
    }

    [Fact]
    public void Who_cites_and_who_installs_reads_the_version_of_the_packages()
    {
        var version = XDocument.Load(Path.Combine(Workbook.Folder, "Directory.Build.props"))
            .Descendants("Version").Single().Value;
        Assert.Contains($"version: {version}", File.ReadAllLines(Path.Combine(Workbook.Folder, "CITATION.cff")));
        Assert.Equal(
            version, (string?)Workbook.Read(Path.Combine(Workbook.Folder, "lib/gsr-vscode/package.json"))["version"]);
    }
}
