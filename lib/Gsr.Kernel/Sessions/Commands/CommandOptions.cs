using System.CommandLine.Parsing;
using Gsr.Kernel.Sessions.Languages;

namespace Gsr.Kernel.Sessions.Commands;

/// <summary>What follows a magic command's name: words, and options of the form <c>--name value</c>.</summary>
internal sealed class CommandOptions
{
    private readonly Dictionary<string, string> _values = [];

    /// <summary>What is no option, in its order.</summary>
    public List<string> Words { get; } = [];

    /// <summary>An option's value; null when it was not given.</summary>
    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>Divides a line; quotes keep a value with blanks together.</summary>
    public static CommandOptions Parse(string line, params IReadOnlyList<string> known)
    {
        var options = new CommandOptions();
        var words = CommandLineParser.SplitCommandLine(line).ToArray();
        for (var i = 0; i < words.Length; i++)
        {
            if (!words[i].StartsWith("--", StringComparison.Ordinal))
            {
                options.Words.Add(words[i]);
                continue;
            }
            var name = words[i][2..];
            if (!known.Contains(name))
                throw new CommandException($"there is no option --{name}; there are {Listed(known)}.");
            options._values[name] = ++i < words.Length
                ? words[i] : throw new CommandException($"--{name} needs a value.");
        }
        return options;
    }

    private static string Listed(IReadOnlyList<string> known) =>
        known.Count == 0 ? "none" : string.Join(", ", known.Select(name => "--" + name));
}
