using System.Text.Json;

namespace Gsr.Kernel.Sessions.Packages;

/// <summary>The files that a set of packages comes down to on this machine.</summary>
/// <param name="Assemblies">Managed assemblies, those that run and not those to compile against.</param>
/// <param name="Natives">Native libraries for this machine.</param>
internal sealed record RestoredPackages(string[] Assemblies, string[] Natives)
{
    /// <summary>The kept result; null when there is none, or when a file of it has gone since.</summary>
    public static RestoredPackages? TryLoad(string path)
    {
        try
        {
            if (!File.Exists(path))
                return null;
            var kept = JsonSerializer.Deserialize<RestoredPackages>(File.ReadAllBytes(path));
            return kept is { Assemblies: not null, Natives: not null }
                && kept.Assemblies.All(File.Exists) && kept.Natives.All(File.Exists) ? kept : null;
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Keeps the result; whoever reads meanwhile sees the old file or the new one, never half of it.</summary>
    public void Save(string path)
    {
        var temporary = $"{path}.{Environment.ProcessId}";
        File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(this));
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Reads NuGet's <c>project.assets.json</c>.</summary>
    public static RestoredPackages FromAssets(string path)
    {
        using var assets = JsonDocument.Parse(File.ReadAllBytes(path));
        var root = assets.RootElement;
        var folders = root.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name).ToArray();
        var libraries = root.GetProperty("libraries");
        // The target with a runtime identifier has NuGet's choice among the runtimes already made.
        var target = root.GetProperty("targets").EnumerateObject().OrderByDescending(t => t.Name.Contains('/')).First();
        List<string> assemblies = [], natives = [];
        foreach (var package in target.Value.EnumerateObject())
        {
            if (!libraries.TryGetProperty(package.Name, out var library) || !library.TryGetProperty("path", out var at))
                continue;
            Collect(package.Value, "runtime", at.GetString()!, assemblies);
            Collect(package.Value, "native", at.GetString()!, natives);
        }
        return new([.. assemblies], [.. natives]);

        void Collect(JsonElement package, string kind, string libraryPath, List<string> into)
        {
            if (!package.TryGetProperty(kind, out var files))
                return;
            foreach (var file in files.EnumerateObject())
            {
                var found = folders.Select(folder => Path.Combine(folder, libraryPath, file.Name)).FirstOrDefault(File.Exists);
                if (found is not null && Path.GetFileName(found) != "_._")
                    into.Add(found);
            }
        }
    }
}
