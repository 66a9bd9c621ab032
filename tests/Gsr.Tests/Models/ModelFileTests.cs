using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Gsr.Models;
using Gsr.Tests.Penalties;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace Gsr.Tests.Models;

[Collection(Alone.Name)]
public sealed class ModelFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gsr-model-").FullName;

    private string File1 => Path.Combine(_folder, "deep", "model.gsr");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_model_comes_back_as_it_was()
    {
        using var scope = torch.NewDisposeScope();
        var options = new AutoencoderOptions
        {
            Inputs = 5,
            Hidden = [7, 6],
            Code = 3,
            CodeActivation = Activation.ReLU,
            Seed = 9,
            CodeNoise = 0.5
        };
        Same(new Autoencoder(options), m => m.Save(File1), () => Autoencoder.Load(File1), torch.randn(4, 5));
        Same(new BetaVae(options, 4), m => m.Save(File1), () => BetaVae.Load(File1), torch.randn(4, 5));
        Same(new GridClassifier(new() { GridActivation = Activation.Sigmoid, Classes = 4 }), m => m.Save(File1),
            () => GridClassifier.Load(File1), torch.rand(2, 1, 28, 28));
        using var vae = new BetaVae(options, 4);
        vae.Save(File1);
        using var loaded = BetaVae.Load(File1);
        Assert.Equal(4, loaded.Beta);
        Assert.Equal(options.Hidden, loaded.Options.Hidden);
        Assert.Equal(options.ToString().Replace(options.Hidden.ToString()!, ""), loaded.Options.ToString()
            .Replace(loaded.Options.Hidden.ToString()!, ""));
        Assert.False(loaded.training);
        Assert.Equal([File1], Directory.GetFiles(_folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_missing_file_and_another_kind_are_named()
    {
        Assert.Contains(File1, Assert.Throws<FileNotFoundException>(() => Autoencoder.Load(File1)).Message);
        Saved();
        var error = Assert.Throws<InvalidDataException>(() => GridClassifier.Load(File1));
        Assert.Contains(File1, error.Message);
        Assert.Contains("kind 'Autoencoder', not 'GridClassifier'", error.Message);
    }

    [Fact]
    public void A_truncated_file_is_refused_wherever_it_ends()
    {
        var whole = Saved();
        for (var length = 0; length < whole.Length; length += length < 64 ? 1 : 97) Refuses(whole[..length]);
        Refuses(whole[..^1]);
    }

    [Fact]
    public void A_damaged_byte_is_refused_or_does_not_change_the_model()
    {
        var whole = Saved();
        using var scope = torch.NewDisposeScope();
        using var model = Autoencoder.Load(File1);
        var expected = model.parameters().SelectMany(PenaltyCases.ToArray).ToArray();
        var random = new Random(4);
        for (var i = 0; i < 300; i++)
        {
            var damaged = whole.ToArray();
            damaged[random.Next(whole.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(File1, damaged);
            try
            {
                using var read = Autoencoder.Load(File1);
                Assert.Equal(expected, read.parameters().SelectMany(PenaltyCases.ToArray));
                Assert.Equal(model.Options.Seed, read.Options.Seed);
            }
            catch (InvalidDataException e)
            {
                Assert.Contains(File1, e.Message);
            }
        }
    }

    [Fact]
    public void Other_archives_and_other_options_are_refused()
    {
        Saved();
        Refuses([.. "not a model"u8]);
        Saved();
        using (var archive = ZipFile.Open(File1, ZipArchiveMode.Update)) archive.GetEntry("weights.bin")!.Delete();
        Assert.Contains("no entry 'weights.bin'", Refuses(File.ReadAllBytes(File1)));
        foreach (
            var header in new[] {
                "", "null", "[]", "{", "{\"Kind\":\"Autoencoder\"}", "{\"Kind\":\"Autoencoder\",\"Options\":null}",
            "{\"Kind\":\"Autoencoder\",\"Options\":{\"Inputs\":-5,\"Code\":3}}",
            "{\"Kind\":\"Autoencoder\",\"Options\":{\"Inputs\":5,\"Code\":3,\"Hidden\":null}}" })
        {
            Saved();
            using (var archive = ZipFile.Open(File1, ZipArchiveMode.Update))
            {
                Replace(archive, "model.json", Encoding.UTF8.GetBytes(header));
                using var weights = new MemoryStream();
                using (var stream = archive.GetEntry("weights.bin")!.Open()) stream.CopyTo(weights);
                Replace(archive, "sha256", SHA256.HashData(
                    [.. SHA256.HashData(Encoding.UTF8.GetBytes(header)), .. SHA256.HashData(weights.ToArray())]));
            }

            Assert.DoesNotContain("Object reference", Refuses(File.ReadAllBytes(File1)));
        }
    }

    [Fact]
    public void A_save_that_fails_leaves_the_old_file_and_no_other()
    {
        var whole = Saved();
        using var model = new Autoencoder(new AutoencoderOptions { Inputs = 5, Code = 3 });
        var taken = Directory.CreateDirectory(Path.Combine(_folder, "taken")).FullName;
        Assert.ThrowsAny<Exception>(() => model.Save(taken));
        Assert.Equal(whole, File.ReadAllBytes(File1));
        Assert.Equal([File1], Directory.GetFiles(_folder, "*", SearchOption.AllDirectories));
    }

    private static void Same<TModel>(TModel model, Action<TModel> save, Func<TModel> load, torch.Tensor x)
        where TModel : Module<torch.Tensor, torch.Tensor>
    {
        model.eval();
        save(model);
        using var loaded = load();
        Assert.Equal(PenaltyCases.ToArray(model.call(x)), PenaltyCases.ToArray(loaded.call(x)));
        model.Dispose();
    }

    private static void Replace(ZipArchive archive, string name, byte[] content)
    {
        archive.GetEntry(name)!.Delete();
        using var stream = archive.CreateEntry(name).Open();
        stream.Write(content);
    }

    private byte[] Saved()
    {
        using var model = new Autoencoder(new AutoencoderOptions { Inputs = 5, Hidden = [7], Code = 3, Seed = 5 });
        model.Save(File1);
        return File.ReadAllBytes(File1);
    }

    private string Refuses(byte[] content)
    {
        File.WriteAllBytes(File1, content);
        var error = Assert.Throws<InvalidDataException>(() => Autoencoder.Load(File1));
        Assert.Contains(File1, error.Message);
        return error.Message;
    }
}
