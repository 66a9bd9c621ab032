using System.Collections.Concurrent;
using System.Security.Cryptography;
using Gsr.SingleCell.Reading;

namespace Gsr.Experiments;

/// <summary>
/// Finds the files of a data set: in the data folder, else in the cache, else by download into the cache. Every file is
/// checked against its SHA-256 each time. Where a file is unavailable, the result is a stand-in and says so.
/// </summary>
public sealed class DataSetLoader(DataSetOptions options)
{
    // One download of a file at a time in this process; other processes are kept apart by the temporary files' names.
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Gates = new();

    private readonly DataCatalog _catalog = options.Catalog ?? DataCatalog.Default;

    /// <summary>The options the loader was made with.</summary>
    public DataSetOptions Options => options;

    /// <summary>A loader with <see cref="DataSetOptions.FromEnvironment"/>.</summary>
    public static DataSetLoader FromEnvironment() => new(DataSetOptions.FromEnvironment());

    /// <inheritdoc cref="LoadAsync"/>
    // On the pool, so that a caller with a synchronisation context cannot wait for itself.
    public Provenance Load(string id, CancellationToken cancellation = default) =>
        Task.Run(() => LoadAsync(id, cancellation), cancellation).GetAwaiter().GetResult();

    /// <summary>
    /// Finds or downloads every file of a data set of the catalogue, such as "mnist"; the result has no files where a
    /// stand-in has to take their place. When cancelled, it leaves nothing half-written.
    /// </summary>
    /// <exception cref="ArgumentException">The catalogue has no such data set.</exception>
    /// <exception cref="DataFormatException">A file in the data folder is not the catalogue's.</exception>
    /// <exception cref="DataUnavailableException">A file is unavailable, and there is no stand-in or none is
    /// allowed.</exception>
    public async Task<Provenance> LoadAsync(string id, CancellationToken cancellation = default)
    {
        var set = _catalog[id];
        var found = new DataFile?[set.Files.Count];
        var lack = await SearchDataFolderAsync(set, found, cancellation).ConfigureAwait(false);
        var tried = new List<string> { lack ?? "the data folder: GSR_DATA is not set" };
        using var client = MakeClient();
        var downloader = new Downloader(options, client);
        for (var i = 0; i < found.Length; i++)
        {
            found[i] ??= await FromCacheOrMirrorsAsync(set, set.Files[i], downloader, tried, cancellation)
                .ConfigureAwait(false);

            // One missing file is enough: the others would be downloaded for nothing.
            if (found[i] is null) return Unavailable(set, set.Files[i], tried);
        }

        DataFile[] files = [.. found.Select(file => file!)];
        var places = string.Join(", ",
            files.CountBy(file => file.Source).Select(n => $"{n.Value} from {Place(n.Key)}"));
        var note = lack is null ? "" : $" Not in {lack}.";
        return new Provenance(set, files.Max(file => file.Source),
            $"files with length and SHA-256 checked, {places}.{note}", files);
    }

    /// <summary>
    /// Fills in what the data folder has; returns what to say of a folder that lacks files, else null.
    /// </summary>
    private async Task<string?> SearchDataFolderAsync(
        DataSetEntry set, DataFile?[] found, CancellationToken cancellation)
    {
        if (options.DataFolder is null) return null;
        var missing = new List<string>();
        for (var i = 0; i < found.Length; i++)
        {
            var file = set.Files[i];
            var path = PathOf(Path.Combine(options.DataFolder, set.Folder), file);
            if (!File.Exists(path))
            {
                missing.Add(file.Name);
                continue;
            }

            if (await CheckAsync(path, file, cancellation).ConfigureAwait(false) is var (field, wrong, expected))
            {
                throw new DataFormatException(path, null, field, wrong, expected,
                    "The file in the data folder (GSR_DATA) is damaged or another one: replace it, or take it away " +
                    "and let the library look elsewhere.");
            }

            found[i] = new DataFile(file.Name, path, DataSource.DataFolder);
        }

        return missing.Count == 0
            ? null
            : $"the data folder $GSR_DATA/{set.Folder}: it lacks {string.Join(", ", missing)}";
    }

    private async Task<DataFile?> FromCacheOrMirrorsAsync(DataSetEntry set, DataFileEntry file, Downloader downloader,
        List<string> tried, CancellationToken cancellation)
    {
        var path = Path.GetFullPath(PathOf(Path.Combine(options.CacheFolder, set.Id), file));
        var gate = Gates.GetOrAdd(path, _ => new SemaphoreSlim(1));
        await gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (await IsInCacheAsync(path, file, tried, cancellation).ConfigureAwait(false))
                return new DataFile(file.Name, path, DataSource.Cache);
            if (options.Offline)
            {
                tried.Add("the mirrors: not asked, offline was chosen");
                return null;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return await downloader.FetchAsync(file, path, tried, cancellation).ConfigureAwait(false)
                ? new DataFile(file.Name, path, DataSource.Download)
                : null;
        }
        catch (Exception e) when (e is CacheNotWritableException or IOException or UnauthorizedAccessException)
        {
            tried.Add($"the cache cannot be used: {e.Message.TrimEnd('.')}");
            return null;
        }
        finally
        {
            gate.Release();
        }
    }

    private static async Task<bool> IsInCacheAsync(
        string path, DataFileEntry file, List<string> tried, CancellationToken cancellation)
    {
        if (!File.Exists(path))
        {
            tried.Add($"the cache: there is no {path}");
            return false;
        }

        if (await CheckAsync(path, file, cancellation).ConfigureAwait(false) is not var (field, found, expected))
            return true;
        tried.Add($"the cache: {path} is damaged, {field}: found {found}; expected {expected}");
        return false;
    }

    /// <summary>What is wrong with a file; null where length and SHA-256 are the catalogue's.</summary>
    private static async Task<(string Field, string Found, string Expected)?> CheckAsync(
        string path, DataFileEntry entry, CancellationToken cancellation)
    {
        var stream = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, useAsync: true);
        await using (stream.ConfigureAwait(false))
        {
            if (stream.Length != entry.Bytes)
                return ("length", $"{stream.Length} bytes", $"{entry.Bytes} bytes, SHA-256 {entry.Sha256}");
            var hash = await SHA256.HashDataAsync(stream, cancellation).ConfigureAwait(false);
            var found = Convert.ToHexStringLower(hash);
            return found == entry.Sha256 ? null : ("SHA-256", found, entry.Sha256);
        }
    }

    private Provenance Unavailable(DataSetEntry set, DataFileEntry file, List<string> tried)
    {
        var message = $"{file.Name} could not be had. Tried:\n" +
            string.Concat(tried.Select(line => $"  - {line}\n")) +
            $"To use the real data, put its files into {Path.Combine(options.CacheFolder, set.Id)} or into the " +
            $"folder '{set.Folder}' of a folder that GSR_DATA names, or run with a connection.";
        if (set.StandIn is not null && options.AllowStandIn)
            return new Provenance(set, DataSource.StandIn, message, []);
        var why = set.StandIn is null ? "it has no stand-in" : "a stand-in was not allowed";
        throw new DataUnavailableException($"{set.Title} is not available, and {why}. {message}");
    }

    private HttpClient MakeClient()
    {
        var handler = options.Handler ?? new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(8) };

        // The time limit is the downloader's, per read: a slow but living mirror may take as long as it needs.
        return new HttpClient(handler, disposeHandler: options.Handler is null) { Timeout = Timeout.InfiniteTimeSpan };
    }

    private static string PathOf(string folder, DataFileEntry file) => Path.Combine([folder, .. file.Name.Split('/')]);

    private static string Place(DataSource source) => source switch
    {
        DataSource.DataFolder => "the data folder (GSR_DATA)",
        DataSource.Cache => "the cache",
        _ => "a download just now",
    };
}
