using System.Text.RegularExpressions;

namespace Gsr.Notebooks.Tests.Architecture;

/// <summary>The flow charts of a Markdown text: chains such as <c>A --> B &amp; C --> D</c> within subgraphs.</summary>
internal static partial class MermaidPicture
{
    /// <summary>The arrows of each subgraph, by its title.</summary>
    public static IReadOnlyDictionary<string, HashSet<(string From, string To)>> Read(string markdown)
    {
        var pictures = new Dictionary<string, HashSet<(string From, string To)>>();
        foreach (Match block in Block().Matches(markdown))
        {
            var open = new Stack<HashSet<(string From, string To)>>();
            foreach (var line in block.Groups["text"].Value.Split('\n', StringSplitOptions.TrimEntries))
            {
                if (Subgraph().Match(line) is { Success: true } subgraph)
                    open.Push(pictures[subgraph.Groups["title"].Value] = []);
                else if (line == "end")
                    open.Pop();
                else if (line.Contains("-->", StringComparison.Ordinal))
                    open.Peek().UnionWith(Arrows(line));
            }
        }
        return pictures;
    }

    private static IEnumerable<(string From, string To)> Arrows(string line)
    {
        var steps = Label()
            .Replace(line, "").Split("-->").Select(step => step.Split('&', StringSplitOptions.TrimEntries)).ToList();
        return steps.Zip(steps.Skip(1)).SelectMany(pair =>
            pair.First.SelectMany(from => pair.Second.Select(to => (from, to))));
    }

    [GeneratedRegex(@"^```mermaid\s*\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("""^subgraph\s+(?:\w+\[")?(?<title>[^"\]]+?)(?:"\])?$""")]
    private static partial Regex Subgraph();

    [GeneratedRegex(@"\[[^\]]*\]")]
    private static partial Regex Label();
}
