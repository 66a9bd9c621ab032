using BenchmarkDotNet.Running;
using Gsr.Benchmarks;
using Gsr.Native;

TorchNatives.Load();
TorchNatives.KeepFreedMemory(); // as in the notebooks
if (args is ["compare", ..]) return Comparison.Run(args[1..]);
if (args is ["graphs", ..]) return GraphComparison.Run();
if (args is ["growth", ..]) return Growth.Run(args[1..]);
if (args is ["cells", ..]) return CellPreparation.Run(args[1..]);
BenchmarkSwitcher.FromAssembly(typeof(Comparison).Assembly).Run(args);
return 0;
