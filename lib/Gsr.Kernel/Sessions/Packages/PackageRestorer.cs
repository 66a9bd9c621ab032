using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace Gsr.Kernel.Sessions.Packages;

/// <summary>
/// Restores the packages that cells ask for, with the SDK's own <c>dotnet restore</c> on a project made for the purpose.
/// What it finds is kept by package set, per user, so that the next session pays nothing.
/// </summary>
internal sealed class PackageRestorer(string workingDirectory)
{
    private readonly Dictionary<string, PackageRequest> _packages = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _sources = [];

    /// <summary>Adds a source to those of the user's NuGet configuration; a relative folder starts from the notebook's.</summary>
    public void AddSource(string source)
    {
        var full = source.Contains("://", StringComparison.Ordinal) ? source : Path.GetFullPath(source, workingDirectory);
        if (!_sources.Contains(full))
            _sources.Add(full);
    }

    /// <summary>Restores the packages together with all those asked for before, so that their versions agree.</summary>
    public async Task<RestoredPackages> RestoreAsync(
        IReadOnlyCollection<PackageRequest> requests, CancellationToken cancellationToken)
    {
        var wanted = new Dictionary<string, PackageRequest>(_packages, StringComparer.OrdinalIgnoreCase);
        foreach (var request in requests)
        {
            // A later mention without a version means the one that is already here.
            if (request.Version != "*" || !wanted.ContainsKey(request.Id))
                wanted[request.Id] = request;
        }
        var project = ProjectText(wanted.Values);
        var folder = Path.Combine(CacheFolder, Key(project));
        var kept = Path.Combine(folder, "files.json");
        var restored = RestoredPackages.TryLoad(kept);
        if (restored is null)
        {
            Directory.CreateDirectory(folder);
            using var turn = await FileTurn.TakeAsync(Path.Combine(folder, "lock"), cancellationToken);
            restored = RestoredPackages.TryLoad(kept);
            if (restored is null)
            {
                await WriteAsync(folder, project, cancellationToken);
                await DotnetRestore.RunAsync(Path.Combine(folder, "packages.csproj"), wanted.Keys, cancellationToken);
                restored = RestoredPackages.FromAssets(Path.Combine(folder, "obj", "project.assets.json"));
                restored.Save(kept);
            }
        }
        // Only now: a package that cannot be had must not spoil the next cell's restore.
        foreach (var request in wanted.Values)
            _packages[request.Id] = request;
        return restored;
    }

    private static string CacheFolder => Path.Combine(
        Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create) is { Length: > 0 } data
            ? data
            : Path.GetTempPath(),
        "gsr-kernel",
        "packages");

    private static string Key(string project) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(project)))[..24];

    private string ProjectText(IEnumerable<PackageRequest> packages)
    {
        var references = packages.OrderBy(p => p.Id, StringComparer.OrdinalIgnoreCase).Select(p =>
            new XElement("PackageReference", new XAttribute("Include", p.Id), new XAttribute("Version", p.Version)));
        return new XElement("Project", new XAttribute("Sdk", "Microsoft.NET.Sdk"),
            new XElement("PropertyGroup",
                new XElement("TargetFramework", $"net{Environment.Version.Major}.{Environment.Version.Minor}"),
                new XElement("RuntimeIdentifier", RuntimeInformation.RuntimeIdentifier),
                new XElement("SelfContained", "false"),
                // Nothing is run from here; a host for it would be one more thing to download.
                new XElement("UseAppHost", "false"),
                // The notebook's own nuget.config counts, not one that happens to lie above the cache.
                new XElement("RestoreRootConfigDirectory", workingDirectory),
                new XElement("RestoreAdditionalProjectSources", string.Join(';', _sources))),
            new XElement("ItemGroup", references)).ToString();
    }

    private static async Task WriteAsync(string folder, string project, CancellationToken cancellationToken)
    {
        // Empty files of these names keep settings from above the cache folder out.
        foreach (var name in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"])
            await File.WriteAllTextAsync(Path.Combine(folder, name), "<Project />", cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "packages.csproj"), project, cancellationToken);
    }
}

/// <summary>A package that a cell asks for; <c>*</c> stands for the newest stable version.</summary>
internal sealed record PackageRequest(string Id, string Version)
{
    private const string Prefix = "nuget:";

    /// <summary>True when a directive's argument speaks of NuGet at all.</summary>
    public static bool IsNuGet(string argument) =>
        argument.TrimStart().StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>The argument without its <c>nuget:</c>.</summary>
    public static string Strip(string argument) => argument.Trim()[Prefix.Length..].Trim();

    /// <summary>Reads <c>nuget: id</c> or <c>nuget: id, version</c>.</summary>
    public static PackageRequest Parse(string argument)
    {
        var parts = Strip(argument).Split(',', 2, StringSplitOptions.TrimEntries);
        // The id and the version end up in a project file; nothing but what NuGet allows in them gets there.
        if (parts[0].Length == 0 || !parts[0].All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-'))
            throw new ReferenceException($"\"{argument}\" names no package; write #r \"nuget: Id, 1.2.3\".");
        var version = parts.Length > 1 && parts[1].Length > 0 ? parts[1] : "*";
        if (!version.All(c => char.IsAsciiLetterOrDigit(c) || "*.-+[](), ".Contains(c)))
            throw new ReferenceException($"\"{version}\" is no version of package {parts[0]}.");
        return new(parts[0], version);
    }
}

/// <summary>A lock between processes, held for as long as a file is open; it cannot outlive its holder.</summary>
internal static class FileTurn
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(50);

    public static async Task<IDisposable> TakeAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                await Task.Delay(RetryDelay, cancellationToken);
            }
        }
    }
}
