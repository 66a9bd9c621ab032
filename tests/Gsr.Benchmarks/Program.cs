using BenchmarkDotNet.Running;
using Gsr.Benchmarks;
using Gsr.Native;

TorchNatives.Load();
if (args is ["compare", ..]) return Comparison.Run();
BenchmarkSwitcher.FromAssembly(typeof(Comparison).Assembly).Run(args);
return 0;
