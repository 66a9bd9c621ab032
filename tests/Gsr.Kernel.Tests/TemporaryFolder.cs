namespace Gsr.Kernel.Tests;

/// <summary>A folder for one test, gone after it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gsr-tests-");

    public string Path => _folder.FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public string Write(string name, string text)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], text);
        return this[name];
    }

    public void Dispose() => Delete(Path);

    /// <summary>
    /// Deletes a folder; on Windows it stays where a process of a failed test, or an assembly that a cell brought in,
    /// does not leave it.
    /// </summary>
    public static void Delete(string path)
    {
        var isLoaded = AppDomain.CurrentDomain.GetAssemblies().Any(loaded =>
            !loaded.IsDynamic && loaded.Location.StartsWith(path, StringComparison.OrdinalIgnoreCase));
        for (var until = DateTime.UtcNow.AddSeconds(isLoaded ? 0 : 10); ; Thread.Sleep(50))
        {
            try
            {
                Directory.Delete(path, recursive: true);
                return;
            }
            catch (Exception e) when (
                OperatingSystem.IsWindows() && e is IOException or UnauthorizedAccessException)
            {
                if (DateTime.UtcNow > until)
                    return;
            }
        }
    }
}
