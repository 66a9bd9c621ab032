using System.Globalization;
using System.Numerics;

namespace Gsr.Experiments;

/// <summary>
/// Checks of a notebook's parameters before anything runs. A message names the parameter, its value and what to give instead.
/// </summary>
public static class Parameter
{
    /// <summary>A number within bounds, which belong to what is allowed.</summary>
    /// <typeparam name="T">int, long or double; NaN is never within.</typeparam>
    /// <param name="name">As it is written in the notebook.</param>
    /// <param name="value">Its value.</param>
    /// <param name="least">The lower bound.</param>
    /// <param name="most">The upper bound.</param>
    /// <param name="meaning">What it is, such as "nodes of the layer".</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentException">It is out of bounds.</exception>
    public static T Between<T>(string name, T value, T least, T most, string meaning)
        where T : INumber<T> => value >= least && value <= most
        ? value
        : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; give {least} to {most} ({meaning})."));

    /// <summary>One of some words.</summary>
    /// <param name="name">As it is written in the notebook.</param>
    /// <param name="value">Its value.</param>
    /// <param name="choices">What is allowed.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentException">It is none of them.</exception>
    public static string OneOf(string name, string value, params IReadOnlyList<string> choices) => choices.Contains(value)
        ? value
        : throw new ArgumentException(choices.Count == 0
            ? $"{name} is \"{value}\", and there is none to choose; leave it empty."
            : $"{name} is \"{value}\"; use {string.Join(" or ", choices.Select(c => $"\"{c}\""))}.");

    /// <summary>The name of an enumeration's member, in any case of letters.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    /// <param name="name">As it is written in the notebook.</param>
    /// <param name="value">Its value.</param>
    /// <exception cref="ArgumentException">There is no such member.</exception>
    public static T Member<T>(string name, string value)
        where T : struct, Enum
    {
        foreach (var member in Enum.GetValues<T>())
            if (member.ToString().Equals(value, StringComparison.OrdinalIgnoreCase)) return member;
        throw new ArgumentException($"{name} is \"{value}\"; use {string.Join(" or ", Enum.GetNames<T>().Select(c => $"\"{c.ToLowerInvariant()}\""))}.");
    }

    /// <summary>A file or folder that is there.</summary>
    /// <param name="name">As it is written in the notebook.</param>
    /// <param name="path">Absolute, or from <paramref name="folder"/>.</param>
    /// <param name="folder">What a relative path starts from; the current directory where null.</param>
    /// <returns>The full path.</returns>
    /// <exception cref="ArgumentException">There is none; the message says where it was sought.</exception>
    public static string ExistingPath(string name, string path, string? folder = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        var full = Path.GetFullPath(path, Path.GetFullPath(folder ?? Environment.CurrentDirectory));
        return File.Exists(full) || Directory.Exists(full)
            ? full
            : throw new ArgumentException($"{name} is \"{path}\", and there is no file or folder {full}; give the path of one.");
    }
}
