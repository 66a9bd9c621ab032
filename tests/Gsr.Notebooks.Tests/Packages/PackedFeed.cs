using System.Diagnostics;
using System.Runtime.InteropServices;
using Gsr.Notebooks.Tests.Packages;

[assembly: AssemblyFixture(typeof(PackedFeed))]

namespace Gsr.Notebooks.Tests.Packages;

/// <summary>
/// All packages in a folder, and a machine that knows nothing of the workbook: a home, a package cache and a tool of its
/// own. What the packages need is taken from the user's package cache, which is read and not written. The folder that
/// GSR_PACKAGES names is taken as it is, else the packages are made of what is built.
/// </summary>
public sealed class PackedFeed : IDisposable
{
    private readonly string? _given = Environment.GetEnvironmentVariable("GSR_PACKAGES") is { Length: > 0 } given
        ? Path.GetFullPath(given, Workbook.Folder) : null;

    private readonly Lazy<Task> _libraries;
    private readonly Lazy<Task> _tool;

    /// <summary>Nothing is made before a test asks for it.</summary>
    public PackedFeed()
    {
        _libraries = new(PackLibrariesAsync);
        _tool = new(InstallToolAsync);
        Feed = _given ?? Directory.CreateDirectory(Path.Combine(Root, "feed")).FullName;
        const string known = "Gsr.Analysis.";
        Version = _given is null ? "0.1.0-test" : Path.GetFileNameWithoutExtension(
            Directory.GetFiles(_given, known + "*.nupkg").Single())[known.Length..];
        File.WriteAllText(
            Path.Combine(Root, "nuget.config"),
            $"""
            <configuration>
              <packageSources><clear /><add key="packed" value="{Feed}" /></packageSources>
            </configuration>
            """);
        // A machine with a libtorch of its own, which the system finds by its name. Any library will do for it.
        if (!OperatingSystem.IsLinux()) return;
        File.Copy(
            Path.Combine(Workbook.Folder, "artifacts", "torch", "libc10.so"),
            Path.Combine(Directory.CreateDirectory(Foreign).FullName, "libtorch_cpu.so"));
    }

    public static string Rid { get; } =
        (OperatingSystem.IsWindows() ? "win-" : OperatingSystem.IsMacOS() ? "osx-" : "linux-")
        + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    /// <summary>The folder of all this; programs of tests go into folders below it.</summary>
    public string Root { get; } = Directory.CreateTempSubdirectory("gsr-package-").FullName;

    public string Feed { get; }

    public string Version { get; }

    public string Foreign => Path.Combine(Root, "foreign");

    /// <summary>The command <c>gsr</c>, once <see cref="ToolAsync"/> has installed it.</summary>
    public string Tool => Path.Combine(Root, "tools", OperatingSystem.IsWindows() ? "gsr.exe" : "gsr");

    public void Dispose() => Directory.Delete(Root, recursive: true);

    public Task LibrariesAsync() => _libraries.Value;

    public async Task ToolAsync()
    {
        await LibrariesAsync();
        await _tool.Value;
    }

    public string NewFolder(string name) => Directory.CreateDirectory(Path.Combine(Root, name)).FullName;

    public Task<string> DotnetAsync(string folder, params string[] arguments) => RunAsync(folder, "dotnet", arguments);

    public async Task<string> RunAsync(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // A test run under `dotnet test` has these from the outer build; they would redirect the inner one.
        foreach (var name in (string[])["MSBuildSDKsPath", "MSBUILD_EXE_PATH", "MSBuildExtensionsPath", "CI"])
            start.Environment.Remove(name);
        var home = Path.Combine(Root, "home");
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["HOME"] = home,
            ["DOTNET_CLI_HOME"] = home,
            ["LOCALAPPDATA"] = Path.Combine(home, "data"),
            // The patched library of TorchSharp goes here.
            ["XDG_DATA_HOME"] = Path.Combine(home, "data"),
            ["NUGET_PACKAGES"] = Path.Combine(home, "packages"),
            ["NUGET_FALLBACK_PACKAGES"] = Notices.PackageCache,
            ["LD_LIBRARY_PATH"] = Foreign,
            ["MSBUILDDISABLENODEREUSE"] = "1",
            ["DOTNET_CLI_UI_LANGUAGE"] = "en",
            ["DOTNET_NOLOGO"] = "1",
            ["NuGetAudit"] = "false",
        })
            start.Environment[name] = value;
        Directory.CreateDirectory(home);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(
            process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}\n{await output}{await errors}");
        return await output;
    }

    private async Task PackLibrariesAsync()
    {
        if (_given is not null)
        {
            // Of the same version, it would be tried in place of the one that is to be published.
            var known = Directory.GetDirectories(Notices.PackageCache, "gsr*")
                .Select(folder => Path.Combine(folder, Version)).Where(Directory.Exists);
            Assert.True(!known.Any(), $"Take these out of the package cache: {string.Join(", ", known)}.");
            return;
        }
        var projects = string.Join(';', ((string[])["lib/Gsr", "lib/Gsr.Analysis", "lib/Gsr.SingleCell",
            "lib/Gsr.Interactive", "lib/Gsr.Templates", "notebooks/experiments"])
            .SelectMany(folder => Directory.GetFiles(Path.Combine(Workbook.Folder, folder), "*.csproj")));
        await File.WriteAllTextAsync(
            Path.Combine(Root, "pack.proj"),
            $"""
            <Project DefaultTargets="Pack">
              <Target Name="Pack">
                <MSBuild Projects="{projects}" Targets="Pack"
                  Properties="NoBuild=true;PackageVersion={Version};PackageOutputPath={Feed};NuspecOutputPath={Root}" />
              </Target>
            </Project>
            """,
            TestContext.Current.CancellationToken);
        await DotnetAsync(Root, "msbuild", "pack.proj");
    }

    /// <summary>For this system alone, and of IL: what is compiled ahead of time does the same, and takes minutes.</summary>
    private async Task InstallToolAsync()
    {
        if (_given is null)
        {
            await DotnetAsync(Root, "pack", Path.Combine(Workbook.Folder, "lib", "Gsr.Kernel"), "-o", Feed,
                $"-p:ArtifactsPath={Path.Combine(Root, "artifacts")}", $"-p:Version={Version}",
                $"-p:ToolPackageRuntimeIdentifiers={Rid}", "-p:PublishReadyToRun=false");
        }
        await DotnetAsync(
            Root, "tool", "install", "Gsr.Kernel", "--version", Version, "--tool-path", Path.GetDirectoryName(Tool)!);
    }
}
