using System.Diagnostics;
using System.IO.Compression;
using System.Reflection.Metadata;
using System.Runtime.InteropServices;
using System.Text;
using System.Xml.Linq;

namespace Gsr.Notebooks.Tests;

/// <summary>The library in a user's own program, made anew in a folder that knows nothing of the workbook.</summary>
public sealed class PackageTests : IDisposable
{
    private const string Version = "0.1.0-test";
    private const string Foreign = "foreign";

    private const string Program = """
        using System.Diagnostics;
        using Gsr.Analysis.Metrics;
        using Gsr.Graphs;
        using Gsr.Penalties;
        using Gsr.SingleCell.Reading;
        using Gsr.Training;
        using TorchSharp;
        using static TorchSharp.torch.nn;

        WithoutTensors();
        Console.WriteLine($"libtorch without tensors: {TorchFiles()}");
        Train();
        Console.WriteLine($"libtorch with tensors: {TorchFiles()}");
        Console.WriteLine($"loaded: {Gsr.Native.TorchNatives.TorchSharpPath}");

        static void WithoutTensors()
        {
            var graph = FeatureGraph.Grid(8, 8);
            var signal = Enumerable.Range(0, 64).Select(node => (double)(node / 8)).ToArray();
            File.WriteAllText("cells.csv", "cell,CD4,CD8A\nfirst,1,0\nsecond,0,3\n");
            Console.WriteLine(graph.Laplacian().Spectrum().Eigenvalues.Count);
            Console.WriteLine(Moran.I(graph, signal));
            Console.WriteLine(SingleCellFile.Read("cells.csv").CellCount);
        }

        static void Train()
        {
            var penalty = new GraphPenalty(FeatureGraph.Grid(4, 4).Laplacian());
            var layer = Linear(20, 16);
            var model = Sequential(layer, ReLU(), Linear(16, 20));
            Objective task = batch => [new("error", functional.mse_loss(model.call(batch[0]), batch[0]))];
            var trainer = new Trainer(model, task, new Regularizer().Add(layer, penalty, weight: 1e-2));
            Console.WriteLine(trainer.Fit([torch.randn(320, 20)], new TrainingOptions { Steps = 10 }));
        }

        static string TorchFiles() => string.Join(' ', Process.GetCurrentProcess().Modules.Cast<ProcessModule>()
            .Select(module => module.FileName).Where(file => file.Contains("torch_cpu")).Append("."));
        """;

    private static readonly string[] Libraries = ["Gsr", "Gsr.Analysis", "Gsr.SingleCell"];
    private static readonly string Rid =
        (OperatingSystem.IsWindows() ? "win-" : OperatingSystem.IsMacOS() ? "osx-" : "linux-")
        + RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();
    private readonly string _folder = Directory.CreateTempSubdirectory("gsr-package-").FullName;

    /// <summary>
    /// Makes this a machine with a libtorch of its own, which the system finds by its name. Any library will do for it.
    /// </summary>
    public PackageTests()
    {
        if (!OperatingSystem.IsLinux()) return;
        var foreign = Directory.CreateDirectory(Path.Combine(_folder, Foreign)).FullName;
        var other = Path.Combine(Workbook.Folder, "artifacts", "torch", "libc10.so");
        File.Copy(other, Path.Combine(foreign, "libtorch_cpu.so"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Packed_it_restores_and_trains_in_a_fresh_program()
    {
        foreach (var library in Libraries) await Pack(library);
        var packages = Directory.GetFiles(_folder, "*.*nupkg");
        Assert.Equal(2 * Libraries.Length, packages.Length);
        Assert.All(packages, NamesNoFolderOfTheBuild);
        // Restored beside the program: the user's package cache is read and not written, and no network is needed.
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "nuget.config"),
            $"""
            <configuration>
              <packageSources><clear /><add key="packed" value="{_folder}" /></packageSources>
            </configuration>
            """,
            TestContext.Current.CancellationToken);
        var cache = (await Dotnet("nuget", "locals", "global-packages", "--list")).Split(": ", 2)[1].Trim();
        var versions = XDocument.Load(Path.Combine(Workbook.Folder, "Directory.Packages.props"));
        var torch = versions.Descendants("LibtorchVersion").Single().Value;
        await RunProgram(
            [.. Libraries.Select(name => Reference(name, Version)), Reference($"libtorch-cpu-{Rid}", torch)],
            new("RestorePackagesPath", Path.Combine(_folder, "packages")),
            new("RestoreFallbackFolders", cache));
    }

    [Fact]
    public async Task Referenced_as_projects_it_trains_in_a_fresh_program() => await RunProgram(
        Libraries.Select(name => new XElement("ProjectReference", new XAttribute("Include", Project(name)))));

    [Fact]
    public async Task The_library_alone_brings_neither_charts_nor_tables_nor_hdf5()
    {
        await Pack("Gsr");
        using var package = ZipFile.OpenRead(Path.Combine(_folder, $"Gsr.{Version}.nupkg"));
        using var stream = package.GetEntry("Gsr.nuspec")!.Open();
        var dependencies = XDocument.Load(stream).Descendants()
            .Where(element => element.Name.LocalName == "dependency")
            .Select(element => (string)element.Attribute("id")!).Order(StringComparer.Ordinal);
        Assert.Equal(["MathNet.Numerics", "SharpZipLib", "SkiaSharp", "TorchSharp"], dependencies);
    }

    [Fact]
    public async Task The_extension_lies_where_NET_Interactive_looks_for_it()
    {
        await Pack("Gsr.Interactive");
        var path = Path.Combine(_folder, $"Gsr.Interactive.{Version}.nupkg");
        NamesNoFolderOfTheBuild(path);
        using var package = ZipFile.OpenRead(path);
        foreach (var folder in (string[])["interactive-extensions/dotnet", "lib/net10.0"])
        {
            Assert.NotNull(package.GetEntry($"{folder}/Gsr.Interactive.dll"));
            Assert.NotNull(package.GetEntry($"{folder}/Gsr.Interactive.deps.json"));
        }
    }

    private static string Project(string library) => Path.Combine(Workbook.Folder, "lib", library, $"{library}.csproj");

    private static XElement Reference(string package, string version) =>
        new("PackageReference", new XAttribute("Include", package), new XAttribute("Version", version));

    private async Task Pack(string library) => await Dotnet(
        "pack", Project(library), "--no-build", "-o", _folder,
        $"-p:PackageVersion={Version}", $"-p:NuspecOutputPath={Path.Combine(_folder, "nuspec")}");

    private async Task RunProgram(IEnumerable<XElement> references, params XElement[] properties)
    {
        var project = new XElement(
            "Project",
            new XAttribute("Sdk", "Microsoft.NET.Sdk"),
            new XElement(
                "PropertyGroup",
                new XElement("OutputType", "Exe"),
                new XElement("TargetFramework", "net10.0"),
                new XElement("ImplicitUsings", "enable"),
                new XElement("NuGetAudit", false),
                // libtorch has 480 MB.
                new XElement("CreateHardLinksForCopyLocalIfPossible", true),
                properties),
            new XElement("ItemGroup", references));
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "program")).FullName;
        project.Save(Path.Combine(folder, "program.csproj"));
        var source = Path.Combine(folder, "Program.cs");
        await File.WriteAllTextAsync(source, Program, TestContext.Current.CancellationToken);
        var built = Path.Combine(folder, "built");
        await Dotnet("build", folder, "-o", built);
        var output = await Dotnet(Path.Combine(built, "program.dll"));
        Assert.Matches(@"libtorch without tensors: \.\s", output);
        Assert.Matches(@"10 steps in .* s, loss \d", output);
        Assert.Matches(@"libtorch with tensors: \S+torch_cpu\S+ \.\s", output);
        Assert.DoesNotContain(Foreign, output);
        Assert.Contains($"loaded: {_folder}", output);
    }

    /// <summary>The texts in an assembly, and the source files that its symbols name.</summary>
    private static void NamesNoFolderOfTheBuild(string package)
    {
        using var zip = ZipFile.OpenRead(package);
        foreach (var entry in zip.Entries)
        {
            using var content = new MemoryStream();
            using (var stream = entry.Open()) stream.CopyTo(content);
            var bytes = content.ToArray().AsSpan();
            Assert.Equal(-1, bytes.IndexOf(Encoding.UTF8.GetBytes(Workbook.Folder)));
            Assert.Equal(-1, bytes.IndexOf(Encoding.Unicode.GetBytes(Workbook.Folder)));
            if (Path.GetExtension(entry.Name) != ".pdb") continue;
            content.Position = 0;
            using var symbols = MetadataReaderProvider.FromPortablePdbStream(content);
            var reader = symbols.GetMetadataReader();
            Assert.NotEmpty(reader.Documents);
            var files = reader.Documents.Select(file => reader.GetString(reader.GetDocument(file).Name));
            Assert.All(files, file => Assert.StartsWith("/_/", file));
        }
    }

    private async Task<string> Dotnet(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // A test run under `dotnet test` has these from the outer build; they would redirect the inner one.
        foreach (var name in (string[])["MSBuildSDKsPath", "MSBUILD_EXE_PATH", "MSBuildExtensionsPath"])
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["LD_LIBRARY_PATH"] = Path.Combine(_folder, Foreign);
        // The patched library of TorchSharp goes here.
        start.Environment["XDG_DATA_HOME"] = Path.Combine(_folder, "data");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}\n{await output}{await errors}");
        return await output;
    }
}
