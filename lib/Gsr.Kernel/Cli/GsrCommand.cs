using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Gsr.Kernel.Running;
using Gsr.Kernel.Sessions.Packages;
using static Gsr.Kernel.Running.ExitCode;

namespace Gsr.Kernel.Cli;

/// <summary>The command <c>gsr</c>, which any program may host.</summary>
public static class GsrCommand
{
    /// <summary>Runs a command line.</summary>
    /// <param name="args">The arguments after the program's name.</param>
    /// <returns>0: all cells succeeded; 1: one failed; 2: the request or a notebook is invalid; 130: Ctrl-C.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        ConsoleText.Prepare();
        // System.CommandLine would end the process two seconds after Ctrl-C; a run ends when its files are whole.
        var invocation = new InvocationConfiguration { ProcessTerminationTimeout = null };
        var parsed = Parse(args);
        if (parsed.Errors.Count > 0 && parsed.Action is ParseErrorAction)
        {
            foreach (var error in parsed.Errors)
                await invocation.Error.WriteLineAsync(error.Message);
            await invocation.Error.WriteLineAsync("Try gsr --help, or gsr run --help.");
            return Misused;
        }
        return await parsed.InvokeAsync(invocation);
    }

    /// <summary>What arguments of <c>gsr run</c> say, for a program that has defaults for the rest.</summary>
    /// <param name="args">The arguments after <c>run</c>.</param>
    /// <returns>Whether they name notebooks, a folder for outputs, and pages.</returns>
    public static (bool Notebooks, bool Output, bool Pages) SaidToRun(string[] args)
    {
        var parsed = Parse(["run", .. args]);
        return (IsSaid(NotebookOptions.Paths), IsSaid(NotebookOptions.Out), IsSaid(NotebookOptions.Html));

        bool IsSaid(Symbol symbol) =>
            parsed.GetResult(symbol) is { Tokens.Count: > 0 } or OptionResult { Implicit: false };
    }

    private static ParseResult Parse(string[] args) =>
        CreateRoot().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });

    private static RootCommand CreateRoot()
    {
        var root = new RootCommand("Runs C# notebooks (.ipynb, .dib), headless or as a kernel of Jupyter and VS Code.")
        {
            RunCommand.Create(), ConvertCommand.Create(), ExportCommand.Create(), KernelCommand.Create(),
            SweepCommand.Create(), VsCodeCommand.Create(), CreateExecuteChild(),
        };
        root.Options.OfType<VersionOption>().Single().Action = new PrintVersion();
        return root;
    }

    private static Command CreateExecuteChild()
    {
        var pipe = new Argument<string>("pipe");
        var command = new Command(
            ChildHost.Command, "Executes the cells that the runner behind a pipe sends.") { pipe };
        command.Hidden = true;
        command.SetAction(parsed => ChildHost.Run(parsed.GetRequiredValue(pipe)));
        return command;
    }

    // The built-in one would tell the version of whichever program hosts the engine.
    private sealed class PrintVersion : SynchronousCommandLineAction
    {
        public override bool Terminating => true;

        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.WriteLine($"gsr {EngineLocation.Version}");
            return 0;
        }
    }
}
