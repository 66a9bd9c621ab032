using BenchmarkDotNet.Running;
using Gsr.Benchmarks;
using Gsr.Native;

TorchNatives.Load();
if (args is ["compare", ..]) return Comparison.Run();
if (args is ["replicates", ..]) return Comparison.RunReplicates();
if (args is ["products", ..]) return Comparison.RunProducts();
if (args is ["convolutions", ..]) return Comparison.RunConvolutions();
if (args is ["graphs", ..]) return GraphComparison.Run();
if (args is ["cells", ..]) return CellPreparation.Run(args[1..]);
BenchmarkSwitcher.FromAssembly(typeof(Comparison).Assembly).Run(args);
return 0;
