using System.Text;
using System.Text.Json.Nodes;
using Gsr.Kernel.Documents.Parameters;
using static Gsr.Kernel.Documents.NotebookFormatException;

namespace Gsr.Kernel.Documents;

/// <summary>A notebook as .dib, and a line for each kind of thing that the format cannot hold.</summary>
internal sealed record DibText(string Text, IReadOnlyList<string> Losses);

/// <summary>Writes .dib, which <see cref="DibReader"/> reads back to the same cells.</summary>
internal static class DibWriter
{
    /// <exception cref="NotebookFormatException">A cell cannot be written so that it would be read back.</exception>
    public static DibText Write(Notebook notebook, string name)
    {
        var polyglot = notebook.Metadata["polyglot_notebook"] as JsonObject;
        var info = polyglot?["kernelInfo"];
        DibKernels kernels;
        JsonObject? described;
        try
        {
            described = DibKernels.Describe(info, notebook.Cells.Where(cell => cell.Kind == CellKind.Code)
                .Select(cell => cell.KernelName));
            kernels = new DibKernels(described);
        }
        catch (FormatException e)
        {
            throw Wrong(name, $"{e.Message} in metadata.polyglot_notebook", "mend it or remove it", e);
        }

        var text = new StringBuilder();
        var meta = Meta(notebook.Metadata, described);
        if (notebook.Cells.Count == 0 && meta.Count == 0)
            // an empty file says nothing
            meta["kernelInfo"] = DibKernels.Describe(new JsonObject(), [NotebookCell.CSharp]);
        if (meta.Count > 0)
            text.Append("#!meta\n\n").Append(meta.ToJsonString(JsonObjects.Compact)).Append("\n\n");
        var losses = new List<string>();
        for (var i = 0; i < notebook.Cells.Count; i++)
            WriteCell(text, notebook.Cells[i], kernels, $"cells[{i}]", name, losses);
        // Every cell ends with the empty line that keeps it from the next; the last line end closes the file.
        if (text.Length > 0)
            text.Length--;
        return new DibText(text.ToString(), [.. LeftOut(notebook), .. losses]);
    }

    private static JsonObject Meta(JsonObject metadata, JsonObject? kernelInfo)
    {
        var meta = new JsonObject();
        if (kernelInfo is not null)
            meta["kernelInfo"] = kernelInfo;
        foreach (var (key, value) in metadata)
        {
            if (key is "kernelspec" or "language_info" or "dotnet_interactive" or "kernelInfo")
                continue;
            var kept = value?.DeepClone();
            if (key == "polyglot_notebook" && kept is JsonObject polyglot)
            {
                polyglot.Remove("kernelInfo");
                if (polyglot.Count == 0)
                    continue;
            }
            meta[key] = kept;
        }
        return meta;
    }

    private static void WriteCell(
        StringBuilder text, NotebookCell cell, DibKernels kernels, string where, string name, List<string> losses)
    {
        var source = cell.Source;
        if (source.Contains('\0'))
            throw Wrong(name, $"{where} holds a NUL character, which no text file holds", "remove it");
        var kernel = cell.Kind == CellKind.Markdown ? DibKernels.Markdown
            : cell.Kind == CellKind.Raw ? DibKernels.Raw : cell.KernelName;
        if (kernels.BegunBy("#!" + kernel) != kernel || kernel.Any(char.IsControl))
        {
            throw Wrong(
                name, $"{where} has the kernel name \"{kernel}\", which no line of a .dib can name",
                "correct its metadata");
        }

        var lines = source.Split('\n');
        if (Array.Find(lines, line => kernels.BegunBy(line) is not null) is { } begins)
        {
            if (cell.Kind != CellKind.Code)
            {
                throw Wrong(
                    name, $"{where} holds the line \"{begins.TrimEnd()}\", which would begin a cell in a .dib",
                    "put a space before it");
            }
            // Such a line hands the rest of a code cell to another kernel: divided there, it does the same.
            if (lines.Skip(1).Any(line => kernels.BegunBy(line) is not null))
                losses.Add($"{where} is divided at lines such as \"{begins.TrimEnd()}\", which begin a cell in a .dib");
            if (kernels.BegunBy(lines[0]) is not null)
            {
                text.Append(source).Append("\n\n");
                return;
            }
        }
        text.Append("#!").Append(kernel).Append("\n\n").Append(source).Append("\n\n");
    }

    private static IEnumerable<string> LeftOut(Notebook notebook)
    {
        var cells = notebook.Cells;
        if (cells.Count(cell => cell.Outputs.Count > 0) is > 0 and var withOutputs)
            yield return $"the outputs of {Cells(withOutputs)} are left out; the notebook keeps them";
        var tagged = cells.FirstOrDefault(cell => cell.Tags.Contains("parameters"));
        // A first cell of UPPER_CASE declarations is known as the parameters without a tag.
        var known = tagged is null || ParameterCell.FindUntagged(notebook)?.Cell == tagged;
        var tags = cells.SelectMany(cell => cell.Tags.Where(tag => tag != "parameters" || !known || cell != tagged))
            .Distinct().ToList();
        if (tags.Count > 0)
            yield return $"the {(tags.Count == 1 ? "tag" : "tags")} {string.Join(", ", tags)} of cells "
                + (tags.Count == 1 ? "is left out" : "are left out")
                + (known ? "" : ", so that -p will not find the parameters there");
        if (cells.Count(cell => cell.Attachments.Count > 0) is > 0 and var withAttachments)
            yield return $"the attached images of {Cells(withAttachments)} are left out";
        if (cells.Count(HasOtherMetadata) is > 0 and var withMetadata)
            yield return $"the metadata of {Cells(withMetadata)} are left out";
    }

    private static bool HasOtherMetadata(NotebookCell cell) =>
        cell.Metadata.Any(entry => entry.Key is not ("tags" or "polyglot_notebook" or "dotnet_interactive"));

    private static string Cells(int count) => count == 1 ? "1 cell" : $"{count} cells";
}
