namespace Gsr.Kernel.Sessions.Commands;

/// <summary>The magic commands that there are.</summary>
internal sealed class CommandSet
{
    private readonly Dictionary<string, MagicCommand> _commands;

    public CommandSet() => _commands = new MagicCommand[]
    {
        new TimeCommand(), new WhoCommand(), new WhosCommand(), new ResetCommand(), new ImportCommand(), new ShareCommand(),
        new SetCommand(), new LsMagicCommand(),
    }.ToDictionary(command => command.Name);

    /// <summary>All of them.</summary>
    public IEnumerable<MagicCommand> All => _commands.Values;

    /// <summary>True for the name of a command, whatever its case.</summary>
    public bool Contains(string name) => _commands.ContainsKey(name.ToLowerInvariant());

    /// <summary>The command of a name that there is.</summary>
    public MagicCommand this[string name] => _commands[name];
}
