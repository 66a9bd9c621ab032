using System.Diagnostics;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;

namespace Gsr.Kernel.Sessions.Packages;

/// <summary>What an assembly file says of itself, read without loading it.</summary>
internal static class AssemblyFile
{
    /// <summary>
    /// How a reader tells versions of an assembly apart: its package's version, else the one that it says itself.
    /// </summary>
    public static string Version(string path, string name)
    {
        // PACKAGES/newtonsoft.json/13.0.3/lib/net6.0/Newtonsoft.Json.dll
        var folders = path.Split('/', '\\');
        var package = Array.FindLastIndex(folders, folder => folder.Equals(name, StringComparison.OrdinalIgnoreCase));
        return package >= 0 && package + 3 < folders.Length ? folders[package + 1]
            : FileVersionInfo.GetVersionInfo(path).ProductVersion?.Split('+')[0] ?? "of unknown version";
    }

    /// <summary>What every build of an assembly has of its own.</summary>
    public static Guid Build(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        return metadata.GetGuid(metadata.GetModuleDefinition().Mvid);
    }

    /// <summary>
    /// The names of an assembly and of those that it refers to, and whether it has types of its own; null when the file
    /// is none.
    /// </summary>
    public static (string Name, string[] References, bool HasTypes)? Read(string path)
    {
        try
        {
            using var file = new PEReader(File.OpenRead(path));
            if (!file.HasMetadata)
                return null;
            var metadata = file.GetMetadataReader();
            if (!metadata.IsAssembly)
                return null;
            return (
                metadata.GetString(metadata.GetAssemblyDefinition().Name),
                [.. metadata.AssemblyReferences.Select(
                    r => metadata.GetString(metadata.GetAssemblyReference(r).Name))],
                metadata.TypeDefinitions.Count > 1); // the first stands for the module
        }
        catch (BadImageFormatException)
        {
            return null;
        }
    }
}

/// <summary>
/// Reads the <c>.deps.json</c> that the SDK writes beside an assembly. It also names what the project refers to without
/// using it itself: the compiler leaves that out of the assembly, yet those who bring the assembly in count on it.
/// </summary>
internal static class DependencyFile
{
    /// <summary>The simple names of the assemblies that belong to the one at <paramref name="assemblyPath"/>.</summary>
    public static IEnumerable<string> Read(string assemblyPath)
    {
        var path = Path.ChangeExtension(assemblyPath, ".deps.json");
        if (!File.Exists(path))
            return [];
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return [..
                from target in document.RootElement.GetProperty("targets").EnumerateObject()
                from library in target.Value.EnumerateObject()
                where library.Value.TryGetProperty("runtime", out _)
                from file in library.Value.GetProperty("runtime").EnumerateObject()
                select Path.GetFileNameWithoutExtension(file.Name)];
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // The assembly itself says enough for most uses.
            return [];
        }
    }
}

/// <summary>Says what is missing, and how it can be had when it is something that has not been built.</summary>
internal static class MissingFile
{
    public static string Describe(string path, string workingDirectory)
    {
        var message = $"The file {path} does not exist.";
        if (!IsBuilt(path))
            return $"{message} Check the path; a relative one is seen from {workingDirectory}.";
        return FindProject(path) is { } project
            ? $"{message} Build it with: dotnet build {Quote(Path.GetRelativePath(workingDirectory, project))}"
            : $"{message} The project that builds it is not around this notebook. Where there is a package of it, "
                + $"write instead: #r \"nuget: {Path.GetFileNameWithoutExtension(path)}\"";
    }

    private static bool IsBuilt(string path) =>
        path.Split('/', '\\') is var folders && (folders.Contains("bin") || folders.Contains("artifacts"));

    private static string? FindProject(string path)
    {
        for (var folder = Path.GetDirectoryName(path); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (!Directory.Exists(folder))
                continue;
            foreach (var pattern in (string[])["*.sln", "*.slnx", "*.csproj"])
            {
                if (Directory.EnumerateFiles(folder, pattern)
                    .Order(StringComparer.Ordinal).FirstOrDefault() is { } found)
                    return found;
            }
        }
        return null;
    }

    private static string Quote(string path) => path.Contains(' ') ? $"\"{path}\"" : path;
}
