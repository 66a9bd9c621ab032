using System.Runtime.InteropServices;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Outputs;
using Gsr.Kernel.Sessions.Capture;
using Gsr.Kernel.Sessions.Execution;

namespace Gsr.Kernel.Running;

/// <summary>The process that executes one notebook's cells; it ends as soon as its runner is gone.</summary>
internal sealed class ChildHost(MessageStream runner, Session session) : IDisposable
{
    /// <summary>The hidden command of <c>gsr</c> that starts such a process.</summary>
    public const string Command = "execute-child";

    private static readonly TimeSpan TimeToConnect = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TimeToLeave = TimeSpan.FromSeconds(2);
    private readonly ReusedTrainings _reused = new();

    /// <summary>Serves the runner at the meeting point until it says exit or is gone.</summary>
    public static int Run(string meetingPoint)
    {
        // Ctrl-C on a terminal reaches every process there; what it means is the runner's decision.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        ProcessGroup.Begin();
        RuntimeSettings.Forget();
        MessageStream runner;
        try
        {
            runner = MessageStream.Connect(meetingPoint, TimeToConnect);
        }
        catch (IOException e)
        {
            Console.Error.WriteLine(e.Message); // which the runner reports
            return ExitCode.Failed;
        }
        using var host = new ChildHost(
            runner,
            new Session(new SessionOptions { WorkingDirectory = Environment.CurrentDirectory }));
        new Thread(host.Beat) { IsBackground = true, Name = "heartbeat" }.Start();
        host.Serve();
        return 0;
    }

    public void Dispose() => runner.Dispose();

    private void Serve()
    {
        while (runner.Receive(WireJson.ToChild) is { } message)
        {
            if (message is not RunnerMessage.Execute cell)
                Leave(isOrphan: false);
            else
                // Off this thread, which must stay free to notice that the runner is gone.
                _ = Task.Run(() => ExecuteAsync(cell));
        }
        Leave(isOrphan: true);
    }

    private async Task ExecuteAsync(RunnerMessage.Execute cell)
    {
        ChildMessage.Done done;
        try
        {
            _reused.Begin(cell.Submission, cell.MayReuse);
            var result = await session.ExecuteAsync(
                cell.Submission, output => Send(new ChildMessage.Output(output, cell.Submission.Name)));
            if (ReusedTrainings.Remark is { } remark)
                Send(new ChildMessage.Output(new StreamOutput("stderr", remark)));
            done = new ChildMessage.Done(result.ExecutionCount, result.Succeeded);
        }
        catch (Exception e)
        {
            // Not the cell's fault but the engine's; the reader of the notebook should see it all the same.
            Send(new ChildMessage.Output(new ErrorOutput(e.GetType().Name, e.Message, [e.ToString()])));
            done = new ChildMessage.Done(0, Succeeded: false);
        }
        Send(new ChildMessage.Alive(PeakMemory()));
        Send(done);
    }

    private void Beat()
    {
        while (true)
        {
            Send(new ChildMessage.Alive(PeakMemory()));
            Thread.Sleep(Heartbeat);
        }
    }

    private void Send(ChildMessage message)
    {
        try
        {
            runner.Send(message, WireJson.ToRunner);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            Leave(isOrphan: true);
        }
    }

    private void Leave(bool isOrphan)
    {
        // A cell may hold locks that an orderly exit waits for; the notebook's runner is gone, so nothing is worth that
        // wait.
        new Thread(() =>
        {
            Thread.Sleep(TimeToLeave);
            ProcessGroup.KillOwn();
        })
        { IsBackground = true }.Start();
        if (isOrphan)
            AppDomain.CurrentDomain.ProcessExit += static (_, _) => ProcessGroup.KillOwn();
        else
            ProcessGroup.Release();
        Environment.Exit(0);
    }

    private static long PeakMemory()
    {
        using var self = System.Diagnostics.Process.GetCurrentProcess();
        return Math.Max(self.PeakWorkingSet64, self.WorkingSet64);
    }
}
