using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using TorchSharp;

namespace Gsr.Native;

/// <summary>
/// Finds and loads libtorch for every host of the library: notebook, test run, benchmark, a user's own program.
/// </summary>
/// <remarks>
/// The build puts the native libraries into one folder named <c>torch</c> (see TorchNatives.targets); it is looked for
/// beside Gsr.dll, in each folder above, and where the build put it. Where the system's libstdc++ is older than GCC 13's, a patched private copy of
/// TorchSharp's own native library is loaded instead of the original (<see cref="GlibcxxPatch"/>); systems that are new
/// enough get the original. Neither the package cache nor the system is changed.
/// </remarks>
public static class TorchNatives
{
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MmapThreshold = -3;
    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, nint> Loaded = new(StringComparer.OrdinalIgnoreCase);
    private static string? _torchSharpPath;

    /// <summary>The path of TorchSharp's native library that was loaded; null before <see cref="Load"/>.</summary>
    public static string? TorchSharpPath => _torchSharpPath;

    /// <summary>Loads libtorch when the first type of this assembly is used.</summary>
    /// <remarks>
    /// Not later: TorchSharp asks the system for "libtorch_cpu" by name, which on a machine with a libtorch of its own
    /// (Debian's python3-torch) brings that one in, of another version, and ends the process. A library that is already in
    /// the process is taken instead.
    /// </remarks>
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "TorchSharp must find libtorch whichever type of the library is used first.")]
    internal static void Initialize()
    {
        Load();

        // Linux and Windows find a loaded library by its name; macOS asks here.
        var context = AssemblyLoadContext.GetLoadContext(typeof(torch).Assembly) ?? AssemblyLoadContext.Default;
        context.ResolvingUnmanagedDll += (assembly, name) => assembly == typeof(torch).Assembly ? Loaded.GetValueOrDefault(name) : 0;
    }

    /// <summary>Loads libtorch; does nothing the second time. Any use of a type of this library has done it already.</summary>
    /// <exception cref="DllNotFoundException">libtorch is missing or does not run here; the message says why and what to do.</exception>
    public static void Load()
    {
        lock (Gate)
        {
            if (_torchSharpPath is not null) return;
            var folder = FindFolder(Path.GetDirectoryName(typeof(TorchNatives).Assembly.Location) ?? AppContext.BaseDirectory)
                ?? BuiltFolder()
                ?? throw new DllNotFoundException(
                    $"libtorch was not found: no folder 'torch' that holds {FileName("LibTorchSharp")} beside {typeof(TorchNatives).Assembly.Location} or above it. "
                    + "Build the workbook with 'dotnet build' in its top folder; it fetches libtorch and links it there.");

            // In the order of their dependencies, so that each finds the one before it in the process, whatever its search path.
            foreach (var name in (string[])["c10", "torch_cpu", "torch"])
            {
                Loaded[name] = LoadFile(Path.Combine(folder, FileName(name)));
            }

            // The CUDA build's libraries register themselves with libtorch when they are loaded.
            foreach (var name in (string[])["c10_cuda", "torch_cuda"])
            {
                var path = Path.Combine(folder, FileName(name));
                if (File.Exists(path)) Loaded[name] = LoadFile(path);
            }

            Loaded["LibTorchSharp"] = LoadTorchSharp(Path.Combine(folder, FileName("LibTorchSharp")));
            KeepFreedMemory();
        }
    }

    /// <summary>The nearest folder named <c>torch</c> with TorchSharp's native library in it, from a folder upward; null if none.</summary>
    internal static string? FindFolder(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "torch");
            if (File.Exists(Path.Combine(candidate, FileName("LibTorchSharp")))) return candidate;
        }

        return null;
    }

    /// <summary>The folder that the build filled, for a program that has only a copy of Gsr.dll; null if it is gone.</summary>
    private static string? BuiltFolder()
    {
        var folder = typeof(TorchNatives).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(a => a.Key == "GsrTorchFolder")?.Value;
        return folder is not null && File.Exists(Path.Combine(folder, FileName("LibTorchSharp"))) ? folder : null;
    }

    /// <summary>Writes the patched copy of a library and returns its path; an equal copy already there is kept.</summary>
    /// <param name="original">The library as its package has it.</param>
    /// <param name="folders">Where the copy may lie; the first folder that can be written is taken.</param>
    internal static string PreparePatchedCopy(string original, IEnumerable<string> folders)
    {
        var patched = GlibcxxPatch.Apply(File.ReadAllBytes(original));
        Exception? refused = null;
        foreach (var folder in folders)
        {
            var target = Path.Combine(folder, Path.GetFileName(original));
            try
            {
                if (File.Exists(target) && File.ReadAllBytes(target).AsSpan().SequenceEqual(patched)) return target;
                Directory.CreateDirectory(folder);
                var temporary = Path.Combine(folder, $"{Path.GetRandomFileName()}.tmp");
                File.WriteAllBytes(temporary, patched);
                // Another process may load the copy at this moment: a rename leaves it its file, a rewrite would not.
                File.Move(temporary, target, overwrite: true);
                return target;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                refused = e;
            }
        }

        throw new DllNotFoundException(
            $"No folder could be written for the patched copy of {original} (tried {string.Join(", ", folders)}): {refused?.Message}", refused);
    }

    /// <summary>
    /// Tells glibc's malloc to keep what libtorch frees. By default it gives blocks of some megabytes, which every step of a
    /// convolutional network allocates and frees, back to the system at once, and on threads other than the first it stays so:
    /// a third of the processor's time then goes into clearing the same pages again and again.
    /// </summary>
    private static void KeepFreedMemory()
    {
        if (!OperatingSystem.IsLinux()) return;
        // The largest threshold that glibc takes, 32 MiB; and up to 512 MiB of free memory on top of the heap.
        _ = mallopt(MmapThreshold, 32 << 20);
        _ = mallopt(TrimThreshold, 512 << 20);
        // Threads other than the first have heaps of 64 MiB, and give an empty one back unless the padding is as large.
        _ = mallopt(TopPad, 64 << 20);

        [DllImport("libc")]
        static extern int mallopt(int parameter, int value);
    }

    private static nint LoadTorchSharp(string original)
    {
        try
        {
            var handle = NativeLibrary.Load(original);
            _torchSharpPath = original;
            return handle;
        }
        catch (DllNotFoundException e) when (OperatingSystem.IsLinux() && e.Message.Contains(GlibcxxPatch.Version, StringComparison.Ordinal))
        {
            var copy = PreparePatchedCopy(original,
            [
                Path.Combine(Path.GetDirectoryName(original)!, "older-libstdc++"),
                Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "gsr", "torch"),
            ]);
            var handle = LoadFile(copy);
            _torchSharpPath = copy;
            return handle;
        }
        catch (DllNotFoundException e)
        {
            throw Explain(original, e);
        }
    }

    private static nint LoadFile(string path)
    {
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw Explain(path, e);
        }
    }

    private static DllNotFoundException Explain(string path, Exception cause)
    {
        var needs = RuntimeInformation.OSArchitecture is not Architecture.X64 && OperatingSystem.IsLinux()
            ? $"libtorch has no Linux build for {RuntimeInformation.OSArchitecture}; it needs x64."
            : OperatingSystem.IsLinux()
                ? "libtorch needs glibc 2.34 and libstdc++ of GCC 12 or newer (Debian 12, Ubuntu 22.04, RHEL 9 or later)."
                : OperatingSystem.IsMacOS()
                    ? "libtorch needs macOS 13 or newer on Apple silicon."
                    : "libtorch needs Windows 10 or newer and the Visual C++ 2015-2022 redistributable.";
        return new DllNotFoundException($"{path} does not load here. {needs} The system says: {cause.Message.Trim()}", cause);
    }

    private static string FileName(string name) =>
        OperatingSystem.IsWindows() ? $"{name}.dll" : OperatingSystem.IsMacOS() ? $"lib{name}.dylib" : $"lib{name}.so";
}
