using Gsr.Kernel.Documents;
using Gsr.Kernel.Sessions.Execution;
using Gsr.Kernel.Sessions.Languages;

namespace Gsr.Kernel.Sessions.Commands;

/// <summary><c>#!import FILE</c>: runs a notebook's code cells, or a source file, as if they stood here.</summary>
internal sealed class ImportCommand() : MagicCommand(
    "import",
    "FILE: runs a notebook (.ipynb, .dib) or a source file (.cs, .csx, .fs, .fsx, .js, .html, .md) in this place")
{
    private static readonly AsyncLocal<IReadOnlyList<string>?> Open = new();

    public override async Task RunAsync(CommandContext context)
    {
        var file = string.Join(' ', CommandOptions.Parse(context.Command.Arguments).Words);
        if (file.Length == 0)
            throw new CommandException("#!import needs a file: #!import PATH");
        var path = FilePaths.Full(file, context.WorkingDirectory);
        var open = Open.Value ?? [];
        if (open.Contains(path, FilePaths.Comparer))
        {
            throw new CommandException(
                $"{file} imports itself, by way of {string.Join(", ", open.Select(Path.GetFileName))}.");
        }
        Open.Value = [.. open, path];
        foreach (var submission in Read(path, file))
            await context.RunAsync(submission);
    }

    private static List<Submission> Read(string path, string file)
    {
        try
        {
            return Path.GetExtension(path).ToLowerInvariant() switch
            {
                ".ipynb" or ".dib" => [.. Notebook.Load(path).Cells.Where(CellSource.HasCode)
                    .Select((cell, i) => CellSource.Submission(cell, $"{Path.GetFileName(path)} cell {i + 1}"))],
                ".cs" or ".csx" => One(Submission.CSharp),
                ".fs" or ".fsx" => One("fsharp"),
                ".js" => One("javascript"),
                ".html" => One("html"),
                ".md" => One("markdown"),
                var other => throw new CommandException(
                    $"#!import {file}: \"{other}\" is no kind of file that can be imported; "
                    + ".ipynb, .dib, .cs, .csx, .fs, .fsx, .js, .html and .md are."),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotebookFormatException)
        {
            throw new CommandException($"#!import {file}: {e.Message}");
        }

        List<Submission> One(string language) => [new(File.ReadAllText(path), Path.GetFileName(path), language)];
    }
}
