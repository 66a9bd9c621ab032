using System.Diagnostics;
using System.Text;
using System.Threading.Channels;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Sessions.Capture;
using Gsr.Kernel.Sessions.Execution;
using Gsr.Kernel.Sessions.Packages;

namespace Gsr.Kernel.Running;

/// <summary>The process that executes one notebook's cells, as its runner sees it.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan TimeToConnect = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan TimeToExit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TimeToSpeak = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly MessageStream _connection;
    // Full, it makes the child wait: hundreds of megabytes shall not pile up here.
    private readonly Channel<ChildMessage> _messages = Channel.CreateBounded<ChildMessage>(64);
    private readonly Task _rawText;
    private readonly IReadOnlyList<IDisposable> _signals;
    private int _heard;

    private ChildProcess(Process process, MessageStream connection)
    {
        _process = process;
        Id = process.Id;
        _connection = connection;
        // What native code or the runtime's last words write past the capture inside the child.
        _rawText = Task.WhenAll(
            PumpAsync(process.StandardOutput, "stdout"), PumpAsync(process.StandardError, "stderr"));
        new Thread(Receive) { IsBackground = true, Name = "messages from the cells" }.Start();
        _signals = ProcessGroup.FollowTerminal(Id);
    }

    /// <summary>Everything the child says, in order; ends when the child is gone.</summary>
    public ChannelReader<ChildMessage> Messages => _messages.Reader;

    /// <summary>Why the runner killed the child; null when it did not.</summary>
    public string? KilledBecause { get; private set; }

    public int Id { get; }

    /// <summary>The most memory that the child said it held, in bytes.</summary>
    public long PeakMemory { get; private set; }

    /// <summary>True when no further cell can run.</summary>
    public bool IsGone => _messages.Reader.Completion.IsCompleted;

    /// <summary>Starts a child in a folder and waits until it is there.</summary>
    /// <param name="folder">The working directory.</param>
    /// <param name="variables">Of its environment, beside those of this process.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<ChildProcess> StartAsync(
        string folder, IReadOnlyDictionary<string, string> variables, CancellationToken cancellationToken)
    {
        using var meetingPoint = new MeetingPoint();
        var start = new ProcessStartInfo
        {
            FileName = EngineLocation.DotNet,
            ArgumentList = { "exec", EngineLocation.Assembly, ChildHost.Command, meetingPoint.Path },
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            UseShellExecute = false,
        };
        foreach (var (name, value) in RuntimeSettings.OfRun.Concat(variables))
            start.Environment[name] = value;
        var process = Process.Start(start) ?? throw new IOException("dotnet did not start.");
        try
        {
            // A notebook has nobody to ask.
            process.StandardInput.Close();
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(TimeToConnect);
            var exited = process.WaitForExitAsync(patience.Token);
            var accepted = meetingPoint.AcceptAsync(patience.Token);
            if (await Task.WhenAny(accepted, exited) == accepted)
                return new ChildProcess(process, new MessageStream(await accepted));
            cancellationToken.ThrowIfCancellationRequested();
            var words = process.HasExited
                ? (await process.StandardError.ReadToEndAsync(patience.Token)).Trim() : "it did not answer";
            throw new IOException($"The process for the cells did not start: {words}");
        }
        catch
        {
            ProcessGroup.Kill(process);
            process.Dispose();
            throw;
        }
    }

    /// <summary>Sends a message; that the child is gone shows in <see cref="Messages"/>.</summary>
    public void Send(RunnerMessage message)
    {
        try
        {
            _connection.Send(message, WireJson.ToChild);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return;
        }
    }

    /// <summary>True when anything was heard since this was last asked.</summary>
    public bool WasHeard() => Interlocked.Exchange(ref _heard, 0) != 0;

    /// <summary>Ends the child and all that it started. Only the first reason counts.</summary>
    public void Kill(string because)
    {
        KilledBecause ??= because;
        ProcessGroup.Kill(_process);
    }

    /// <summary>Waits for the dead child and says how it died.</summary>
    public async Task<string> DescribeEndAsync()
    {
        await WaitForExitAsync(TimeToExit);
        // Whatever killed it, nothing shall be left of it.
        ProcessGroup.Kill(_process);
        if (KilledBecause is { } reason)
            return reason;
        if (!_process.HasExited)
            return "the process of the cells broke its connection";
        var code = _process.ExitCode;
        return "the process of the cells " + (OperatingSystem.IsWindows() ? Math.Min(code, 0) : code) switch
        {
            137 => "was killed (signal 9), perhaps for lack of memory",
            134 => "crashed (signal 6)",
            139 => "crashed in native code (signal 11)",
            142 => "stood still and was ended (signal 14)",
            > 128 => $"was ended by signal {code - 128}",
            < 0 => $"ended with exit code 0x{code:X8}",
            _ => $"ended with exit code {code}",
        };
    }

    /// <summary>Lets the child end, and gives what its cells' tasks still say until then.</summary>
    public async IAsyncEnumerable<ChildMessage.Output> EndAsync()
    {
        Send(new RunnerMessage.Exit());
        using var patience = new CancellationTokenSource(TimeToExit);
        await using var over = patience.Token.Register(() => _messages.Writer.TryComplete());
        await foreach (var message in _messages.Reader.ReadAllAsync())
        {
            if (message is ChildMessage.Output output)
                yield return output;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Send(new RunnerMessage.Exit());
        await WaitForExitAsync(KilledBecause is null ? TimeToExit : TimeSpan.Zero);
        if (!_process.HasExited)
            ProcessGroup.Kill(_process);
        foreach (var signal in _signals)
            signal.Dispose();
        _connection.Dispose();
        _process.Dispose();
    }

    private void Receive()
    {
        try
        {
            while (_connection.Receive(WireJson.ToRunner) is { } message)
            {
                Volatile.Write(ref _heard, 1);
                if (message is ChildMessage.Alive alive)
                    PeakMemory = Math.Max(PeakMemory, alive.PeakMemory);
                else
                    _messages.Writer.WriteAsync(message).AsTask().Wait();
            }
        }
        catch (AggregateException e) when (e.InnerException is ChannelClosedException)
        {
            return; // nobody waits for more
        }
        // A little time for its last words; a process that it started may hold the pipe open for ever.
        _rawText.Wait(TimeToSpeak);
        _messages.Writer.TryComplete();
    }

    private async Task PumpAsync(StreamReader reader, string name)
    {
        var buffer = new char[4096];
        try
        {
            while (await reader.ReadAsync(buffer) is var count and > 0)
                await _messages.Writer.WriteAsync(new ChildMessage.Aside(name, new string(buffer, 0, count)));
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or ChannelClosedException)
        {
            return;
        }
    }

    private async Task WaitForExitAsync(TimeSpan patience)
    {
        using var source = new CancellationTokenSource(patience);
        try
        {
            await _process.WaitForExitAsync(source.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }
    }
}
