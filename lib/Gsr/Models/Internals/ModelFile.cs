using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Gsr.Internals;
using static TorchSharp.torch.nn;

namespace Gsr.Models;

/// <summary>
/// A model on disk: a zip archive of "model.json" (kind and options), "weights.bin" (TorchSharp's format) and "sha256",
/// the hash of the two, for neither the archive's reader nor TorchSharp's notices a changed byte.
/// </summary>
internal static class ModelFile
{
    private static readonly JsonSerializerOptions Json =
        new() { WriteIndented = true, RespectNullableAnnotations = true };

    public static void Save<TOptions>(string path, Module model, TOptions options)
    {
        var header = JsonSerializer.SerializeToUtf8Bytes(new Header<TOptions>(model.GetName(), options), Json);
        using var stream = new MemoryStream();
        model.save(stream);
        var weights = stream.ToArray();
        AtomicFile.Write(path, file =>
        {
            using var archive = ZipFile.Open(file, ZipArchiveMode.Create);
            Write(archive, "model.json", header);
            Write(archive, "weights.bin", weights);
            Write(archive, "sha256", Hash(header, weights));
        });
    }

    public static TModel Load<TModel, TOptions>(string path, Func<TOptions, TModel> create)
        where TModel : Module
    {
        if (!File.Exists(path)) throw new FileNotFoundException($"There is no model file {path}.", path);
        TModel? model = null;
        try
        {
            using var archive = ZipFile.OpenRead(path);
            var (json, weights) = (Read(archive, "model.json"), Read(archive, "weights.bin"));
            if (!Read(archive, "sha256").AsSpan().SequenceEqual(Hash(json, weights)))
                throw new InvalidDataException("its content is damaged: the checksum differs");
            var header = JsonSerializer.Deserialize<Header<TOptions>>(json, Json);
            if (header?.Kind != typeof(TModel).Name)
            {
                throw new InvalidDataException(
                    $"it holds a model of kind '{header?.Kind}', not '{typeof(TModel).Name}'");
            }
            if (header.Options is null) throw new InvalidDataException("its options are null");
            model = create(header.Options);
            using var stream = new MemoryStream(weights);
            model.load(stream);
            model.eval();
            return model;
        }
        catch (Exception e) when (
            e is not (IOException or UnauthorizedAccessException) || e is InvalidDataException or EndOfStreamException)
        {
            model?.Dispose();
            throw new InvalidDataException($"{path} cannot be read as a {typeof(TModel).Name}: {e.Message}", e);
        }
    }

    private static void Write(ZipArchive archive, string name, byte[] content)
    {
        using var stream = archive.CreateEntry(name).Open();
        stream.Write(content);
    }

    private static byte[] Read(ZipArchive archive, string name)
    {
        var entry = archive.GetEntry(name) ?? throw new InvalidDataException($"it has no entry '{name}'");
        using var content = new MemoryStream();
        using (var stream = entry.Open()) stream.CopyTo(content);
        return content.ToArray();
    }

    private static byte[] Hash(byte[] header, byte[] weights) =>
        SHA256.HashData([.. SHA256.HashData(header), .. SHA256.HashData(weights)]);

    private sealed record Header<TOptions>(string Kind, [property: JsonRequired] TOptions Options);
}
