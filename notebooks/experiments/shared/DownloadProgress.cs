namespace Gsr.Experiments;

/// <summary>How far a download is.</summary>
/// <param name="DataSet">The data set's id.</param>
/// <param name="File">The file's name.</param>
/// <param name="Source">The mirror.</param>
/// <param name="Bytes">Bytes received.</param>
/// <param name="TotalBytes">The file's length.</param>
/// <param name="Failure">Why this mirror was given up; null while it goes well.</param>
public sealed record DownloadProgress(string DataSet, string File, Uri Source, long Bytes, long TotalBytes, string? Failure = null)
{
    /// <summary>For example "mnist/t10k-labels-idx1-ubyte.gz from example.org: 0.5 of 1.6 MB".</summary>
    public override string ToString() => $"{DataSet}/{File} from {Source.Host}: " +
        (Failure ?? $"{Bytes / 1e6:0.0} of {TotalBytes / 1e6:0.0} MB");
}
