using System.Globalization;
using System.Runtime.InteropServices;

namespace Gsr.Kernel.Cli;

/// <summary>
/// The cultures that cells can use. .NET ends a process that needs them on a Linux without ICU, as slim containers are,
/// unless it is told to do without; that is what this process was built for, until ICU is found.
/// </summary>
internal static partial class Cultures
{
    private const string Switch = "System.Globalization.Invariant";

    /// <summary>What to say where there are none; null where there are.</summary>
    public static string? Missing { get; } = HasIcu() ? null
        : "No ICU is installed here: cells know the invariant culture alone. Debian and Ubuntu have it as libicu*, "
            + "Fedora as libicu, Alpine as icu-libs.";

    /// <summary>
    /// To be called before anything asks for a culture. Numbers are written the same everywhere: the culture in use
    /// stays the invariant one.
    /// </summary>
    public static void Prepare()
    {
        if (Missing is null)
            AppContext.SetSwitch(Switch, false);
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture =
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
    }

    // The runtime's own search. Windows and macOS have cultures of their own.
    private static bool HasIcu()
    {
        try
        {
            return !OperatingSystem.IsLinux() || LoadIcu() != 0;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libSystem.Globalization.Native", EntryPoint = "GlobalizationNative_LoadICU")]
    private static partial int LoadIcu();
}
