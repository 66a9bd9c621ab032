using System.Runtime.ExceptionServices;
using Gsr.Kernel.Sessions.Execution;

namespace Gsr.Kernel.Sessions.Capture;

/// <summary>
/// Exceptions that nobody catches on threads, timers and finalizers of cells. They are errors of the cell that started
/// these, and not the end of the process, which would take the session and the reason along.
/// </summary>
internal static class BackgroundErrors
{
    private static bool Watching;

    [ThreadStatic]
    private static (Exception? Exception, RunningCell? Cell) Thrown;

    /// <summary>From now on such an exception is reported; one that no cell has to do with ends the process.</summary>
    public static void Watch()
    {
        if (Interlocked.Exchange(ref Watching, true))
            return;
        // The cell is known where it is thrown: on its way out of the thread, that is forgotten.
        AppDomain.CurrentDomain.FirstChanceException += static (_, e) =>
        {
            if (e.Exception != Thrown.Exception)
                Thrown = (e.Exception, RunningCell.Current);
        };
        NativeErrors.Watch();
        try
        {
            ExceptionHandling.SetUnhandledExceptionHandler(TryReport);
        }
        catch (InvalidOperationException)
        {
            // The program that hosts the engine has one of its own, and there can be no other.
        }
    }

    /// <summary>Reports an exception to its cell; where that is unknown, to the one that started last.</summary>
    public static void Report(Exception e, RunningCell? cell)
    {
        cell ??= ConsoleCapture.OnlyRouter?.Latest;
        if (cell is null)
            Console.Error.WriteLine(e);
        else if (!cell.WasStoppedBy(e))
            cell.Fail(ErrorDescription.OfBackground(e));
    }

    private static bool TryReport(Exception e)
    {
        var cell = Thrown.Exception == e ? Thrown.Cell : null;
        // A program that hosts the engine answers for its own threads.
        if (cell is null && !StackLines.ShowCell(e.StackTrace))
            return false;
        Report(e, cell);
        return true;
    }
}
