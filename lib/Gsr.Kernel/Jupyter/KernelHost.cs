using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Gsr.Kernel.Outputs;
using Gsr.Kernel.Sessions.Execution;

namespace Gsr.Kernel.Jupyter;

/// <summary>A kernel as a front end sees it: the shell channel's requests in turn, other requests at once.</summary>
internal sealed class KernelHost : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly IChannels _channels;
    private readonly Session _session;
    private readonly History _history = new();
    private readonly Channel<Message> _requests = Channel.CreateUnbounded<Message>();
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly InputChannel _input;
    private readonly CommTable _comms;
    private readonly DebugAdapter _debugger;
    private readonly CancellationTokenSource _warmUp = new();
    private readonly Lock _gate = new();
    private CancellationTokenSource? _running;
    private Message? _current;
    private int _count;
    private int _begun;
    private Task _warm = Task.CompletedTask;
    private bool _hasEditor;
    private List<Message> _aborted = [];

    /// <param name="channels">The line to the front ends; disposed of with this object.</param>
    /// <param name="workingDirectory">The folder of the notebook.</param>
    public KernelHost(IChannels channels, string workingDirectory)
    {
        _channels = channels;
        _hasEditor = channels is PipeChannels; // VS Code, by our extension
        _input = new InputChannel(_channels);
        CommTable.OfKernel = _comms = new CommTable(_channels.Publish);
        _session = new Session(new SessionOptions
        {
            WorkingDirectory = workingDirectory,
            ReadLine = _input.ReadLine,
            MostTextAtOnce = MimeBundle.Longest,
        });
        _debugger = new DebugAdapter(_session, (type, content) => _channels.Publish(type, content, _current));
        _channels.ShellReceived += OnShell;
        _channels.ControlReceived += OnControl;
        _channels.StdinReceived += _input.Receive;
        _channels.Closed += () => _end.TrySetResult();
    }

    /// <summary>Serves until a front end asks for the end, or the process is told to end.</summary>
    public async Task RunAsync()
    {
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            _end.TrySetResult();
        });
        // Front ends that do not know of interrupt requests send the signal instead.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            context.Cancel = true;
            Interrupt();
        });
        _channels.Start();
        _channels.Publish("status", Status("starting"), null);
        _ = ServeAsync();
        _warm = _session.WarmUp(() => Volatile.Read(ref _hasEditor), _warmUp.Token);
        await _end.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await _warmUp.CancelAsync();
        Interrupt();
        _channels.Dispose();
        await _session.DisposeAsync();
    }

    private async Task ServeAsync()
    {
        await foreach (var request in _requests.Reader.ReadAllAsync())
        {
            var isCell = request.Type == "execute_request";
            if (isCell)
                Interlocked.Increment(ref _begun);
            await AnswerAsync(request, _channels.ReplyOnShell);
            Abort();
            if (isCell && Volatile.Read(ref _hasEditor))
                _ = WarmAssistantAsync(_begun);
        }
    }

    // Not between the cells of a run, which it would take the processor from.
    private async Task WarmAssistantAsync(int begun)
    {
        await Task.Delay(Pause);
        await _warm;
        if (begun == Volatile.Read(ref _begun))
            _session.WarmAssistant();
    }

    // Only an editor asks more than what the kernel is, and for more than that cells run. What it needs to complete and to
    // explain, a third of the memory, a client without one does not.
    private void NoteEditor(Message request)
    {
        if (request.Type is "kernel_info_request" or "execute_request" or "interrupt_request" or "shutdown_request"
            || Interlocked.Exchange(ref _hasEditor, true))
            return;
        _ = WarmAssistantAsync(_begun);
    }

    private void OnShell(Message request)
    {
        NoteEditor(request);
        // What every front end asks at once, nobody waits for.
        if (request.Type is not ("kernel_info_request" or "comm_info_request" or "history_request"))
            _warmUp.Cancel();
        if (Suggestions.Concerns(request))
            _ = Task.Run(() => SuggestAsync(request));
        else
            _requests.Writer.TryWrite(request);
    }

    private async Task SuggestAsync(Message request)
    {
        await AnswerAsync(request, _channels.ReplyOnShell);
        // Front ends take the last status for the kernel's, whatever it was about. Within the gate, so that it comes
        // before the one that ends the cell.
        lock (_gate)
        {
            if (_running is not null)
                _channels.Publish("status", Status("busy"), _current);
        }
    }

    // Cells and what looks at them have their turn on the shell channel only.
    private void OnControl(Message request)
    {
        NoteEditor(request);
        if (request.Type is "kernel_info_request" or "interrupt_request" or "shutdown_request" or "comm_info_request"
            or "debug_request")
            _ = AnswerAsync(request, _channels.ReplyOnControl);
    }

    private delegate void Reply(Message request, string type, JsonObject content);

    private async Task AnswerAsync(Message request, Reply reply)
    {
        _channels.Publish("status", Status("busy"), request);
        var leave = false;
        try
        {
            if (await AnswerAsync(request) is { } content)
                reply(request, request.Type.Replace("_request", "_reply", StringComparison.Ordinal), content);
            leave = request.Type == "shutdown_request";
        }
        catch (Exception e)
        {
            // A request that the kernel fails at must not end the kernel.
            reply(request, request.Type.Replace("_request", "_reply", StringComparison.Ordinal),
                Replies.Error(e.GetType().Name, e.Message, [e.ToString()]));
        }
        _channels.Publish("status", Status("idle"), request);
        if (leave)
            _end.TrySetResult();
    }

    // Unknown types get no answer, as the protocol has it.
    private async Task<JsonObject?> AnswerAsync(Message request) => request.Type switch
    {
        "kernel_info_request" => Replies.KernelInfo(),
        "execute_request" => await ExecuteAsync(request),
        "is_complete_request" => Completeness.Of(request.Text("code")),
        "complete_request" => await Suggestions.CompleteAsync(_session, request),
        "inspect_request" => await Suggestions.InspectAsync(_session, request),
        "signature_request" => await Suggestions.SignaturesAsync(_session, request),
        "diagnostics_request" => await Suggestions.DiagnosticsAsync(_session, request),
        "variables_request" => await Variables.ListAsync(_session),
        "preview_request" => await Variables.PreviewAsync(_session, request),
        "history_request" => _history.Answer(request),
        "comm_info_request" => _comms.Answer(request),
        "interrupt_request" => Interrupt(),
        "debug_request" => await _debugger.AnswerAsync(request.Content),
        "shutdown_request" => new JsonObject { ["status"] = "ok", ["restart"] = request.Flag("restart", false) },
        "comm_open" or "comm_msg" or "comm_close" => await CommAsync(request),
        _ => null,
    };

    private async Task<JsonObject> ExecuteAsync(Message request)
    {
        var code = request.Text("code");
        var silent = request.Flag("silent", false);
        if (!silent && request.Flag("store_history", true))
            _history.Add(++_count, code);
        var count = _count;
        using var interruption = Begin(request);
        _comms.Parent = request;
        if (!silent)
            _channels.Publish("execute_input",
                new JsonObject { ["code"] = code, ["execution_count"] = count }, request);
        try
        {
            _input.Begin(request, request.Flag("allow_stdin", true));
            _debugger.Begin(code);
            var result = await _session.ExecuteAsync(
                new(code, $"cell {count}", Language(request)), output => Publish(output, request, count, silent),
                interruption.Token);
            DebugAdapter.End();
            if (result.Error is { } error)
            {
                if (request.Flag("stop_on_error", true))
                    _aborted = TakeExecutions();
                return Replies.Error(error.Name, error.Value, error.Traceback, count);
            }
            return Replies.Executed(count, await UserExpressionsAsync(request, interruption.Token), result.Help);
        }
        finally
        {
            _input.End();
            End();
        }
    }

    // Not in the protocol, which knows one language for a kernel; front ends that do say in which a cell is written.
    private static string Language(Message request) =>
        request.Text("language") is { Length: > 0 } language ? language : Submission.CSharp;

    private async Task<JsonObject> UserExpressionsAsync(Message request, CancellationToken cancellationToken)
    {
        var values = new JsonObject();
        foreach (var (name, expression) in request.Content["user_expressions"] as JsonObject ?? [])
        {
            var (value, error) = await _session.EvaluateAsync(expression?.ToString() ?? "", name, cancellationToken);
            values[name] = error is null
                ? Replies.Value(value) : Replies.Error(error.Name, error.Value, error.Traceback);
        }
        return values;
    }

    // What was already sent to be run after the cell that failed is not run. Taken before the failure is told: what is
    // sent after that is meant.
    private List<Message> TakeExecutions()
    {
        List<Message> taken = [];
        while (_requests.Reader.TryRead(out var waiting))
            taken.Add(waiting);
        foreach (var other in taken.Where(message => message.Type != "execute_request"))
            _requests.Writer.TryWrite(other);
        return [.. taken.Where(message => message.Type == "execute_request")];
    }

    private void Abort()
    {
        foreach (var waiting in _aborted)
        {
            _channels.Publish("status", Status("busy"), waiting);
            _channels.ReplyOnShell(
                waiting, "execute_reply", new JsonObject { ["status"] = "aborted", ["execution_count"] = _count });
            _channels.Publish("status", Status("idle"), waiting);
        }
        _aborted = [];
    }

    private JsonObject Interrupt()
    {
        lock (_gate)
            _running?.Cancel();
        return new JsonObject { ["status"] = "ok" };
    }

    private async Task<JsonObject?> CommAsync(Message message)
    {
        _comms.Parent = message;
        if (_comms.Receive(message) is { } handler)
        {
            using var interruption = Begin(message);
            try
            {
                await _session.CallAsync(
                    handler, message.Type, output => Publish(output, message, _count, false), interruption.Token);
            }
            finally
            {
                End();
            }
        }
        return null; // comms have no replies
    }

    private CancellationTokenSource Begin(Message request)
    {
        var interruption = new CancellationTokenSource();
        lock (_gate)
            (_running, _current) = (interruption, request);
        return interruption;
    }

    private void End()
    {
        lock (_gate)
            _running = null;
    }

    private void Publish(CellOutput output, Message request, int count, bool silent)
    {
        if (silent && output is not (DisplayOutput or ClearOutput))
            return;
        var (type, content) = OutputMessages.Of(output, count);
        _channels.Publish(type, content, request);
    }

    private static JsonObject Status(string state) => new() { ["execution_state"] = state };
}
