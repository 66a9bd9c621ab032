using System.Collections.Concurrent;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using System.Text;
using Gsr.Internals;
using Gsr.Penalties;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace Gsr.Training;

/// <summary>
/// Networks that earlier runs have trained, for a run that asks for them (<c>gsr run --reuse</c>): a training whose
/// every condition is the same is not repeated.
/// </summary>
/// <remarks>
/// The conditions are the code that has run in this process, libraries, processor, options, examples and the network at
/// its start, number by number. What the code may have read elsewhere, and what the objective and the penalties do, show
/// in the first step, which is always done: its loss, each term of it and the network after it are conditions as well,
/// bit by bit.
/// </remarks>
/// <param name="folder">Where they are kept, one file each.</param>
/// <param name="code">What stands for all code that has run.</param>
/// <param name="least">The time of a training that is worth a file.</param>
internal sealed class TrainingCache(string folder, string code, TimeSpan least)
{
    private const string Form = "1";
    private const string CodeName = "Gsr.Reuse.Code";
    private const string CountName = "Gsr.Reuse.Count";
    private static readonly TimeSpan Unused = TimeSpan.FromDays(30);
    private static readonly ConcurrentDictionary<string, string> Libraries = new();
    private static readonly Lock Counting = new();

    /// <summary>That of a run that asks for one; null elsewhere.</summary>
    /// <remarks>
    /// The engine names the folder in the environment and the code in the process' data, cell by cell: the library knows
    /// nothing of the engine, nor the engine of it.
    /// </remarks>
    public static TrainingCache? Current =>
        Environment.GetEnvironmentVariable("GSR_REUSE") is { Length: > 0 } folder
            && AppContext.GetData(CodeName) is string code
            ? new TrainingCache(folder, code, TimeSpan.FromSeconds(0.2)) : null;

    /// <summary>A training that is about to begin; null where it cannot be kept.</summary>
    public Entry? Find(Module model, Regularizer? regularizer, BatchSampler? sampler, TrainingOptions options)
    {
        // What is done after each step cannot be repeated.
        if (sampler is not { IsOne: true } || options.AfterStep is not null) return null;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var machine = $"{RuntimeInformation.RuntimeIdentifier} {Vector128.IsHardwareAccelerated} "
            + $"{Vector256.IsHardwareAccelerated} {Vector512.IsHardwareAccelerated} {torch.get_num_threads()}";
        foreach (var text in (string[])[
            Form, code, UsedLibraries(), machine, $"{regularizer}", $"{options with { Progress = null }}"])
            Add(hash, text);
        foreach (var examples in sampler.Examples) Add(hash, examples);
        Add(hash, model);
        return new Entry(folder, hash.GetHashAndReset(), model, least);
    }

    // All beside those in use, but the runtime's: which of them are loaded already may be a matter of time.
    private static string UsedLibraries()
    {
        var runtime = Path.TrimEndingDirectorySeparator(RuntimeEnvironment.GetRuntimeDirectory());
        return string.Concat(AppDomain.CurrentDomain.GetAssemblies()
            .Where(library => !library.IsDynamic && library.Location.Length > 0)
            .Select(library => Path.GetDirectoryName(library.Location)!).Distinct().Order(StringComparer.Ordinal)
            .Where(place => place != runtime)
            .Select(place => Libraries.GetOrAdd(place, static place => string.Join(
                ' ', Directory.GetFiles(place, "*.dll").Order(StringComparer.Ordinal).Select(Identity)))));
    }

    // Of a build, not of a file: made anew from the same sources a library is the same.
    private static string Identity(string library)
    {
        try
        {
            using var reader = new PEReader(File.OpenRead(library));
            if (!reader.HasMetadata) return "";
            var metadata = reader.GetMetadataReader();
            return $"{metadata.GetGuid(metadata.GetModuleDefinition().Mvid)}";
        }
        catch (Exception e) when (e is BadImageFormatException or IOException or UnauthorizedAccessException)
        {
            return $"{Guid.NewGuid()}"; // what cannot be read is never known to be the same
        }
    }

    private static void Add(IncrementalHash hash, string text)
    {
        hash.AppendData(BitConverter.GetBytes(text.Length));
        hash.AppendData(Encoding.UTF8.GetBytes(text));
    }

    private static void Add(IncrementalHash hash, Module model)
    {
        foreach (var (name, tensor) in model.state_dict())
        {
            Add(hash, name);
            Add(hash, tensor);
        }
    }

    // In pieces: a span has no more than 2^31 bytes.
    private static void Add(IncrementalHash hash, torch.Tensor tensor)
    {
        const long Piece = 1 << 24;
        using var scope = torch.NewDisposeScope();
        Add(hash, string.Join(' ', tensor.shape.Prepend((long)tensor.dtype)));
        var numbers = tensor.detach().cpu().contiguous().reshape(-1);
        for (long start = 0; start < numbers.numel(); start += Piece)
            hash.AppendData(numbers.narrow(0, start, Math.Min(Piece, numbers.numel() - start)).bytes);
    }

    /// <summary>One training, by what was the case before it, and the network that is trained.</summary>
    internal sealed class Entry(string folder, byte[] before, Module model, TimeSpan least)
    {
        private string _path = "";

        // Of the library's models all that they draw comes from their own state.
        private torch.Generator Random => (model as IRandomModule)?.Random ?? torch.Generator.Default;

        /// <summary>
        /// After the first step: puts the network of an earlier training that was the same in the place of this one, and
        /// gives its history. Null where there is none.
        /// </summary>
        /// <param name="step">The loss of the first step. Adam's first step hardly depends on its size.</param>
        public TrainingHistory? Take(RunningMeans step)
        {
            using (var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256))
            {
                hash.AppendData(before);
                foreach (var (name, value) in step.Terms.Append(new("", step.Loss)))
                    Add(hash, $"{name} {BitConverter.DoubleToInt64Bits(value)}");
                Add(hash, model);
                _path = Path.Combine(folder, Convert.ToHexString(hash.GetHashAndReset()));
            }

            if (Read() is not { } content) return null;
            using var reader = new BinaryReader(content);
            var history = TrainingHistory.Read(reader);
            using var state = torch.tensor(reader.ReadBytes(reader.ReadInt32()));
            Random.set_state(state);
            using (torch.NewDisposeScope())
            using (torch.no_grad())
                model.load(reader);
            lock (Counting)
                AppContext.SetData(CountName, (AppContext.GetData(CountName) as int? ?? 0) + 1);
            return history;
        }

        /// <summary>Keeps the network after a training that took long enough.</summary>
        public void Keep(TrainingHistory history)
        {
            if (history.Elapsed < least) return;
            try
            {
                using var content = new MemoryStream();
                using var writer = new BinaryWriter(content);
                history.Write(writer);
                using var state = Random.get_state();
                writer.Write((int)state.numel());
                writer.Write(state.bytes);
                model.save(writer);
                writer.Flush();
                var numbers = content.GetBuffer().AsMemory(0, (int)content.Length);
                AtomicFile.Write(_path, temporary =>
                {
                    using var file = File.Create(temporary);
                    file.Write(SHA256.HashData(numbers.Span));
                    file.Write(numbers.Span);
                });
                // Code, or a library, has changed since.
                foreach (var file in new DirectoryInfo(folder).EnumerateFiles())
                    if (DateTime.UtcNow - file.LastWriteTimeUtc > Unused) file.Delete();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The training itself has succeeded.
                Console.Error.WriteLine($"A trained network is not kept for another run: {e.Message}");
            }
        }

        // Null for a file that is missing, broken or not to be read: the training goes on.
        private MemoryStream? Read()
        {
            try
            {
                var all = File.ReadAllBytes(_path);
                if (all.Length < SHA256.HashSizeInBytes) return null;
                var content = new MemoryStream(all, SHA256.HashSizeInBytes, all.Length - SHA256.HashSizeInBytes);
                if (!all.AsSpan(0, SHA256.HashSizeInBytes).SequenceEqual(SHA256.HashData(content))) return null;
                content.Position = 0;
                File.SetLastWriteTimeUtc(_path, DateTime.UtcNow);
                return content;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }
    }
}
