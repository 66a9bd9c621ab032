using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Gsr.Kernel.Jupyter;

/// <summary>Ends the kernel when the front end that started it is gone without a word, as after <c>kill -9</c>.</summary>
internal static partial class ParentWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Starts to watch; dispose of the result to stop. Null on Windows, which gives orphans no new parent.</summary>
    public static IDisposable? Start()
    {
        if (OperatingSystem.IsWindows())
            return null;
        var parent = ParentId();
        return new Timer(_ =>
        {
            // An orphan is given to another process; one that was started from a terminal in the background keeps its parent.
            if (ParentId() != parent)
                Process.GetCurrentProcess().Kill();
        }, null, Interval, Interval);
    }

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int ParentId();
}
