using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Gsr.Internals;
using Gsr.Kernel.Documents;

namespace Gsr.Kernel.Sessions.Packages;

/// <summary>
/// Restores the packages that cells ask for, with the SDK's own <c>dotnet restore</c> on a project made for the
/// purpose. What it finds is kept by package set, per user, so that the next session pays nothing.
/// </summary>
internal sealed class PackageRestorer(string workingDirectory)
{
    // Without a home that can be written, as in many containers, packages are this process' alone.
    private static readonly Lazy<(string Folder, string? Home)> Cache = new(() =>
    {
        var data = Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        var folder = Path.Combine(data, "gsr-kernel", "packages");
        try
        {
            if (data.Length == 0)
                throw new IOException("There is no folder for this user's data (HOME).");
            AtomicFile.CheckFolder(folder);
            return (folder, null);
        }
        catch (IOException e)
        {
            var own = Directory.CreateTempSubdirectory("gsr-packages-").FullName;
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Remove(own);
            Console.Error.WriteLine($"{e.Message} Packages go to {own}, for this session alone.");
            return (own, own);
        }
    });

    private readonly Dictionary<string, PackageRequest> _packages = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _sources = [];

    /// <summary>Adds a package source to the user's; a relative folder starts from the notebook's.</summary>
    public void AddSource(string source)
    {
        var full = source.Contains("://", StringComparison.Ordinal)
            ? source : FilePaths.Full(source, workingDirectory);
        if (!_sources.Contains(full))
            _sources.Add(full);
    }

    /// <summary>
    /// Restores the packages together with all those asked for before, so that their versions agree, has them used, and
    /// returns them all.
    /// </summary>
    public async Task<RestoredPackages> RestoreAsync(
        IReadOnlyCollection<PackageRequest> requests, Action<RestoredPackages> use, CancellationToken cancellationToken)
    {
        var wanted = new Dictionary<string, PackageRequest>(_packages, StringComparer.OrdinalIgnoreCase);
        foreach (var request in requests)
        {
            // A later mention without a version means the one that is already here.
            if (request.Version != "*" || !wanted.ContainsKey(request.Id))
                wanted[request.Id] = request;
        }
        var project = ProjectText(wanted.Values);
        var folder = Path.Combine(Cache.Value.Folder, Key(project));
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
                await DotNetCommand.RestoreAsync(
                    Path.Combine(folder, "packages.csproj"), wanted.Keys, Cache.Value.Home, cancellationToken);
                restored = RestoredPackages.FromAssets(Path.Combine(folder, "obj", "project.assets.json"));
                restored.Save(kept);
            }
        }
        use(restored);
        // Only now: a package that cannot be had must not spoil the next cell's restore.
        foreach (var request in wanted.Values)
            _packages[request.Id] = request;
        return restored;
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Windows keeps files whose assemblies are loaded.
        }
    }

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

    /// <summary>False where a single version is asked for, and another one was found instead.</summary>
    public bool IsMetBy(string found) =>
        Version.AsSpan().IndexOfAny("[](),* ") >= 0
            || Normal(Version).Equals(Normal(found), StringComparison.OrdinalIgnoreCase);

    // 1.2 is 1.2.0.0.
    private static string Normal(string version)
    {
        var parts = version.Split('-', 2);
        var numbers = parts[0].Split('.').Select(number => number.TrimStart('0').PadLeft(1, '0')).ToList();
        while (numbers.Count < 4)
            numbers.Add("0");
        return string.Join('.', numbers) + (parts.Length > 1 ? "-" + parts[1] : "");
    }

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

/// <summary>The files that a set of packages comes down to on this machine.</summary>
/// <param name="Assemblies">Managed assemblies, those that run and not those to compile against.</param>
/// <param name="Natives">Native libraries for this machine.</param>
/// <param name="Extensions">What packages bring for .NET Interactive.</param>
internal sealed record RestoredPackages(string[] Assemblies, string[] Natives, string[] Extensions)
{
    /// <summary>The kept result; null when there is none, or when a file of it has gone since.</summary>
    public static RestoredPackages? TryLoad(string path)
    {
        try
        {
            if (!File.Exists(path))
                return null;
            var kept = JsonSerializer.Deserialize<RestoredPackages>(File.ReadAllBytes(path));
            return kept is { Assemblies: not null, Natives: not null, Extensions: not null }
                && kept.Assemblies.Concat(kept.Natives).Concat(kept.Extensions).All(File.Exists) ? kept : null;
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The assemblies of one package.</summary>
    public IEnumerable<string> AssembliesOf(string id) => Assemblies.Where(path =>
        path.Split('/', '\\').Contains(id, StringComparer.OrdinalIgnoreCase));

    /// <summary>Keeps the result; whoever reads meanwhile sees the old file or the new one, never half of it.</summary>
    public void Save(string path) => AtomicFile.WriteAllText(path, JsonSerializer.Serialize(this));

    public static RestoredPackages FromAssets(string path)
    {
        using var assets = JsonDocument.Parse(File.ReadAllBytes(path));
        var root = assets.RootElement;
        var folders = root.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name).ToArray();
        var libraries = root.GetProperty("libraries");
        // The target with a runtime identifier has NuGet's choice among the runtimes already made.
        var target = root.GetProperty("targets").EnumerateObject().OrderByDescending(t => t.Name.Contains('/')).First();
        List<string> assemblies = [], natives = [], extensions = [];
        foreach (var package in target.Value.EnumerateObject())
        {
            if (!libraries.TryGetProperty(package.Name, out var library) || !library.TryGetProperty("path", out var at))
                continue;
            Collect(Files(package.Value, "runtime"), at.GetString()!, assemblies);
            Collect(Files(package.Value, "native"), at.GetString()!, natives);
            Collect(library.GetProperty("files").EnumerateArray().Select(file => file.GetString()!)
                .Where(file => file.StartsWith("interactive-extensions/dotnet/", StringComparison.Ordinal)),
                at.GetString()!, extensions);
        }
        return new([.. assemblies], [.. natives], [.. extensions]);

        void Collect(IEnumerable<string> files, string libraryPath, List<string> into) => into.AddRange(
            from file in files
            let found = folders.Select(folder => Path.Combine(folder, libraryPath, file)).FirstOrDefault(File.Exists)
            where found is not null && Path.GetFileName(found) != "_._"
            select found);
    }

    private static IEnumerable<string> Files(JsonElement package, string kind) =>
        package.TryGetProperty(kind, out var files) ? files.EnumerateObject().Select(file => file.Name) : [];
}
