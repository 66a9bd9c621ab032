using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Gsr.Kernel.Sessions.Capture;
using Gsr.Kernel.Sessions.Packages;

namespace Gsr.Kernel.Tests.Jupyter;

internal enum KernelChannel { Shell, Control, Stdin, Published }

/// <summary>A front end: starts a kernel as a process and speaks to it over some line.</summary>
internal abstract class KernelClient : IDisposable
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private const int Terminate = 15;
    private static readonly TimeSpan TimeToLeave = TimeSpan.FromSeconds(5);

    protected string Folder { get; } = Directory.CreateTempSubdirectory("gsr-kernel-").FullName;

    public Process Process { get; private set; } = null!;

    public StringBuilder Errors { get; } = new();

    public JsonObject Ask(string type, JsonObject content, bool onControl = false)
    {
        var id = Send(type, content, onControl);
        return Answer(id, onControl);
    }

    public Executed Execute(string code, JsonObject? more = null, Action? meanwhile = null, Func<string>? input = null)
    {
        var id = SendExecute(code, more);
        meanwhile?.Invoke();
        if (input is not null)
        {
            var asked = Receive(KernelChannel.Stdin, Patience) ?? throw new TimeoutException("No input was asked for.");
            Assert.Equal("input_request", asked.Type);
            Put(KernelChannel.Stdin, "input_reply", new() { ["value"] = input(), ["status"] = "ok" });
        }
        return new(Answer(id, onControl: false), Outputs(id));
    }

    public string SendExecute(string code, JsonObject? more = null)
    {
        var content = new JsonObject
        {
            ["code"] = code,
            ["silent"] = false,
            ["store_history"] = true,
            ["allow_stdin"] = true,
        };
        foreach (var (name, value) in more ?? [])
            content[name] = value?.DeepClone();
        return Send("execute_request", content, onControl: false);
    }

    public string Send(string type, JsonObject content, bool onControl) =>
        Put(onControl ? KernelChannel.Control : KernelChannel.Shell, type, content);

    public JsonObject Answer(string id, bool onControl)
    {
        while (Receive(onControl ? KernelChannel.Control : KernelChannel.Shell, Patience) is var (_, parent, content))
        {
            if (parent == id)
                return content;
        }
        throw new TimeoutException($"The kernel does not answer. {Errors}");
    }

    /// <summary>Whether anything at all is answered on the shell channel within a while.</summary>
    public bool HearsOnShell(TimeSpan wait) => Receive(KernelChannel.Shell, wait) is not null;

    /// <summary>What is published about a request, until the kernel is idle again.</summary>
    public List<(string Type, JsonObject Content)> Outputs(string id) =>
        [.. OutputsOfAll(id).Where(o => o.Parent == id).Select(o => (o.Type, o.Content))];

    /// <summary>The same, with what is published meanwhile about other requests.</summary>
    public List<(string Parent, string Type, JsonObject Content)> OutputsOfAll(string id)
    {
        var outputs = new List<(string, string, JsonObject)>();
        while (Receive(KernelChannel.Published, Patience) is var (type, parent, content))
        {
            if (parent == id && (string?)content["execution_state"] == "idle")
                return outputs;
            outputs.Add((parent, type, content));
        }
        throw new TimeoutException($"The kernel does not become idle. {Errors}");
    }

    /// <summary>Waits until something of a type is published about a request, of a name if given.</summary>
    public void Await(string id, string type, string? name = null)
    {
        while (Receive(KernelChannel.Published, Patience) is var (published, parent, content))
        {
            if (parent == id && published == type && (name is null || (string?)content["event"] == name))
                return;
        }
        throw new TimeoutException($"No {type} comes. {Errors}");
    }

    public virtual void Dispose()
    {
        // Told first: one that is killed leaves temporary files behind.
        if (!Process.HasExited && (OperatingSystem.IsWindows() || LibC.Signal(Process.Id, Terminate) != 0
            || !Process.WaitForExit(TimeToLeave)))
            Process.Kill();
        Process.Dispose();
        TemporaryFolder.Delete(Folder);
    }

    /// <param name="throughShell">
    /// True to start the kernel as the child of a shell, which then stands for the front end.
    /// </param>
    /// <param name="folder">Where it runs; a folder of its own unless given.</param>
    /// <param name="line">What tells it where the front end is.</param>
    protected void Start(bool throughShell, string? folder, params string[] line)
    {
        string[] command = [EngineLocation.DotNet, EngineLocation.Assembly, "kernel", "start", .. line];
        // With a command after it, the shell stays instead of becoming the kernel.
        if (throughShell)
            command = ["sh", "-c", "\"$@\"; true", "sh", .. command];
        Process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder ?? Folder,
            RedirectStandardError = true,
        })!;
        Process.ErrorDataReceived += (_, said) => Errors.AppendLine(said.Data);
        Process.BeginErrorReadLine();
    }

    // Subscriptions take effect some time after the connection; a kernel's idle status tells that this one has.
    protected void AwaitKernel()
    {
        var until = Stopwatch.StartNew();
        while (until.Elapsed < Patience)
        {
            var id = Send("kernel_info_request", [], onControl: true);
            Answer(id, onControl: true);
            if (Receive(KernelChannel.Published, TimeSpan.FromMilliseconds(200)) is not null)
                return;
        }
        throw new TimeoutException($"The kernel does not start. {Errors}");
    }

    /// <summary>Sends a message and returns its id.</summary>
    protected abstract string Put(KernelChannel channel, string type, JsonObject content);

    /// <summary>Waits for a message of a channel; null when none came in time.</summary>
    protected abstract (string Type, string Parent, JsonObject Content)? Receive(KernelChannel channel, TimeSpan wait);

    internal sealed record Executed(JsonObject Reply, List<(string Type, JsonObject Content)> Outputs)
    {
        public string Text =>
            string.Concat(Outputs.Where(o => o.Type == "stream").Select(o => (string?)o.Content["text"]));

        public string? Result =>
            (string?)Outputs.FirstOrDefault(o => o.Type == "execute_result").Content?["data"]?["text/plain"];
    }
}
