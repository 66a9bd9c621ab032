namespace Gsr.Kernel.Sessions.Packages;

/// <summary>A package that a cell asks for; <c>*</c> stands for the newest stable version.</summary>
internal sealed record PackageRequest(string Id, string Version)
{
    private const string Prefix = "nuget:";

    /// <summary>True when a directive's argument speaks of NuGet at all.</summary>
    public static bool IsNuGet(string argument) =>
        argument.TrimStart().StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>The argument without its <c>nuget:</c>.</summary>
    public static string Strip(string argument) => argument.Trim()[Prefix.Length..].Trim();

    /// <summary>Reads <c>nuget: id</c> or <c>nuget: id, version</c>.</summary>
    public static PackageRequest Parse(string argument)
    {
        var parts = Strip(argument).Split(',', 2, StringSplitOptions.TrimEntries);
        // The id and the version end up in a project file; nothing but what NuGet allows in them gets there.
        if (parts[0].Length == 0 || !parts[0].All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-'))
            throw new ReferenceException($"\"{argument}\" names no package; write #r \"nuget: Id, 1.2.3\".");
        var version = parts.Length > 1 && parts[1].Length > 0 ? parts[1] : "*";
        if (!version.All(c => char.IsAsciiLetterOrDigit(c) || "*.-+[](), ".Contains(c)))
            throw new ReferenceException($"\"{version}\" is no version of package {parts[0]}.");
        return new(parts[0], version);
    }
}
