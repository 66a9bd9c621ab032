namespace Gsr.Experiments;

/// <summary>Finds the folder that downloads are kept in.</summary>
internal static class CacheLocation
{
    /// <summary>data/cache of the first repository found on the way up from a start; else a folder of the user's.</summary>
    /// <param name="starts">Folders to walk up from, in order; null and empty ones are passed over.</param>
    public static string Find(params ReadOnlySpan<string?> starts)
    {
        foreach (string? start in starts)
        {
            for (var folder = string.IsNullOrEmpty(start) ? null : new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "data", "catalog.json")))
                    return Path.Combine(folder.FullName, "data", "cache");
            }
        }
        string user = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);

        // Empty for accounts without a home, as in some containers.
        return Path.Combine(user.Length == 0 ? Path.GetTempPath() : user, "Gsr.Notebooks", "cache");
    }
}
