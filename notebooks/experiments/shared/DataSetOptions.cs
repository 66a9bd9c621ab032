namespace Gsr.Experiments;

/// <summary>Where a <see cref="DataSetLoader"/> looks, and what it may do.</summary>
public sealed record DataSetOptions
{
    /// <summary>The user's own data, looked at first; null where there is none. <see cref="FromEnvironment"/> sets it from GSR_DATA.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Where downloads are kept, in one folder per data set.</summary>
    public required string CacheFolder { get; init; }

    /// <summary>Whether nothing may be downloaded; false by default.</summary>
    public bool Offline { get; init; }

    /// <summary>Whether generated data may take the place of what cannot be had; true by default, never without a notice.</summary>
    public bool AllowStandIn { get; init; } = true;

    /// <summary>Told of every download, on the thread that downloads.</summary>
    public IProgress<DownloadProgress>? Progress { get; init; }

    /// <summary>How often the list of mirrors is gone through, 1 or more; 2 by default.</summary>
    public int Rounds { get; init; } = 2;

    /// <summary>The wait before the second round, doubled for each further one; a second by default.</summary>
    public TimeSpan BackOff { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a mirror may send nothing before it is given up; 20 seconds by default.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Answers the requests in place of the network, for tests; the caller disposes of it.</summary>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>The data sets; <see cref="DataCatalog.Default"/> where null.</summary>
    public DataCatalog? Catalog { get; init; }

    /// <summary>
    /// Options for this process: the data folder from the environment variable GSR_DATA (this is the one place that
    /// reads it), the cache in data/cache of the repository around the current directory or around Gsr.dll, or in the
    /// user's own cache folder where there is no repository.
    /// </summary>
    public static DataSetOptions FromEnvironment()
    {
        string? dataFolder = Environment.GetEnvironmentVariable("GSR_DATA");
        return new DataSetOptions
        {
            DataFolder = string.IsNullOrWhiteSpace(dataFolder) ? null : Path.GetFullPath(dataFolder),
            CacheFolder = CacheLocation.Find(Directory.GetCurrentDirectory(), AppContext.BaseDirectory,
                Path.GetDirectoryName(typeof(DataSetOptions).Assembly.Location)),
        };
    }
}
