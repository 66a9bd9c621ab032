using System.Text.Json.Serialization;

namespace Gsr.Kernel.Outputs;

/// <summary>What a running cell emits; the notebook file and the Jupyter protocol both carry these.</summary>
[JsonDerivedType(typeof(StreamOutput), "stream")]
[JsonDerivedType(typeof(DisplayOutput), "display")]
[JsonDerivedType(typeof(ResultOutput), "result")]
[JsonDerivedType(typeof(ErrorOutput), "error")]
[JsonDerivedType(typeof(ClearOutput), "clear")]
public abstract record CellOutput;
