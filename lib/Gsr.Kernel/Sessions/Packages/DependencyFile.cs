using System.Text.Json;

namespace Gsr.Kernel.Sessions.Packages;

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
