using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Outputs;
using Gsr.Kernel.Sessions.Execution;

namespace Gsr.Kernel.Running;

/// <summary>What the runner tells the process that executes the cells.</summary>
[JsonDerivedType(typeof(Execute), "execute")]
[JsonDerivedType(typeof(Exit), "exit")]
internal abstract record RunnerMessage
{
    /// <summary>Execute a cell; answered by outputs and one <see cref="ChildMessage.Done"/>.</summary>
    /// <param name="Submission">The cell.</param>
    /// <param name="MayReuse">Whether trainings of earlier runs may stand for those that it asks for.</param>
    public sealed record Execute(Submission Submission, bool MayReuse = false) : RunnerMessage;

    public sealed record Exit : RunnerMessage;
}

/// <summary>What the process that executes the cells tells the runner.</summary>
[JsonDerivedType(typeof(Alive), "alive")]
[JsonDerivedType(typeof(Output), "output")]
[JsonDerivedType(typeof(Done), "done")]
internal abstract record ChildMessage
{
    /// <summary>Sent once a second, and before every <see cref="Done"/>.</summary>
    /// <param name="PeakMemory">The most memory that the process has held at once, in bytes.</param>
    public sealed record Alive(long PeakMemory) : ChildMessage;

    /// <summary>An output, with the name of its cell, which may have ended; empty for the running one.</summary>
    public sealed record Output(CellOutput Value, string Cell = "") : ChildMessage;

    /// <summary>
    /// What reached the runner past the capture: mostly the last words of a process that ends. No message carries it.
    /// </summary>
    public sealed record Aside(string Stream, string Text) : ChildMessage;

    public sealed record Done(int ExecutionCount, bool Succeeded) : ChildMessage;
}

/// <summary>How the runner and the process that executes the cells put messages into JSON.</summary>
[JsonSerializable(typeof(RunnerMessage))]
[JsonSerializable(typeof(ChildMessage))]
internal sealed partial class WireJson : JsonSerializerContext
{
    private static readonly WireJson Context = new(new(JsonObjects.Compact));

    public static JsonTypeInfo<RunnerMessage> ToChild => Context.RunnerMessage;

    public static JsonTypeInfo<ChildMessage> ToRunner => Context.ChildMessage;
}
