namespace Gsr.Experiments;

/// <summary>A data set of the catalogue.</summary>
public sealed record DataSetEntry
{
    /// <summary>Its name in code and its folder in the cache: small letters, digits and hyphens.</summary>
    public required string Id { get; init; }

    /// <summary>Its name for readers.</summary>
    public required string Title { get; init; }

    /// <summary>Its folder under the data folder (GSR_DATA), with "/" between parts.</summary>
    public required string Folder { get; init; }

    /// <summary>What it holds.</summary>
    public required string Description { get; init; }

    /// <summary>Under which terms it may be used.</summary>
    public required string Licence { get; init; }

    /// <summary>What to cite.</summary>
    public required string Citation { get; init; }

    /// <summary>What the library can generate in its place; null where nothing.</summary>
    public required string? StandIn { get; init; }

    /// <summary>Its files, one or more.</summary>
    public required IReadOnlyList<DataFileEntry> Files { get; init; }

    /// <summary>For example "mnist: MNIST handwritten digits, 4 files, 11.6 MB".</summary>
    public override string ToString() =>
        $"{Id}: {Title}, {Files.Count} files, {Files.Sum(file => file.Bytes) / 1e6:0.0} MB";
}

/// <summary>A file of a data set.</summary>
public sealed record DataFileEntry
{
    /// <summary>Its path within the data set's folder, with "/" between parts.</summary>
    public required string Name { get; init; }

    /// <summary>Its length.</summary>
    public required long Bytes { get; init; }

    /// <summary>Its SHA-256, 64 small hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Where it can be downloaded, the first choice first; may be empty.</summary>
    public required IReadOnlyList<Uri> Mirrors { get; init; }
}
