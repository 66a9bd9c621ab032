using Gsr.Internals;

namespace Gsr.Experiments.OwnData;

/// <summary>
/// Files of results that belong together, NAME.ending each: whole or not at all, and never over another's. Where a file
/// of that name holds something else, all get a number, NAME-2.ending.
/// </summary>
public static class OwnFiles
{
    /// <summary>The name of a data set: that of its file or folder, without endings such as .csv.gz or .h5ad.</summary>
    public static string NameOf(string path)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        string[] endings = [".gz", ".csv", ".tsv", ".txt", ".tab", ".mtx", ".h5ad", ".h5mu", ".h5", ".hdf5", ".loom",
            ".fcs", ".tar", ".zip"];
        while (endings.FirstOrDefault(e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase)) is { } ending
            && name.Length > ending.Length)
            name = name[..^ending.Length];
        return name.Length == 0 ? "cells" : name;
    }

    /// <summary>Writes them and returns their paths, in the order given.</summary>
    /// <param name="folder">Made where there is none.</param>
    /// <param name="name">A plain file name.</param>
    /// <param name="files">An ending such as "cells.csv", and what writes the file at a path.</param>
    /// <exception cref="ArgumentException">The name is not a plain file name.</exception>
    /// <exception cref="IOException">A file cannot be written; then there is none of them.</exception>
    public static IReadOnlyList<string> Write(
        string folder, string name, params IReadOnlyList<(string Ending, Action<string> Write)> files)
    {
        Arguments.Require(name.Length > 0 && name.IndexOfAny(Path.GetInvalidFileNameChars()) < 0, nameof(name),
            $"'{name}' is not a plain file name.");
        var parts = Directory.CreateDirectory(Path.Combine(folder, $".{name}.{Guid.NewGuid():N}.partial"));
        try
        {
            string[] written = [.. files.Select(file => Path.Combine(parts.FullName, file.Ending))];
            for (var i = 0; i < files.Count; i++) files[i].Write(written[i]);
            for (var number = 1; ; number++)
            {
                string[] paths = [.. files.Select(file => Path.Combine(
                    folder, $"{name}{(number == 1 ? "" : $"-{number}")}.{file.Ending}"))];
                if (Placed(written, paths)) return paths;
            }
        }
        finally
        {
            parts.Delete(recursive: true);
        }
    }

    /// <summary>Whether all are in place: there was no other file, or one of the same content.</summary>
    private static bool Placed(string[] written, string[] paths)
    {
        (string From, string To)[] absent = [.. written.Zip(paths).Where(pair => !Same(pair.First, pair.Second))];
        List<(string From, string To)> taken = [];
        var placed = false;
        try
        {
            foreach (var pair in absent)
            {
                if (!TryTake(pair.To)) return false;
                taken.Add(pair);
            }

            foreach (var (from, to) in taken) AtomicFile.Move(from, to);
            return placed = true;
        }
        finally
        {
            if (!placed) taken.ForEach(pair => File.Delete(pair.To));
        }
    }

    // Makes an empty file where there is none, in one step, which a move that replaces nothing is not everywhere.
    private static bool TryTake(string path)
    {
        try
        {
            new FileStream(path, FileMode.CreateNew).Dispose();
            return true;
        }
        catch (Exception e) when ((e is IOException or UnauthorizedAccessException) && Path.Exists(path))
        {
            return false;
        }
    }

    private static bool Same(string one, string other)
    {
        try
        {
            return File.Exists(other) && new FileInfo(one).Length == new FileInfo(other).Length
                && File.ReadAllBytes(one).AsSpan().SequenceEqual(File.ReadAllBytes(other));
        }
        catch (FileNotFoundException)
        {
            // Another run put it there and took it back meanwhile: the name is that run's business.
            return false;
        }
    }
}
