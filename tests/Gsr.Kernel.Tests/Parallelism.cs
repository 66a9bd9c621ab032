// Most of these tests start processes that use every processor by themselves; side by side they only wait for each
// other.
[assembly: Xunit.v3.Parallelization(MaxThreads = 1)]
