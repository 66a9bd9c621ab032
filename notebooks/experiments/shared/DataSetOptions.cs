namespace Gsr.Experiments;

/// <summary>Where a <see cref="DataSetLoader"/> looks, and what it may do.</summary>
public sealed record DataSetOptions
{
    /// <summary>The user's own data, looked at first; null where there is none.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Where downloads are kept, in one folder per data set.</summary>
    public required string CacheFolder { get; init; }

    /// <summary>Whether nothing may be downloaded; false by default.</summary>
    public bool Offline { get; init; }

    /// <summary>
    /// Whether generated data may replace what is unavailable; true by default, and always with a notice.
    /// </summary>
    public bool AllowStandIn { get; init; } = true;

    /// <summary>The wait before mirrors are tried for a second time; a second by default.</summary>
    internal TimeSpan BackOff { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a mirror may send nothing before it is given up; 20 seconds by default.</summary>
    internal TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Answers the requests in place of the network, for tests; the caller disposes of it.</summary>
    internal HttpMessageHandler? Handler { get; init; }

    /// <summary>The data sets; <see cref="DataCatalog.Default"/> where null.</summary>
    internal DataCatalog? Catalog { get; init; }

    /// <summary>
    /// Options for this process: the data folder from the environment variable GSR_DATA (the one place that reads it),
    /// the cache in data/cache of the repository around the current directory or around this assembly, or in the user's
    /// own cache folder where there is no repository.
    /// </summary>
    public static DataSetOptions FromEnvironment()
    {
        var dataFolder = Environment.GetEnvironmentVariable("GSR_DATA");
        return new DataSetOptions
        {
            DataFolder = string.IsNullOrWhiteSpace(dataFolder) ? null : Path.GetFullPath(dataFolder),
            CacheFolder = Cache(Directory.GetCurrentDirectory(), AppContext.BaseDirectory,
                Path.GetDirectoryName(typeof(DataSetOptions).Assembly.Location)),
        };
    }

    private static string Cache(params ReadOnlySpan<string?> starts)
    {
        foreach (var start in starts)
        {
            var folder = string.IsNullOrEmpty(start) ? null : new DirectoryInfo(start);
            for (; folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "data", "catalog.json")))
                    return Path.Combine(folder.FullName, "data", "cache");
            }
        }

        // Empty for accounts without a home, as in some containers.
        var user = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        return Path.Combine(user.Length == 0 ? Path.GetTempPath() : user, "Gsr.Notebooks", "cache");
    }
}
