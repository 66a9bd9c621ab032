using Gsr.Kernel.Outputs;
using Gsr.Kernel.Sessions.Commands;
using Gsr.Kernel.Sessions.Execution;

namespace Gsr.Kernel.Sessions.Languages;

/// <summary><c>#!value --name x</c>: keeps text, of the cell or a file, as a string for other languages.</summary>
internal sealed class ValueLanguage(string workingDirectory)
    : CellLanguage("value", "keeps the cell's text as a value: #!value --name NAME [--from-file PATH]")
{
    private readonly Dictionary<string, object?> _values = [];

    public override IEnumerable<CellVariable> Variables =>
        _values.Select(value => new CellVariable(value.Key, value.Value?.GetType() ?? typeof(object), value.Value));

    public override Task<MimeBundle?> RunAsync(CodePart part, RunningCell cell)
    {
        var options = CommandOptions.Parse(part.Options, "name", "from-file");
        var name = options["name"] ?? throw new CommandException("#!value needs a name: #!value --name NAME");
        if (options["from-file"] is not { } file)
        {
            _values[name] = part.Text;
            return Task.FromResult<MimeBundle?>(null);
        }
        var path = Path.GetFullPath(file, workingDirectory);
        try
        {
            _values[name] = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"#!value --from-file {file}: {e.Message}");
        }
        return Task.FromResult<MimeBundle?>(null);
    }

    public override Task SetAsync(string name, object? value, RunningCell cell)
    {
        _values[name] = value;
        return Task.CompletedTask;
    }

    public override void Reset() => _values.Clear();
}
