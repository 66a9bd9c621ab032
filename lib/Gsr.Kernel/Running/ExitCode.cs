namespace Gsr.Kernel.Running;

/// <summary>The exit codes of all commands; 130 is what shells give for Ctrl-C.</summary>
internal static class ExitCode
{
    public const int Succeeded = 0, Failed = 1, Misused = 2, Interrupted = 130;
}
