namespace Gsr.Kernel.Tests.Jupyter;

/// <summary>Comms over ZeroMQ.</summary>
public sealed class ZeroMqCommTests : CommTests
{
    private protected override KernelClient Start() => new JupyterClient();
}

/// <summary>Comms over a named pipe.</summary>
public sealed class PipeCommTests : CommTests
{
    private protected override KernelClient Start() => new PipeClient();
}
