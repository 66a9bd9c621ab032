namespace Gsr.Experiments;

/// <summary>Where data came from, from the most to the least trustworthy.</summary>
public enum DataSource
{
    /// <summary>The user's data folder (GSR_DATA).</summary>
    DataFolder,
    /// <summary>The cache, filled by an earlier download.</summary>
    Cache,
    /// <summary>Downloaded just now, in part at least.</summary>
    Download,
    /// <summary>Generated: not the data set at all.</summary>
    StandIn,
}
