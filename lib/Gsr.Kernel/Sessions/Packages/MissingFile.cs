namespace Gsr.Kernel.Sessions.Packages;

/// <summary>Says what is missing, and how it can be had when it is something that has not been built.</summary>
internal static class MissingFile
{
    public static string Describe(string path, string workingDirectory)
    {
        var message = $"The file {path} does not exist.";
        return IsBuilt(path) && FindProject(path) is { } project
            ? $"{message} Build it with: dotnet build {Quote(Path.GetRelativePath(workingDirectory, project))}"
            : $"{message} Check the path; a relative one is seen from {workingDirectory}.";
    }

    private static bool IsBuilt(string path) => path.Split('/', '\\') is var folders && (folders.Contains("bin") || folders.Contains("artifacts"));

    private static string? FindProject(string path)
    {
        for (var folder = Path.GetDirectoryName(path); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (!Directory.Exists(folder))
                continue;
            foreach (var pattern in (string[])["*.sln", "*.slnx", "*.csproj"])
            {
                if (Directory.EnumerateFiles(folder, pattern).Order(StringComparer.Ordinal).FirstOrDefault() is { } found)
                    return found;
            }
        }
        return null;
    }

    private static string Quote(string path) => path.Contains(' ') ? $"\"{path}\"" : path;
}
