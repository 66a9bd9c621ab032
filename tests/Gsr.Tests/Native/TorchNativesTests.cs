using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Gsr.Native;
using TorchSharp;

namespace Gsr.Tests.Native;

public sealed class TorchNativesTests
{
    private static readonly string Folder =
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Gsr.torch.txt")).Trim();

    private static readonly string Original = Path.Combine(Folder, "libLibTorchSharp.so");

    /// <summary>Before all tests, some of which use TorchSharp before a type of Gsr.</summary>
    [ModuleInitializer]
    internal static void Load() => TorchNatives.Load();

    [Fact]
    public void A_tensor_works_and_comes_from_the_workbooks_own_libtorch()
    {
        using var x = torch.arange(6).reshape(2, 3);
        Assert.Equal(15, x.sum().item<long>());
        using var process = Process.GetCurrentProcess();
        var torchFiles = process.Modules.Cast<ProcessModule>()
            .Select(module => module.FileName).Where(file => file.Contains("torch_cpu"));
        Assert.Equal(Folder, Path.GetDirectoryName(Assert.Single(torchFiles)));
    }

    [Fact]
    public void The_programs_own_libraries_come_before_the_builds_and_those_before_the_package_caches()
    {
        var cache = Directory.CreateTempSubdirectory("gsr-folders-").FullName;
        try
        {
            var home = Directory.CreateDirectory(Path.Combine(cache, "gsr", "1.0.0", "lib", "net10.0")).FullName;
            File.WriteAllText(Path.Combine(home, "Gsr.torch.txt"), "built\nfallback\n");
            var folders = TorchNatives.Folders(home, $"own{Path.PathSeparator}shared{Path.PathSeparator}").ToArray();
            Assert.Equal(["own", "shared", home], folders[..3]);
            Assert.Matches(@"^.*net10.0.runtimes.\w+-\w+.native$", folders[3]);
            Assert.Equal(["built", "fallback"], folders[4..6]);
            Assert.Equal(2, folders[6..].Length);
            Assert.All(folders[6..], folder => Assert.StartsWith(cache, folder));
            Assert.Matches(@"libtorch-cpu-\w+-\w+.[\d.]+.runtimes.\w+-\w+.native$", folders[6]);
            Assert.Matches(@"torchsharp.[\d.]+.runtimes.\w+-\w+.native$", folders[7]);

            File.Delete(Path.Combine(home, "Gsr.torch.txt"));
            Assert.Equal(6, TorchNatives.Folders(home, "own" + Path.PathSeparator + "shared").Count());
        }
        finally
        {
            Directory.Delete(cache, recursive: true);
        }
    }

    [Fact]
    public void The_patched_copy_differs_in_one_name_one_version_and_one_flag()
    {
        SkipUnlessLinuxX64();
        var original = File.ReadAllBytes(Original);
        var patched = GlibcxxPatch.Apply(original);

        Assert.Equal(original.Length, patched.Length);
        var changed = Enumerable.Range(0, original.Length).Where(i => original[i] != patched[i]).ToArray();
        // 28 bytes of the old name at most, two of the version, two of the flag.
        Assert.InRange(changed.Length, 3, 32);
        Assert.Equal(3, 1 + changed.Zip(changed.Skip(1)).Count(pair => pair.Second - pair.First > 64));
    }

    [Fact]
    public void The_patched_copy_loads_beside_any_libstdcpp()
    {
        SkipUnlessLinuxX64();
        var folder = Directory.CreateTempSubdirectory("gsr-patch-").FullName;
        try
        {
            var copy = TorchNatives.PreparePatchedCopy(Original, [Path.Combine(folder, "copy")]);
            var written = File.GetLastWriteTimeUtc(copy);
            Assert.Equal(copy, TorchNatives.PreparePatchedCopy(Original, [Path.Combine(folder, "copy")]));
            Assert.Equal(written, File.GetLastWriteTimeUtc(copy));
            Assert.True(NativeLibrary.TryLoad(copy, out var handle));
            Assert.True(NativeLibrary.TryGetExport(handle, "THSTensor_sum", out _));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_damaged_copy_is_replaced_and_a_closed_folder_passed_over()
    {
        SkipUnlessLinuxX64();
        var folder = Directory.CreateTempSubdirectory("gsr-patch-").FullName;
        try
        {
            var blocked = Path.Combine(folder, "blocked");
            File.WriteAllText(blocked, "a file where a folder is asked for");
            var copy = TorchNatives.PreparePatchedCopy(Original, [blocked, Path.Combine(folder, "copy")]);
            File.WriteAllText(copy, "damaged");
            Assert.Equal(copy, TorchNatives.PreparePatchedCopy(Original, [blocked, Path.Combine(folder, "copy")]));
            Assert.Equal(new FileInfo(Original).Length, new FileInfo(copy).Length);
            Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(copy)!, "*.tmp"));
            var e = Assert.Throws<DllNotFoundException>(() => TorchNatives.PreparePatchedCopy(Original, [blocked]));
            Assert.Contains(blocked, e.Message);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("relative", 1)]
    [InlineData("/home/somebody/data", 2)]
    public void The_patched_copy_lies_with_the_users_data_or_in_a_folder_of_this_process(string user, int count)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no patched copy on Windows.");
        var temporary = new Lazy<string>("temporary");
        var folders = TorchNatives.CopyFolders(user, temporary).ToArray();
        Assert.Equal(count, folders.Length);
        Assert.All(folders[..^1], folder => Assert.Equal(Path.Combine(user, "gsr", "torch"), folder));
        Assert.Equal("temporary", folders[^1]);
    }

    [Fact]
    public void What_is_not_the_known_library_is_refused()
    {
        SkipUnlessLinuxX64();
        Assert.Throws<InvalidDataException>(() => GlibcxxPatch.Apply([]));
        Assert.Throws<InvalidDataException>(() => GlibcxxPatch.Apply(new byte[4096]));
        var original = File.ReadAllBytes(Original);
        Assert.Throws<InvalidDataException>(() => GlibcxxPatch.Apply(original.AsSpan(0, 100_000)));
        // Patched already: the need is weak, and no symbol is bound to it any more.
        Assert.Throws<InvalidDataException>(() => GlibcxxPatch.Apply(GlibcxxPatch.Apply(original)));
        var other = Path.Combine(Path.GetDirectoryName(Original)!, "libc10.so");
        Assert.Throws<InvalidDataException>(() => GlibcxxPatch.Apply(File.ReadAllBytes(other)));
    }

    private static void SkipUnlessLinuxX64() => Assert.SkipUnless(
        OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64,
        "the patch is for Linux on x64 only");
}
