using Gsr.Kernel.Display;
using Gsr.Kernel.Outputs;
using Gsr.Kernel.Sessions.Capture;

namespace Gsr.Kernel.Sessions.Execution;

/// <summary>A value that a cell has shown, and that it can replace in place.</summary>
public sealed class DisplayedValue
{
    private readonly OutputRouter? _router;

    internal DisplayedValue(OutputRouter? router, string displayId) => (_router, DisplayId) = (router, displayId);

    /// <summary>Identifies the display within its session.</summary>
    public string DisplayId { get; }

    /// <summary>Shows another value in its place.</summary>
    public void Update(object? value)
    {
        Interruption.Check();
        _router?.Emit(new DisplayOutput(MimeFormatter.Format(value), DisplayId, Update: true));
    }
}
