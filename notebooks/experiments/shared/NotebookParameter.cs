using System.Globalization;
using System.Numerics;

namespace Gsr.Experiments;

/// <summary>
/// Checks a notebook's parameters before anything runs; a message names the parameter, its value and the remedy.
/// </summary>
public static class NotebookParameter
{
    /// <summary>
    /// A number of at least <paramref name="least"/> and at most <paramref name="most"/>, NaN is neither; its meaning
    /// is shown.
    /// </summary>
    /// <exception cref="ArgumentException">It is out of bounds.</exception>
    public static T Between<T>(string name, T value, T least, T most, string meaning)
        where T : INumber<T> => value >= least && value <= most
        ? value
        : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
            $"{name} is {value}; give {least} to {most} ({meaning})."));

    /// <summary>One of some words.</summary>
    /// <exception cref="ArgumentException">It is none of them.</exception>
    public static string OneOf(string name, string value, params IReadOnlyList<string> choices) =>
        choices.Contains(value)
        ? value
        : throw new ArgumentException(choices.Count == 0
            ? $"{name} is \"{value}\", and there is none to choose; leave it empty."
            : $"{name} is \"{value}\"; use {string.Join(" or ", choices.Select(c => $"\"{c}\""))}.");

    /// <summary>The name of an enumeration's member, in upper or lower case.</summary>
    /// <exception cref="ArgumentException">There is no such member.</exception>
    public static T Member<T>(string name, string value)
        where T : struct, Enum
    {
        foreach (var member in Enum.GetValues<T>())
            if (member.ToString().Equals(value, StringComparison.OrdinalIgnoreCase)) return member;
        var members = Enum.GetNames<T>().Select(member => $"\"{member.ToLowerInvariant()}\"");
        throw new ArgumentException($"{name} is \"{value}\"; use {string.Join(" or ", members)}.");
    }

    /// <summary>Names between commas, such as "CD3D, MS4A1"; null where there is none.</summary>
    public static IReadOnlyList<string>? Names(string names) =>
        names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is [_, ..] some
            ? some : null;

    /// <summary>A column and its value, such as "tissue=blood"; null where the text is empty.</summary>
    /// <exception cref="ArgumentException">There is no equals sign, or nothing before it.</exception>
    public static (string Column, string Value)? Pair(string name, string text) => text.Length == 0 ? null
        : text.IndexOf('=') is > 0 and var at ? (text[..at].Trim(), text[(at + 1)..].Trim())
        : throw new ArgumentException($"{name} is \"{text}\"; give a column and its value, as in \"tissue=blood\".");

    /// <summary>The full path of a file or folder, which must exist.</summary>
    /// <exception cref="ArgumentException">There is none; the message says where it was sought.</exception>
    public static string ExistingPath(string name, string path)
    {
        var full = Path.GetFullPath(path);
        return File.Exists(full) || Directory.Exists(full)
            ? full
            : throw new ArgumentException(
                $"{name} is \"{path}\", and there is no file or folder {full}; give the path of one.");
    }
}
