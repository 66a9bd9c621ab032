namespace Gsr.Kernel.Sessions.Packages;

/// <summary>A lock between processes, held for as long as a file is open; it cannot outlive its holder.</summary>
internal static class FileTurn
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(50);

    public static async Task<IDisposable> TakeAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                await Task.Delay(RetryDelay, cancellationToken);
            }
        }
    }
}
