using System.Text.RegularExpressions;
using Gsr.Kernel.Tests;

namespace Gsr.Notebooks.Tests;

/// <summary>What the web site and the documentation lead to is there.</summary>
public sealed partial class LinkTests
{
    [Fact]
    public async Task Pages_of_the_site_lead_to_files_and_places_that_are_there_and_share_their_scripts()
    {
        using var folder = new TemporaryFolder();
        var site = folder.Path;
        var (exit, output) = await Workbook.Start("Gsr.Kernel/release/Gsr.Kernel.dll",
            "export", "--html", "--site", "notebooks", "--out", site);
        Assert.True(exit == 0, output);
        var pages = Directory.GetFiles(site, "*.html").ToDictionary(path => Path.GetFileName(path), File.ReadAllText);
        Assert.Equal(Workbook.Notebooks.Count + 1, pages.Count);
        Assert.Single(Directory.GetFiles(site, "plotly*.js"));
        foreach (var (name, text) in pages)
        {
            Assert.InRange(text.Length, 1, 2_000_000);
            foreach (Match match in Attribute().Matches(text))
            {
                var link = Uri.UnescapeDataString(match.Groups[1].Value);
                var parts = link.Split('#', 2);
                var target = parts[0].Length == 0 ? name : parts[0];
                Assert.True(File.Exists(Path.Combine(site, target)), $"{name} leads to {link}.");
                if (parts.Length > 1 && parts[1].Length > 0 && pages.TryGetValue(target, out var there))
                    Assert.True(there.Contains($"id=\"{parts[1]}\""), $"{name} leads to {link}.");
            }
        }
    }

    [Fact]
    public void Documents_lead_to_files_that_are_there()
    {
        string[] folders = ["lib", "notebooks", "tests", ".github"];
        var documents = Directory.GetFiles(Workbook.Folder, "*.md").Concat(folders.SelectMany(folder =>
            Directory.GetFiles(Path.Combine(Workbook.Folder, folder), "*.md", SearchOption.AllDirectories)))
            .Where(path => !path.Contains("node_modules", StringComparison.Ordinal));
        var missing = documents.SelectMany(path => Markdown().Matches(File.ReadAllText(path))
            .Select(match => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, match.Groups[1].Value)))
            // "../../codespaces/new" is a page of the repository on GitHub.
            .Where(target => target.StartsWith(Workbook.Folder, StringComparison.Ordinal) && !Path.Exists(target))
            .Select(target => $"{path} leads to {target}."));
        Assert.Empty(missing);
    }

    [GeneratedRegex("""\s(?:href|src)="(?![a-z]+:|//)([^"]+)""")]
    private static partial Regex Attribute();

    [GeneratedRegex(@"\]\((?![a-z]+:|#)([^)#\s]+)")]
    private static partial Regex Markdown();
}
