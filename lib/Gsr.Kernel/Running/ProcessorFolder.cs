namespace Gsr.Kernel.Running;

/// <summary>
/// What the processes of one run share, so that a library trains no more at once than there are processors: a folder,
/// which they are told by name.
/// </summary>
internal sealed class ProcessorFolder : IDisposable
{
    /// <summary>The environment's variable that names it.</summary>
    public const string Variable = "GSR_PROCESSORS";

    private ProcessorFolder(string path) => Path = path;

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>For so many processes at once; null for one alone, and where there is no room for such a folder.</summary>
    public static ProcessorFolder? For(int processes)
    {
        if (processes < 2) return null;
        try
        {
            return new(Directory.CreateTempSubdirectory("gsr-processors-").FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // nobody waits for another, then
        }
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A process that is being killed may hold a file: the system's folder for such things has it, then.
        }
    }
}
