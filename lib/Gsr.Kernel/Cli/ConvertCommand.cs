using System.CommandLine;
using Gsr.Internals;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Documents.Parameters;
using static Gsr.Kernel.Running.ExitCode;

namespace Gsr.Kernel.Cli;

/// <summary>The command <c>gsr convert</c>.</summary>
internal static class ConvertCommand
{
    private static readonly Argument<string> From = new("from") { Description = "A notebook, .ipynb or .dib." };

    private static readonly Argument<string> To = new("to")
    {
        Description = "The file to write: .dib, .ipynb or, of a notebook with its outputs, .md.",
    };

    private static readonly Option<bool> Force = new("--force") { Description = "Replaces the file if it exists." };

    public static Command Create()
    {
        var command = new Command(
            "convert", "Turns a notebook (.ipynb) into .NET Interactive's .dib, or back, or into Markdown.")
        {
            From, To, Force,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var (from, to) = (parsed.GetRequiredValue(From), parsed.GetRequiredValue(To));
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        string text;
        IReadOnlyList<string> losses = [];
        var writer = new MarkdownWriter(Path.GetFileNameWithoutExtension(to) + "_files");
        Notebook notebook;
        try
        {
            Check(from, to, parsed.GetValue(Force));
            notebook = Notebook.Load(from);
            if (DibReader.Reads(to))
            {
                (text, losses) = DibWriter.Write(notebook, from);
            }
            else if (IsMarkdown(to))
            {
                text = writer.Write(notebook);
            }
            else
            {
                // Other tools know the parameters by their tag alone.
                ParameterCell.FindUntagged(notebook)?.Cell.AddTag("parameters");
                text = notebook.ToString();
            }
        }
        catch (Exception e) when (e is UsageException or NotebookFormatException)
        {
            error.WriteLine(e.Message);
            return Misused;
        }
        try
        {
            foreach (var (name, content) in writer.Pictures)
            {
                AtomicFile.Write(
                    Path.ChangeExtension(to, null) + "_files/" + name, file => File.WriteAllBytes(file, content));
            }
            AtomicFile.WriteAllText(to, text);
        }
        catch (IOException e)
        {
            error.WriteLine(e.Message);
            return Failed;
        }
        output.WriteLine($"{to}: {notebook.Cells.Count} cells of {from}");
        foreach (var loss in losses)
            output.WriteLine($"{to}: {loss}.");
        return Succeeded;
    }

    private static bool IsMarkdown(string path) =>
        Path.GetExtension(path).Equals(".md", StringComparison.OrdinalIgnoreCase);

    private static void Check(string from, string to, bool force)
    {
        if (!Notebook.IsNamed(from))
            throw new UsageException($"{from}: the name must end in .ipynb or .dib, which tells the format.");
        if (!Notebook.IsNamed(to) && !IsMarkdown(to))
            throw new UsageException($"{to}: the name must end in .ipynb, .dib or .md, which tells the format.");
        if (!IsMarkdown(to) && DibReader.Reads(from) == DibReader.Reads(to))
            throw new UsageException($"{from} and {to} are of the same format; one must end in .ipynb, one in .dib.");
        if (Directory.Exists(to))
            throw new UsageException($"{to} is a folder; name the file to write.");
        if (File.Exists(to) && !force)
            throw new UsageException($"{to} exists; add --force to replace it.");
    }
}
