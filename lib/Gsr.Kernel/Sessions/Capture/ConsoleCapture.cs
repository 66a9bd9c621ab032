namespace Gsr.Kernel.Sessions.Capture;

/// <summary>Replaces the process' console while at least one session lives.</summary>
internal static class ConsoleCapture
{
    private static readonly Lock s_gate = new();
    private static readonly List<OutputRouter> s_routers = [];
    private static (TextWriter Out, TextWriter Error, TextReader In) s_original;

    /// <summary>The router of the only session; null where there is none or a choice between several.</summary>
    public static OutputRouter? OnlyRouter { get; private set; }

    public static void Add(OutputRouter router)
    {
        lock (s_gate)
        {
            s_routers.Add(router);
            if (s_routers.Count == 1)
                Install();
            OnlyRouter = s_routers.Count == 1 ? router : null;
        }
    }

    public static void Remove(OutputRouter router)
    {
        lock (s_gate)
        {
            if (!s_routers.Remove(router))
                return;
            OnlyRouter = s_routers.Count == 1 ? s_routers[0] : null;
            if (s_routers.Count > 0)
                return;
            Console.SetOut(s_original.Out);
            Console.SetError(s_original.Error);
            Console.SetIn(s_original.In);
        }
    }

    private static void Install()
    {
        s_original = (Console.Out, Console.Error, Console.In);
        Console.SetOut(new RoutingWriter("stdout", s_original.Out));
        Console.SetError(new RoutingWriter("stderr", s_original.Error));
        Console.SetIn(new AskingReader());
    }
}
