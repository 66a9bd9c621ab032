using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Gsr.Native;

/// <summary>
/// Finds libtorch and loads it when TorchSharp comes into the process, in every host of the library: notebook, test
/// run, benchmark, a user's own program. What needs no tensor (graphs, spectra, metrics, file readers) runs without it.
/// </summary>
/// <remarks>
/// <para>
/// libtorch is looked for where the program's own native libraries are (a program with a runtime identifier, and a
/// notebook of the workbook's engine), then beside Gsr.dll and in <c>runtimes/RID/native</c> there, then in the folder
/// named in <c>Gsr.torch.txt</c> beside Gsr.dll (the build writes that file for the workbook, for programs that
/// reference its projects or, without a runtime identifier, its package), then in the package cache that Gsr.dll was
/// loaded from.
/// </para>
/// <para>
/// Where the system's libstdc++ is older than GCC 13's, a patched private copy of TorchSharp's native library is loaded
/// instead of the original (<see cref="GlibcxxPatch"/>). It is kept in the user's folder for application data, in
/// <c>gsr/torch</c>, or where that cannot be written in a temporary one. Neither the package cache nor the system is
/// changed: from a cache NuGet would copy the patched file into other programs.
/// </para>
/// </remarks>
public static class TorchNatives
{
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MmapThreshold = -3;
    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, nint> Loaded = new(StringComparer.OrdinalIgnoreCase);
    private static bool Watching;

    /// <summary>The path of TorchSharp's native library that was loaded; null before <see cref="Load"/>.</summary>
    public static string? TorchSharpPath { get; private set; }

    /// <summary>Loads libtorch when TorchSharp's assembly is loaded, which is at once if it is there already.</summary>
    /// <remarks>
    /// Not later: TorchSharp's first use asks the system for "libtorch_cpu" by name, which on a machine with a libtorch
    /// of its own (Debian's python3-torch) brings in that one, of another version, and ends the process. A library that
    /// is already in the process is taken instead. The runtime raises the event on the thread that loads the assembly,
    /// and other threads that need the assembly wait until the handlers have returned. Hence <see cref="Load"/> uses no
    /// type of TorchSharp: holding <see cref="Gate"/>, it would wait for a handler that waits for <see cref="Gate"/>.
    /// </remarks>
    internal static void LoadWithTorchSharp()
    {
        if (Interlocked.Exchange(ref Watching, true)) return;
        AppDomain.CurrentDomain.AssemblyLoad += static (_, e) => LoadWith(e.LoadedAssembly);
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies()) LoadWith(assembly);
    }

    private static void LoadWith(Assembly assembly)
    {
        if (assembly.GetName().Name != "TorchSharp") return;
        var context = AssemblyLoadContext.GetLoadContext(assembly) ?? AssemblyLoadContext.Default;
        context.ResolvingUnmanagedDll += (asking, name) =>
        {
            if (asking != assembly) return 0;
            Load();
            // Linux and Windows find a loaded library by its name; macOS asks here.
            return Loaded.GetValueOrDefault(name);
        };
        try
        {
            Load();
        }
        catch (Exception e) when (e is DllNotFoundException or InvalidDataException)
        {
            // The runtime drops what a handler of AssemblyLoad throws. TorchSharp asks above and gets it there.
        }
    }

    /// <summary>Loads libtorch; does nothing the second time.</summary>
    /// <remarks>
    /// Only a program whose first use of TorchSharp comes before its first use of Gsr calls this, in its first line (as
    /// where a model is made before its penalty). Otherwise libtorch is loaded when Gsr first needs TorchSharp.
    /// </remarks>
    /// <exception cref="DllNotFoundException">
    /// libtorch is missing or does not run here; the message says why and what to do.
    /// </exception>
    public static void Load()
    {
        lock (Gate)
        {
            if (TorchSharpPath is not null) return;
            var folders = Folders(
                Path.GetDirectoryName(typeof(TorchNatives).Assembly.Location) ?? AppContext.BaseDirectory,
                AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? AppContext.BaseDirectory).ToArray();

            // torch_cpu asks for Homebrew's libomp by its path, which few Macs have. The package's own bears that path as
            // its name: once it is in the process it is taken.
            if (OperatingSystem.IsMacOS() && Find("omp", folders) is { } omp) LoadFile(omp);

            // In the order of their dependencies: each finds those before it in the process, whatever its search path.
            foreach (var name in (string[])["c10", "torch_cpu", "torch"])
            {
                Loaded[name] = LoadFile(Find(name, folders) ?? throw Missing(name, folders));
            }

            // The CUDA build's libraries register themselves with libtorch when they are loaded.
            foreach (var name in (string[])["c10_cuda", "torch_cuda"])
            {
                if (Find(name, folders) is { } path) Loaded[name] = LoadFile(path);
            }

            const string own = "LibTorchSharp";
            Loaded[own] = LoadTorchSharp(Find(own, folders) ?? throw Missing(own, folders));
        }
    }

    /// <summary>
    /// Tells glibc's malloc to keep what libtorch frees, for the whole process; does nothing on other systems. For a
    /// program that trains convolutional networks, once at its start; the library never calls it.
    /// </summary>
    /// <remarks>
    /// By default malloc gives blocks of some megabytes, which every step of a convolutional network allocates and
    /// frees, back to the system at once, and on threads other than the first it stays so: a third of the processor's
    /// time then goes into clearing the same pages again and again. The price is memory: up to 512 MiB stay with the
    /// process.
    /// </remarks>
    public static void KeepFreedMemory()
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

    /// <summary>The folders that libtorch and TorchSharp's native library may be in, in the order of search.</summary>
    /// <param name="home">The folder of Gsr.dll.</param>
    /// <param name="own">The folders of the program's native libraries, as the host lists them.</param>
    internal static IEnumerable<string> Folders(string home, string own)
    {
        foreach (var folder in own.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            yield return folder;

        yield return home;
        yield return Path.Combine(home, "runtimes", Rid, "native");

        var named = Path.Combine(home, "Gsr.torch.txt");
        if (File.Exists(named))
        {
            foreach (var folder in File.ReadLines(named)) yield return folder.Trim();
        }

        // PACKAGES/gsr/VERSION/lib/net10.0/Gsr.dll
        var packages = Path.GetFullPath(Path.Combine(home, "../../../.."));
        yield return Path.Combine(packages, $"libtorch-cpu-{Rid}", Version("libtorch"), "runtimes", Rid, "native");
        yield return Path.Combine(packages, "torchsharp", Version("TorchSharp"), "runtimes", Rid, "native");
    }

    private static string? Find(string name, IEnumerable<string> folders) =>
        folders.Select(folder => Path.Combine(folder, FileName(name))).FirstOrDefault(File.Exists);

    /// <summary>Writes the patched copy of a library and returns its path; an equal copy is kept.</summary>
    /// <param name="original">The library as its package has it.</param>
    /// <param name="folders">Where the copy may lie; the first folder that can be written is taken.</param>
    internal static string PreparePatchedCopy(string original, IEnumerable<string> folders)
    {
        var patched = GlibcxxPatch.Apply(File.ReadAllBytes(original));
        List<string> tried = [];
        Exception? refused = null;
        foreach (var folder in folders)
        {
            tried.Add(folder);
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
            $"No folder could be written for the patched copy of {original} (tried {string.Join(", ", tried)}): "
            + refused?.Message,
            refused);
    }

    private static nint LoadTorchSharp(string original)
    {
        try
        {
            var handle = NativeLibrary.Load(original);
            TorchSharpPath = original;
            return handle;
        }
        catch (DllNotFoundException e) when (OperatingSystem.IsLinux() && e.Message.Contains(GlibcxxPatch.Version))
        {
            var user = Environment.GetFolderPath(
                Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            // Other users' folders are not to be trusted; a new one is this user's alone.
            var temporary = new Lazy<string>(() => Directory.CreateTempSubdirectory("gsr-torch-").FullName);
            try
            {
                var copy = PreparePatchedCopy(original, CopyFolders(user, temporary));
                var handle = LoadFile(copy);
                TorchSharpPath = copy;
                return handle;
            }
            finally
            {
                // A library that is loaded stays, whatever becomes of its file.
                if (temporary.IsValueCreated) Directory.Delete(temporary.Value, recursive: true);
            }
        }
        catch (DllNotFoundException e)
        {
            throw Explain(original, e);
        }
    }

    /// <summary>Where the patched copy may lie: with the user's data, else in a folder for this process.</summary>
    internal static IEnumerable<string> CopyFolders(string user, Lazy<string> temporary)
    {
        // A user without a home has none.
        if (Path.IsPathRooted(user)) yield return Path.Combine(user, "gsr", "torch");
        yield return temporary.Value;
    }

    private static DllNotFoundException Missing(string name, IEnumerable<string> folders) => new(NoBuild
        ?? $"{FileName(name)} of libtorch was not found in {string.Join(", ", folders)}. A build with the package Gsr "
        + "fetches it, unless GsrLibtorch=false. A published program has it with it where it is published for a "
        + $"system: dotnet publish -r {Rid}. Where Gsr.dll is referenced as a file: "
        + $"dotnet add package libtorch-cpu-{Rid} --version {Version("libtorch")} (or a libtorch-cuda-* of this "
        + "version). In the workbook, run 'dotnet build' in its top folder.");

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
        var needs = NoBuild ?? (OperatingSystem.IsLinux()
            ? "libtorch needs glibc 2.34 and libstdc++ of GCC 12 or newer (Debian 12, Ubuntu 22.04, RHEL 9)."
            : OperatingSystem.IsMacOS()
                ? "TorchSharp and libtorch need macOS 15 or newer on Apple silicon."
                : "libtorch needs Windows 10 or newer and the Visual C++ 2015-2022 redistributable.");
        return new DllNotFoundException(
            $"{path} does not load here. {needs} The system says: {cause.Message.Trim()}", cause);
    }

    /// <summary>What to say where there is no libtorch for this system; null where there is.</summary>
    private static string? NoBuild => Rid is "linux-x64" or "osx-arm64" or "win-x64" or "win-arm64" ? null
        : $"There is no libtorch for {Rid}, but for linux-x64, osx-arm64, win-x64 and win-arm64; what needs no tensor "
        + "runs here.";

    private static string Rid =>
        (OperatingSystem.IsWindows() ? "win-" : OperatingSystem.IsMacOS() ? "osx-" : "linux-")
        + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    /// <summary>The version of a package that the library was built with (from TorchNatives.targets).</summary>
    private static string Version(string package) => typeof(TorchNatives).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == package).Value!;

    private static string FileName(string name) =>
        OperatingSystem.IsWindows() ? $"{name}.dll" : OperatingSystem.IsMacOS() ? $"lib{name}.dylib" : $"lib{name}.so";
}
