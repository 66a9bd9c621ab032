using System.Text;
using System.Text.Json.Nodes;

namespace Gsr.Kernel.Documents;

/// <summary>
/// Writes a notebook as Markdown, which GitHub and others show: prose as it is, code and text in fences, pictures as
/// files in a folder beside.
/// </summary>
/// <param name="pictureFolder">The folder's name.</param>
internal sealed class MarkdownWriter(string pictureFolder)
{
    private static readonly (string Type, string Ending)[] PictureTypes =
    [
        ("image/svg+xml", "svg"), ("image/png", "png"), ("image/jpeg", "jpg"), ("image/gif", "gif"),
        ("image/webp", "webp"),
    ];

    private readonly StringBuilder _text = new();

    /// <summary>The pictures that the text refers to, by their names in the folder.</summary>
    public OrderedDictionary<string, byte[]> Pictures { get; } = [];

    public string Write(Notebook notebook)
    {
        foreach (var (index, cell) in notebook.Cells.Index())
        {
            if (cell.Kind == CellKind.Code)
            {
                Fence(cell.Source, cell.KernelName);
                foreach (var (number, output) in cell.Outputs.OfType<JsonObject>().Index())
                    WriteOutput(output, $"cell-{index + 1}-{number + 1}");
            }
            else
            {
                Paragraph(cell.Kind == CellKind.Markdown ? Attached(cell, index) : cell.Source);
            }
        }
        return _text.ToString();
    }

    private void WriteOutput(JsonObject output, string name)
    {
        if (output["data"] is not JsonObject data)
        {
            Fence(MultilineText.Join(output["text"])
                ?? string.Join('\n', (output["traceback"] as JsonArray ?? []).Select(MultilineText.Join)), "text");
            return;
        }
        foreach (var (type, ending) in PictureTypes)
        {
            if (MultilineText.Join(data[type]) is { } picture && Content(type, picture) is { } content)
            {
                Paragraph($"![{name}]({Place($"{name}.{ending}", content)})");
                return;
            }
        }
        if (MultilineText.Join(data["text/markdown"] ?? data["text/latex"]) is { } prose)
            Paragraph(prose);
        else
            Fence(MultilineText.Join(data["text/plain"]) ?? "", "text");
    }

    private string Attached(NotebookCell cell, int index)
    {
        var text = cell.Source;
        foreach (var (name, bundle) in cell.Attachments)
        {
            if ((bundle as JsonObject)?.FirstOrDefault() is { Key: { } type, Value: { } picture }
                && Content(type, MultilineText.Join(picture) ?? "") is { } content)
                text = text.Replace(
                    $"attachment:{name}", Place($"cell-{index + 1}-{Path.GetFileName(name)}", content),
                    StringComparison.Ordinal);
        }
        return text;
    }

    private string Place(string name, byte[] content)
    {
        Pictures[name] = content;
        return $"{Uri.EscapeDataString(pictureFolder)}/{Uri.EscapeDataString(name)}";
    }

    // Null for what is no picture.
    private static byte[]? Content(string type, string text)
    {
        if (type == "image/svg+xml")
            return Encoding.UTF8.GetBytes(text);
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }

    private void Fence(string text, string language)
    {
        if (text.Trim().Length == 0)
            return;
        var fence = "```";
        while (text.Contains(fence, StringComparison.Ordinal))
            fence += '`';
        Paragraph($"{fence}{language}\n{text.TrimEnd()}\n{fence}");
    }

    private void Paragraph(string text)
    {
        if (_text.Length > 0)
            _text.Append('\n');
        _text.Append(text.TrimEnd()).Append('\n');
    }
}
