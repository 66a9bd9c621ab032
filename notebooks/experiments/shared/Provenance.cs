using System.Text;

namespace Gsr.Experiments;

/// <summary>One file of a data set on this machine, its length and SHA-256 checked.</summary>
public sealed record DataFile(string Name, string Path, DataSource Source);

/// <summary>Where a data set came from; prints as a notice for the reader, several loud lines for a stand-in.</summary>
/// <param name="DataSet">The data set that was asked for.</param>
/// <param name="Source">
/// Where it came from; of files from several places the last in the order of <see cref="DataSource"/>.
/// </param>
/// <param name="Message">
/// What happened, in one sentence; for a stand-in every place that was tried, a line each.
/// </param>
/// <param name="Files">The files in the catalogue's order; none for a stand-in.</param>
public sealed record Provenance(
    DataSetEntry DataSet, DataSource Source, string Message, IReadOnlyList<DataFile> Files)
{
    /// <summary>True where the data were generated and are not the data set.</summary>
    public bool IsStandIn => Source == DataSource.StandIn;

    /// <summary>The path of the file of that name in the catalogue.</summary>
    /// <exception cref="ArgumentException">There is no such file; a stand-in has none.</exception>
    public string PathOf(string name) => Files.FirstOrDefault(file => file.Name == name)?.Path
        ?? throw new ArgumentException(
            $"There is no file '{name}' among the {Files.Count} files of {DataSet.Id}.", nameof(name));

    /// <summary>The notice to show.</summary>
    public override string ToString()
    {
        if (!IsStandIn) return $"{DataSet.Title}: {Message}";
        var rule = new string('!', 72);
        return new StringBuilder()
            .Append(rule).Append('\n')
            .Append($"STAND-IN DATA. THIS IS NOT {DataSet.Title.ToUpperInvariant()}.\n")
            .Append($"Used instead: {DataSet.StandIn}.\n")
            .Append($"No number or picture that follows is a result on {DataSet.Title}.\n")
            .Append(Message).Append('\n')
            .Append(rule)
            .ToString();
    }
}
