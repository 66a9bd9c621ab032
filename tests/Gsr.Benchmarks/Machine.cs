using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text.RegularExpressions;

namespace Gsr.Benchmarks;

/// <summary>What was measured on.</summary>
internal static partial class Machine
{
    /// <summary>Processor, instruction set, runtime, and the linear algebra that this process has loaded.</summary>
    public static string Describe()
    {
        var vectors = Vector512.IsHardwareAccelerated ? "512" : Vector256.IsHardwareAccelerated ? "256" : "128";
        using var process = Process.GetCurrentProcess();
        var libraries = process.Modules.Cast<ProcessModule>().Select(module => module.ModuleName)
            .Where(name => Algebra().IsMatch(name)).Distinct().Order();
        var torch = typeof(TorchSharp.torch).Assembly.GetName().Version;
        return $"{Environment.ProcessorCount} cores of {Processor()}, {RuntimeInformation.ProcessArchitecture}, "
            + $"vectors of {vectors} bits{(Avx512F.IsSupported ? " (AVX-512)" : "")}; "
            + $"{RuntimeInformation.OSDescription.Trim()}; {RuntimeInformation.FrameworkDescription}; "
            + $"TorchSharp {torch?.ToString(3)}, linear algebra by {string.Join(" ", libraries)}.";
    }

    private static string Processor()
    {
        const string Facts = "/proc/cpuinfo";
        var line = File.Exists(Facts)
            ? File.ReadLines(Facts).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?.Split(':')[1].Trim() ?? "an unnamed processor";
    }

    [GeneratedRegex("blas|mkl|blis|lapack|torch_cpu", RegexOptions.IgnoreCase)]
    private static partial Regex Algebra();
}
