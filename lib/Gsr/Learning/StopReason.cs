namespace Gsr.Learning;

/// <summary>Why the learning of a graph ended.</summary>
public enum StopReason
{
    /// <summary>All steps were done.</summary>
    StepsDone,
    /// <summary>The graph was disconnected, and the steps after that were done: the rule of the paper's code.</summary>
    Disconnected,
    /// <summary>The training options' own <see cref="Training.TrainingOptions.AfterStep"/> said so.</summary>
    StoppedByCaller,
}
