using System.Collections.Concurrent;
using Gsr.SingleCell.Reading;

namespace Gsr.Experiments;

/// <summary>
/// Finds the files of a data set: in the data folder, else in the cache, else by download into the cache. Every file is
/// checked against its SHA-256 each time. Where a file cannot be had, the result is a stand-in and says so.
/// </summary>
/// <example><code>
/// Provenance where = DataSetLoader.FromEnvironment().Load("mnist");
/// Console.WriteLine(where);
/// </code></example>
public sealed class DataSetLoader
{
    // One download of a file at a time in this process; other processes are kept apart by the temporary files' names.
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> s_gates = new();

    private readonly DataCatalog _catalog;

    /// <summary>A loader.</summary>
    /// <param name="options">Where to look and what is allowed.</param>
    /// <exception cref="ArgumentException">A number of the options is out of its range, or the cache folder is empty.</exception>
    public DataSetLoader(DataSetOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrWhiteSpace(options.CacheFolder, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Rounds, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BackOff, TimeSpan.Zero, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.StallTimeout, TimeSpan.Zero, nameof(options));
        Options = options;
        _catalog = options.Catalog ?? DataCatalog.Default;
    }

    /// <summary>The options the loader was made with.</summary>
    public DataSetOptions Options { get; }

    /// <summary>A loader with <see cref="DataSetOptions.FromEnvironment"/>.</summary>
    public static DataSetLoader FromEnvironment() => new(DataSetOptions.FromEnvironment());

    /// <inheritdoc cref="LoadAsync"/>
    // On the pool, so that a caller with a synchronisation context cannot wait for itself.
    public Provenance Load(string id, CancellationToken cancellation = default) =>
        Task.Run(() => LoadAsync(id, cancellation), cancellation).GetAwaiter().GetResult();

    /// <summary>Finds or downloads every file of a data set.</summary>
    /// <param name="id">The data set's id in the catalogue, such as "mnist".</param>
    /// <param name="cancellation">Ends the search; nothing half-written stays.</param>
    /// <returns>The files and where they came from; without files where a stand-in has to take their place.</returns>
    /// <exception cref="ArgumentException">The catalogue has no such data set.</exception>
    /// <exception cref="DataFormatException">A file in the data folder is not the catalogue's.</exception>
    /// <exception cref="DataUnavailableException">A file cannot be had, and there is or may be no stand-in.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> ended it.</exception>
    public async Task<Provenance> LoadAsync(string id, CancellationToken cancellation = default)
    {
        DataSetEntry set = _catalog[id];
        var found = new DataFile?[set.Files.Count];
        string? lack = await SearchDataFolderAsync(set, found, cancellation).ConfigureAwait(false);
        var tried = new List<string> { lack ?? "the data folder: GSR_DATA is not set" };
        using HttpClient client = MakeClient();
        var downloader = new Downloader(Options, client);
        for (int i = 0; i < found.Length; i++)
        {
            found[i] ??= await FromCacheOrMirrorsAsync(set, set.Files[i], downloader, tried, cancellation).ConfigureAwait(false);

            // One missing file is enough: the others would be downloaded for nothing.
            if (found[i] is null) return Unavailable(set, set.Files[i], tried);
        }

        DataFile[] files = [.. found.Select(file => file!)];
        DataSource source = files.Max(file => file.Source);
        string places = string.Join(", ", files.CountBy(file => file.Source).Select(n => $"{n.Value} from {Place(n.Key)}"));
        string note = lack is null ? "" : $" Not in {lack}.";
        return new Provenance(set, source, $"files with length and SHA-256 checked, {places}.{note}", files);
    }

    /// <summary>Fills in what the data folder has; returns what to say of a folder that lacks files, else null.</summary>
    private async Task<string?> SearchDataFolderAsync(DataSetEntry set, DataFile?[] found, CancellationToken cancellation)
    {
        if (Options.DataFolder is null) return null;
        var missing = new List<string>();
        for (int i = 0; i < found.Length; i++)
        {
            DataFileEntry file = set.Files[i];
            string path = PathOf(Path.Combine(Options.DataFolder, set.Folder), file);
            if (!File.Exists(path))
            {
                missing.Add(file.Name);
                continue;
            }
            if (await Checksum.CheckAsync(path, file, cancellation).ConfigureAwait(false) is { } wrong)
            {
                throw new DataFormatException(path, null, wrong.Field, wrong.Found, wrong.Expected,
                    "The file in the data folder (GSR_DATA) is damaged or another one: replace it, or take it away and let " +
                    "the library look elsewhere.");
            }
            found[i] = new DataFile(file.Name, path, DataSource.DataFolder);
        }
        return missing.Count == 0 ? null : $"the data folder $GSR_DATA/{set.Folder}: it lacks {string.Join(", ", missing)}";
    }

    private async Task<DataFile?> FromCacheOrMirrorsAsync(DataSetEntry set, DataFileEntry file, Downloader downloader,
        List<string> tried, CancellationToken cancellation)
    {
        string path = Path.GetFullPath(PathOf(Path.Combine(Options.CacheFolder, set.Id), file));
        SemaphoreSlim gate = s_gates.GetOrAdd(path, _ => new SemaphoreSlim(1));
        await gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (await IsInCacheAsync(path, file, tried, cancellation).ConfigureAwait(false))
                return new DataFile(file.Name, path, DataSource.Cache);
            if (Options.Offline)
            {
                tried.Add("the mirrors: not asked, offline was chosen");
                return null;
            }
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            bool fetched = await downloader.FetchAsync(set.Id, file, path, tried, cancellation).ConfigureAwait(false);
            return fetched ? new DataFile(file.Name, path, DataSource.Download) : null;
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

    private static async Task<bool> IsInCacheAsync(string path, DataFileEntry file, List<string> tried, CancellationToken cancellation)
    {
        if (!File.Exists(path))
        {
            tried.Add($"the cache: there is no {path}");
            return false;
        }
        Checksum.Mismatch? wrong = await Checksum.CheckAsync(path, file, cancellation).ConfigureAwait(false);
        if (wrong is not null) tried.Add($"the cache: {path} is damaged, {wrong}");
        return wrong is null;
    }

    private Provenance Unavailable(DataSetEntry set, DataFileEntry file, List<string> tried)
    {
        string folder = Path.Combine(Options.CacheFolder, set.Id);
        string message = $"{file.Name} could not be had. Tried:\n" +
            string.Concat(tried.Select(line => $"  - {line}\n")) +
            $"To use the real data, put its files into {folder} or into the folder '{set.Folder}' of a folder that GSR_DATA " +
            "names, or run with a connection.";
        if (set.StandIn is not null && Options.AllowStandIn)
            return new Provenance(set, DataSource.StandIn, message, []);
        string why = set.StandIn is null ? "it has no stand-in" : "a stand-in was not allowed";
        throw new DataUnavailableException($"{set.Title} is not to be had, and {why}. {message}");
    }

    private HttpClient MakeClient()
    {
        HttpMessageHandler handler = Options.Handler ?? new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(8) };

        // The time limit is the downloader's, per read: a slow but living mirror may take as long as it needs.
        return new HttpClient(handler, disposeHandler: Options.Handler is null) { Timeout = Timeout.InfiniteTimeSpan };
    }

    private static string PathOf(string folder, DataFileEntry file) =>
        Path.Combine([folder, .. file.Name.Split('/')]);

    private static string Place(DataSource source) => source switch
    {
        DataSource.DataFolder => "the data folder (GSR_DATA)",
        DataSource.Cache => "the cache",
        _ => "a download just now",
    };
}
