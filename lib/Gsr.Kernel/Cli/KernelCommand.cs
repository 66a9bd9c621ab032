using System.CommandLine;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Jupyter;
using Gsr.Kernel.Sessions.Execution;
using static Gsr.Kernel.Running.ExitCode;

namespace Gsr.Kernel.Cli;

/// <summary>The command line <c>gsr kernel</c>.</summary>
internal static class KernelCommand
{
    public static Command Create() =>
        new("kernel", "The engine as a kernel of Jupyter and VS Code.") { CreateInstall(), CreateStart() };

    private static Command CreateInstall()
    {
        var sys = new Option<bool>("--sys") { Description = "For all users of this machine." };
        var name = new Option<string>("--name")
        {
            Description = "The kernel's name; notebooks ask for the default one.",
            DefaultValueFactory = _ => Notebook.KernelName,
        };
        var uninstall = new Option<bool>("--uninstall") { Description = "Takes it away again." };
        var force = new Option<bool>("--force") { Description = "Takes the place of another program's kernel." };
        var command = new Command("install", "Makes Jupyter and VS Code find this engine.")
        {
            sys, name, uninstall, force,
        };
        command.SetAction(parsed => Guard(parsed, () =>
        {
            var root = KernelSpec.Root(parsed.GetValue(sys));
            var text = parsed.GetValue(uninstall)
                ? $"Removed {KernelSpec.Uninstall(root, parsed.GetRequiredValue(name))}."
                : $"Installed as {KernelSpec.Install(root, parsed.GetRequiredValue(name), parsed.GetValue(force))}. "
                    + "Choose the kernel \".NET (C#)\" in Jupyter or VS Code.";
            parsed.InvocationConfiguration.Output.WriteLine(text);
            return Task.CompletedTask;
        }));
        return command;
    }

    private static Command CreateStart()
    {
        var file = new Option<string>("--connection-file") { Description = "Jupyter's, which the front end wrote." };
        var pipe = new Option<string>("--pipe") { Description = "A named pipe on which the front end listens." };
        var command = new Command("start", "Serves a front end.") { file, pipe };
        command.SetAction(parsed => Guard(parsed, async () =>
        {
            if (Cultures.Missing is { } missing)
                await parsed.InvocationConfiguration.Error.WriteLineAsync(missing);
            IChannels channels = (parsed.GetValue(file), parsed.GetValue(pipe)) switch
            {
                ({ } path, null) => new ZeroMqChannels(Read(path, parsed.InvocationConfiguration.Error)),
                (null, { } path) => new PipeChannels(path),
                _ => throw new UsageException("Name one of --connection-file FILE and --pipe PATH."),
            };
            RuntimeSettings.Forget();
            await using var host = new KernelHost(channels, Environment.CurrentDirectory);
            using var lifeline = Lifeline.Start();
            await host.RunAsync();
        }));
        return command;
    }

    private static ConnectionFile Read(string path, TextWriter error)
    {
        var connection = ConnectionFile.Read(path);
        if (connection.Key.Length == 0)
        {
            error.WriteLine($"{path}: the key is empty: messages are not signed, and every program that reaches the "
                + $"ports of {connection.Address} can run code here.");
        }
        return connection;
    }

    private static async Task<int> Guard(ParseResult parsed, Func<Task> work)
    {
        try
        {
            await work();
            return Succeeded;
        }
        catch (UsageException e)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync(e.Message);
            return Misused;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync(e.Message);
            return Failed;
        }
    }
}
