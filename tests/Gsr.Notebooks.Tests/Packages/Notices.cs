using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Gsr.Notebooks.Tests.Packages;

/// <summary>
/// What lib/notices/THIRD-PARTY-NOTICES.txt has to say: the works of others that our packages carry, and their terms.
/// </summary>
internal static class Notices
{
    // Works that are inside an assembly, or whose package does not say what its authors' sources do.
    private static readonly Dictionary<string, Work> Known = new List<Work>
    {
        new("AsyncIO", "MPL-2.0", "Doron Somech", "https://github.com/somdoron/AsyncIO"),
        new("Deedle", "BSD-2-Clause", "Copyright (c) 2012, BlueMountain Capital Management LLC",
            "https://github.com/fslaborg/Deedle"),
        new("Fable.Core", "MIT", "Copyright (c) Alfonso García-Caro and contributors", "https://fable.io"),
        new("K4os.Compression.LZ4", "MIT", "Copyright (c) 2017 Milosz Krajewski",
            "https://github.com/MiloszKrajewski/K4os.Compression.LZ4"),
        new("Microsoft.AspNetCore.Html.Abstractions", "Apache-2.0", "© Microsoft Corporation. All rights reserved.",
            "https://github.com/dotnet/aspnetcore"),
        new("NetMQ", "LGPL-3.0", "the contributors of NetMQ",
            "https://github.com/zeromq/netmq"),
        new("plotly.js 2.28.0, within Plotly.NET", "MIT", "Copyright (c) 2012-2024, Plotly, Inc.",
            "https://github.com/plotly/plotly.js"),
        new("temml 0.13.5", "MIT", "Copyright (c) 2020 Ron Kok", "https://temml.org"),
        new("mermaid 11.12.1", "MIT", "Copyright (c) 2014 - 2022 Knut Sveidqvist", "https://mermaid.js.org"),
    }.ToDictionary(work => work.Name);

    /// <summary>The user's package cache.</summary>
    public static string PackageCache => Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    public static string Text()
    {
        var works = Carried(Path.Combine(Workbook.Folder, "artifacts/bin/Gsr.Kernel/release/Gsr.Kernel.deps.json"))
            .Concat(Known.Values.Where(work => work.Name.Contains(' '))).ToList();
        var text = new StringBuilder("""
            Works of others in the packages of GSR

            Gsr, Gsr.Analysis, Gsr.SingleCell, Gsr.Experiments and Gsr.Templates carry none. Gsr.Interactive carries
            Plotly.NET.Interactive (MIT, of the authors of Plotly.NET). Gsr.Kernel, the command gsr,
            carries what follows; the terms are in the files named, beside this one. Packages of
            Microsoft and CommunityToolkit have notices of their own. NetMQ.dll is a file of its own,
            which may be replaced, and its terms have an exception (LGPL-3.0-exception.txt).

            """);
        foreach (var terms in works.GroupBy(work => work.Terms).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            text.Append($"\n{terms.Key}.txt\n\n");
            foreach (var work in terms.OrderBy(work => work.Name, StringComparer.Ordinal))
                text.Append($"  {work.Name}: {work.Holder.TrimEnd('.')}. {work.Address}".TrimEnd()).Append('\n');
        }
        return text.ToString();
    }

    /// <summary>The works that a program's description of its dependencies names.</summary>
    public static IEnumerable<Work> Carried(string description) =>
        from library in JsonNode.Parse(File.ReadAllText(description))!["targets"]!.AsObject().First().Value!.AsObject()
        where library.Value!["runtime"] is not null && !library.Key.StartsWith("Gsr.", StringComparison.Ordinal)
        let parts = library.Key.Split('/')
        select Of(parts[0], parts[1]);

    private static Work Of(string id, string version)
    {
        var said = XDocument.Load(Path.Combine(
            PackageCache, id.ToLowerInvariant(), version, id.ToLowerInvariant() + ".nuspec"))
            .Descendants().Where(element => !element.HasElements)
            .GroupBy(element => element.Name.LocalName).ToDictionary(same => same.Key, same => same.First());
        var name = $"{id} {version}";
        if (Known.TryGetValue(id, out var known)) return known with { Name = name };
        Assert.Equal("expression", (string?)said["license"].Attribute("type"));
        return new(name, said["license"].Value, (said.GetValueOrDefault("copyright") ?? said["authors"]).Value,
            said.GetValueOrDefault("projectUrl")?.Value ?? "");
    }

    internal sealed record Work(string Name, string Terms, string Holder, string Address);
}
