using System.IO.Compression;
using System.Text.Json;
using static TorchSharp.torch.nn;

namespace Gsr.Models;

/// <summary>A model on disk: a zip archive of "model.json" (kind and options) and "weights.bin" (TorchSharp's format).</summary>
internal static class ModelFile
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    public static void Save<TOptions>(string path, Module model, TOptions options)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var temporary = $"{full}.{Path.GetRandomFileName()}.tmp";
        try
        {
            using (var archive = ZipFile.Open(temporary, ZipArchiveMode.Create))
            {
                using (var stream = archive.CreateEntry("model.json").Open())
                    JsonSerializer.Serialize(stream, new Header<TOptions>(model.GetName(), options), Json);
                using var weights = new MemoryStream();
                model.save(weights);
                weights.Position = 0;
                using var entry = archive.CreateEntry("weights.bin").Open();
                weights.CopyTo(entry);
            }

            File.Move(temporary, full, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    public static TModel Load<TModel, TOptions>(string path, Func<TOptions, TModel> create)
        where TModel : Module
    {
        if (!File.Exists(path)) throw new FileNotFoundException($"There is no model file {path}.", path);
        TModel? model = null;
        try
        {
            using var archive = ZipFile.OpenRead(path);
            Header<TOptions>? header;
            using (var stream = Entry(archive, "model.json").Open()) header = JsonSerializer.Deserialize<Header<TOptions>>(stream, Json);
            if (header?.Kind != typeof(TModel).Name)
                throw new InvalidDataException($"it holds a model of kind '{header?.Kind}', not '{typeof(TModel).Name}'");
            model = create(header.Options);
            using var weights = new MemoryStream();
            using (var stream = Entry(archive, "weights.bin").Open()) stream.CopyTo(weights);
            weights.Position = 0;
            model.load(weights);
            model.eval();
            return model;
        }
        catch (Exception e) when (e is not (IOException or UnauthorizedAccessException) || e is InvalidDataException or EndOfStreamException)
        {
            model?.Dispose();
            throw new InvalidDataException($"{path} cannot be read as a {typeof(TModel).Name}: {e.Message}", e);
        }
    }

    private static ZipArchiveEntry Entry(ZipArchive archive, string name) =>
        archive.GetEntry(name) ?? throw new InvalidDataException($"it has no entry '{name}'");

    private sealed record Header<TOptions>(string Kind, TOptions Options);
}
