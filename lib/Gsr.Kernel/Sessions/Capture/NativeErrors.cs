using System.Diagnostics;
using System.Runtime.InteropServices;
using Gsr.Kernel.Sessions.Execution;

namespace Gsr.Kernel.Sessions.Capture;

/// <summary>
/// C++ exceptions that a native function lets out into .NET, as some of TorchSharp's do where shapes do not fit. The
/// C++ library would end the process. Its last question, before that, is answered here: the cell fails with the
/// exception's text, and the thread, which can neither return nor go on, is given up.
/// </summary>
/// <remarks>
/// Linux on x64, with GCC's library. On Windows the runtime makes an exception of them itself; elsewhere, and for what
/// is no <c>std::exception</c>, they end the process, which says why.
/// </remarks>
internal static unsafe class NativeErrors
{
    private static delegate* unmanaged<nint> CurrentType;
    private static delegate* unmanaged<nint*, void> CurrentException;
    private static delegate* unmanaged<void> Previous;
    private static nint StandardException;

    /// <summary>From now on such exceptions are errors of cells.</summary>
    public static void Watch()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64
            || !NativeLibrary.TryLoad("libstdc++.so.6", out var library))
            return;
        CurrentType = (delegate* unmanaged<nint>)NativeLibrary.GetExport(library, "__cxa_current_exception_type");
        CurrentException =
            (delegate* unmanaged<nint*, void>)NativeLibrary.GetExport(library, "_ZSt17current_exceptionv");
        StandardException = NativeLibrary.GetExport(library, "_ZTISt9exception");
        var set = (delegate* unmanaged<delegate* unmanaged<void>, delegate* unmanaged<void>>)
            NativeLibrary.GetExport(library, "_ZSt13set_terminatePFvvE");
        Previous = set(&OnTerminate);
    }

    [UnmanagedCallersOnly]
    private static void OnTerminate()
    {
        if (RunningCell.Current is { } cell && Text() is { } text)
        {
            cell.Lose(ErrorDescription.OfNative(text, new StackTrace(fNeedFileInfo: true).ToString()));
            Thread.CurrentThread.IsBackground = true;
            while (true)
                Rest();
        }
        if (Previous != null)
            Previous();
    }

    private static void Rest()
    {
        try
        {
            Thread.Sleep(Timeout.Infinite);
        }
        catch (ThreadInterruptedException)
        {
            // Somebody wants the cell to stop; it has.
        }
    }

    // What the Itanium C++ ABI lays down: the fifth virtual function of a type tells whether it catches an object, the
    // third of std::exception is what().
    private static string? Text()
    {
        var type = CurrentType();
        if (type == 0)
            return null;
        nint thrown;
        CurrentException(&thrown);
        var catches = (delegate* unmanaged<nint, nint, nint*, uint, byte>)Virtual(StandardException, 4);
        if (catches(StandardException, type, &thrown, 1) == 0)
            return null;
        var what = (delegate* unmanaged<nint, byte*>)Virtual(thrown, 2);
        return Marshal.PtrToStringUTF8((nint)what(thrown));
    }

    private static nint Virtual(nint instance, int index) => (*(nint**)instance)[index];
}
