namespace Gsr.Training;

/// <summary>
/// The processors of a machine among the processes that train on it at a time: a training has one of them to itself
/// while it lasts. More trainings at once than processors end no earlier, take more memory, and push each other's
/// weights out of the caches.
/// </summary>
/// <remarks>
/// A processor is a file in a folder, which a process that ends in any way gives back. Who waits holds another file, so
/// that nobody is overtaken by those that come later. Where a folder or a file cannot be used, nobody waits.
/// </remarks>
/// <param name="folder">The folder, which is the run's.</param>
/// <param name="count">How many processors there are.</param>
internal sealed class SharedProcessors(string folder, int count)
{
    /// <summary>The environment's variable by which an engine that runs several processes names the folder.</summary>
    public const string Variable = "GSR_PROCESSORS";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    // Trainings within a training are part of it. The flow of execution knows, whichever threads it takes.
    private static readonly AsyncLocal<bool> Has = new();
    private readonly string[] _queue = [Path.Combine(folder, "queue")];
    private readonly string[] _processors =
        [.. Enumerable.Range(0, count).Select(i => Path.Combine(folder, $"processor-{i}"))];

    /// <summary>Those of this process' run; null where it is alone.</summary>
    public static SharedProcessors? Current { get; } =
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder
            ? new SharedProcessors(folder, Environment.ProcessorCount) : null;

    /// <summary>Does something on a processor of its own, for which it waits.</summary>
    public void Run(Action train)
    {
        if (Has.Value)
        {
            train();
            return;
        }

        using var taken = Take();
        Has.Value = true;
        try
        {
            train();
        }
        finally
        {
            Has.Value = false;
        }
    }

    private FileStream? Take()
    {
        using var turn = First(_queue);
        return First(_processors);
    }

    // The first of some files that is free, for which it waits.
    private FileStream? First(string[] files)
    {
        while (Directory.Exists(folder))
        {
            foreach (var file in files)
            {
                try
                {
                    return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
                }
                catch (UnauthorizedAccessException)
                {
                    return null;
                }
                catch (IOException)
                {
                    // Another training has it.
                }
            }

            Thread.Sleep(Pause);
        }

        return null;
    }
}
