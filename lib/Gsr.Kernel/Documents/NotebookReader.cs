using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using static Gsr.Kernel.Documents.NotebookFormatException;

namespace Gsr.Kernel.Documents;

/// <summary>Reads nbformat 4.0 to 4.5 and says in one line what is wrong with anything else.</summary>
internal static partial class NotebookReader
{
    // Charts nest a dozen levels; this is far beyond any of them and far from the stack's end.
    private const int DeepestNesting = 200;

    public static readonly JsonDocumentOptions Strict =
        new() { AllowDuplicateProperties = false, MaxDepth = DeepestNesting };
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static Notebook Load(string path)
    {
        if (Directory.Exists(path))
            throw Wrong(path, "is a folder, not a notebook", "name a file that ends in .ipynb or .dib");
        try
        {
            var text = Utf8.GetString(File.ReadAllBytes(path));
            return DibReader.Reads(path) ? DibReader.Parse(text, path) : Parse(text, path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Wrong(path, "does not exist", "check the path", e);
        }
        catch (DecoderFallbackException e)
        {
            throw Wrong(path, $"is not UTF-8 text (byte {e.Index})", "save it as UTF-8", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Wrong(path, $"cannot be read: {e.Message}", "check the file and its permissions", e);
        }
    }

    public static Notebook Parse(string text, string name)
    {
        text = text.TrimStart('\uFEFF');
        if (string.IsNullOrWhiteSpace(text))
            throw Wrong(name, "is empty", "restore it from version control or a backup");

        JsonNode? root;
        try
        {
            root = JsonNode.Parse(text, documentOptions: Strict);
            JsonObjects.CheckStrings(root);
        }
        catch (JsonException e)
        {
            throw Wrong(name, WhatIsBroken(text, e), "restore it, or mend the JSON there", e);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // The parser finds these only when a string is first looked at.
            throw Wrong(
                name, "holds a string with half a surrogate pair", "mend the \\uD8xx escape without its partner", e);
        }

        if (root is not JsonObject json)
        {
            throw Wrong(
                name, $"holds {Describe(root)} where a notebook's object is expected", "check that it is a notebook");
        }
        CheckVersion(json, name);
        if (json["metadata"] is not (null or JsonObject))
            throw Wrong(name, $"metadata is {Describe(json["metadata"])}, not an object", "replace it by {}");
        var kernel = DefaultKernel(json["metadata"] as JsonObject, name);
        if (json["cells"] is not JsonArray cells)
            throw Wrong(name, $"cells is {Describe(json["cells"])}, not a list", "check that it is a notebook");
        var read = cells.Select((cell, index) => ReadCell(cell, kernel, $"cells[{index}]", name)).ToList();
        if (json["nbformat_minor"]!.GetValue<int>() >= 5)
            MendIds(cells);
        return new Notebook(json, read);
    }

    // Front ends know cells by their ids, which nbformat 4.5 wants; of two equal ones the first stays.
    private static void MendIds(JsonArray cells)
    {
        var known = new HashSet<string>();
        var without = cells.Cast<JsonObject>()
            .Where(cell => cell.Text("id") is not { } id || !CellId().IsMatch(id) || !known.Add(id)).ToList();
        foreach (var cell in without)
        {
            var number = cells.IndexOf(cell) + 1;
            while (!known.Add($"cell-{number}"))
                number++;
            cell.SetSorted("id", $"cell-{number}");
        }
    }

    [GeneratedRegex(@"^[a-zA-Z0-9_-]{1,64}\z")]
    private static partial Regex CellId();

    private static NotebookCell ReadCell(JsonNode? node, string kernel, string where, string name)
    {
        if (node is not JsonObject cell)
            throw Wrong(name, $"{where} is {Describe(node)}, not an object", "remove it");
        var kind = cell.Text("cell_type") switch
        {
            "code" => CellKind.Code,
            "markdown" => CellKind.Markdown,
            "raw" => CellKind.Raw,
            _ => throw Wrong(
                name, $"{where}.cell_type is {Describe(cell["cell_type"])}",
                "make it \"code\", \"markdown\" or \"raw\""),
        };
        if (MultilineText.Join(cell["source"]) is null)
            throw Wrong(name, $"{where}.source is {Describe(cell["source"])}, not text", "make it a list of strings");
        if (cell["metadata"] is not (null or JsonObject))
            throw Wrong(name, $"{where}.metadata is {Describe(cell["metadata"])}, not an object", "replace it by {}");
        if (kind == CellKind.Code)
            CheckOutputs(cell["outputs"], $"{where}.outputs", name);
        return new NotebookCell(cell, kind, kernel);
    }

    private static void CheckOutputs(JsonNode? node, string where, string name)
    {
        if (node is null)
            return;
        if (node is not JsonArray outputs)
            throw Wrong(name, $"{where} is {Describe(node)}, not a list", "replace it by []");
        for (var i = 0; i < outputs.Count; i++)
        {
            if (outputs[i] is not JsonObject output || output.Text("output_type") is null)
                throw Wrong(name, $"{where}[{i}] is {Describe(outputs[i])} without an output_type", "remove it");
        }
    }

    private static void CheckVersion(JsonObject json, string name)
    {
        if (json["nbformat"] is not JsonValue version || !version.TryGetValue(out int major))
            throw Wrong(name, "has no nbformat number", "check that it is a notebook");
        if (major < 4)
            throw Wrong(name, $"is nbformat {major}", "convert it with 'jupyter nbconvert --to notebook --nbformat 4'");
        if (major > 4)
            throw Wrong(name, $"is nbformat {major}, newer than this engine", "save it as nbformat 4");
        if (json["nbformat_minor"] is not JsonValue minor || !minor.TryGetValue(out int number) || number < 0)
            throw Wrong(name, "has no nbformat_minor number", "add \"nbformat_minor\": 5");
    }

    // That of the cells that name none.
    private static string DefaultKernel(JsonObject? metadata, string name)
    {
        var info = (metadata?["polyglot_notebook"] as JsonObject)?["kernelInfo"] as JsonObject;
        var kernel = metadata?["kernelspec"] as JsonObject;
        var kernelName = kernel.Text("name");
        var language = kernel.Text("language") ?? (metadata?["language_info"] as JsonObject).Text("name");
        var named = kernelName == Notebook.KernelName || (language is null
            ? kernelName is null : language.ToLowerInvariant() is "c#" or "csharp" or "polyglot-notebook")
            ? NotebookCell.CSharp
            : kernelName == ".net-fsharp" || language?.ToLowerInvariant() is "f#" or "fsharp" ? "fsharp"
            : throw Wrong(
                name, $"is written for the kernel \"{kernelName ?? language}\"",
                "this engine runs C# and F# notebooks (.net-csharp, .net-fsharp)");
        try
        {
            return info.Text("defaultKernelName") is { Length: > 0 } ? new DibKernels(info).Default : named;
        }
        catch (FormatException)
        {
            return named;
        }
    }

    private static string WhatIsBroken(string text, JsonException e)
    {
        if (e.Message.Contains("maximum configured depth", StringComparison.Ordinal))
            return $"nests deeper than {DeepestNesting} levels at line {e.LineNumber + 1}";
        if (e.Message.Contains("uplicate", StringComparison.Ordinal))
            return $"has the same key twice in one object ({e.Path ?? "unknown place"})";
        var last = text.AsSpan().TrimEnd();
        var end = last.Count('\n');
        var cut = e.LineNumber >= end && last[^1] != '}';
        return $"is not whole JSON: {(cut ? "it ends in the middle, at" : "unexpected text at")} "
            + $"line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}";
    }

    private static string Describe(JsonNode? node) => node?.GetValueKind() switch
    {
        null => "missing or null",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => node.GetValue<string>() is { Length: <= 30 } text ? $"\"{text}\"" : "a long string",
        _ => node.ToJsonString(),
    };
}

/// <summary>An unusable notebook; the message says in one line what is wrong, where, and what to do.</summary>
internal sealed class NotebookFormatException(string name, string what, string remedy, Exception? cause = null)
    : Exception($"{name}: {what}; {remedy}.".ReplaceLineEndings(" "), cause)
{
    public static NotebookFormatException Wrong(string name, string what, string remedy, Exception? cause = null) =>
        new(name, what, remedy, cause);
}
