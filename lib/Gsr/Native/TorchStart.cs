using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Gsr.Native;

/// <summary>Compiled into every assembly that uses TorchSharp: each may be the first that a program calls.</summary>
internal static class TorchStart
{
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "libtorch must be there whichever type comes first.")]
    internal static void Run() => TorchNatives.LoadWithTorchSharp();
}
