using System.IO.Compression;
using System.Reflection.Metadata;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Gsr.Notebooks.Tests.Packages;

/// <summary>The packages in the hands of somebody who has nothing else of the workbook.</summary>
public sealed class PackageTests(PackedFeed feed)
{
    private const string Program = """
        using System.Diagnostics;
        using System.IO;
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
        Console.WriteLine($"loaded: {Gsr.Native.TorchNatives.TorchSharpPath} .");

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

    [Fact]
    public async Task A_project_with_the_packages_alone_trains()
    {
        await feed.LibrariesAsync();
        var folder = feed.NewFolder("project");
        await WriteProjectAsync(folder, Libraries.Select(name => new XElement(
            "PackageReference", new XAttribute("Include", name), new XAttribute("Version", feed.Version))));
        Trains(await feed.DotnetAsync(folder, "run"));
    }

    [Fact]
    public async Task A_file_with_one_line_for_each_package_trains()
    {
        await feed.LibrariesAsync();
        var folder = feed.NewFolder("file");
        // A file asks for the compiler ahead of time, which the feed of these tests has not.
        await WriteAsync(folder, "app.cs", "#:property PublishAot=false\n"
            + string.Concat(Libraries.Select(name => $"#:package {name}@{feed.Version}\n")) + Program);
        Trains(await feed.DotnetAsync(folder, "run", "app.cs"));
    }

    [Fact]
    public async Task A_notebook_with_the_package_alone_trains_in_the_installed_tool()
    {
        await feed.ToolAsync();
        var folder = feed.NewFolder("notebook");
        var cells = Program.Split("\n\n", 2);
        var references = string.Concat(Libraries.Select(name => $"#r \"nuget: {name}, {feed.Version}\"\n"));
        await WriteAsync(folder, "x.ipynb", new JsonObject
        {
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
            ["metadata"] = new JsonObject(),
            ["cells"] = new JsonArray([.. ((string[])[references + cells[0], cells[1]])
                .Select((source, i) => new JsonObject
                {
                    ["cell_type"] = "code",
                    ["id"] = $"c{i}",
                    ["metadata"] = new JsonObject(),
                    ["execution_count"] = null,
                    ["outputs"] = new JsonArray(),
                    ["source"] = source,
                })]),
        }.ToJsonString());
        await feed.RunAsync(folder, feed.Tool, "run", "x.ipynb");
        var executed = Workbook.Read(Path.Combine(folder, "x.executed.ipynb"));
        Assert.Empty(Workbook.CodeCells(executed).First()["outputs"]!.AsArray());
        Trains(string.Concat(Workbook.CodeCells(executed).SelectMany(cell => cell["outputs"]!.AsArray())
            .Select(output => Workbook.Text(output!["text"]))));
    }

    [Fact]
    public async Task The_installed_kernel_is_the_tools_command()
    {
        await feed.ToolAsync();
        await feed.RunAsync(feed.Root, feed.Tool, "kernel", "install", "--name", "packed");
        var spec = Workbook.Read(Directory.GetFiles(feed.Root, "kernel.json", SearchOption.AllDirectories).Single());
        Assert.Equal(feed.Tool, (string?)spec["argv"]![0]);
        Assert.Equal("kernel", (string?)spec["argv"]![1]);
    }

    [Fact]
    public async Task The_tool_runs_without_being_installed()
    {
        await feed.ToolAsync();
        Assert.Contains($"gsr {feed.Version}", await feed.DotnetAsync(
            feed.Root, "tool", "exec", $"Gsr.Kernel@{feed.Version}", "--yes", "--", "--version"));
    }

    [Fact]
    public async Task A_new_notebook_of_the_template_runs_by_the_tool_of_its_folder()
    {
        await feed.ToolAsync();
        var folder = feed.NewFolder("templates");
        await feed.DotnetAsync(
            folder, "new", "install", Path.Combine(feed.Feed, $"Gsr.Templates.{feed.Version}.nupkg"));
        await feed.DotnetAsync(folder, "new", "gsr-notebook", "-n", "Mine");
        var mine = Path.Combine(folder, "Mine");
        Assert.Contains(
            $"\"{feed.Version}\"", await File.ReadAllTextAsync(
                Path.Combine(mine, ".config", "dotnet-tools.json"), TestContext.Current.CancellationToken));
        await feed.DotnetAsync(mine, "tool", "restore");
        await feed.DotnetAsync(mine, "gsr", "run", ".");
        var executed = Workbook.Read(Path.Combine(mine, "Mine.executed.ipynb"));
        Assert.Contains(
            Workbook.CodeCells(executed).SelectMany(cell => cell["outputs"]!.AsArray()),
            output => output!["data"]?["application/vnd.plotly.v1+json"] is not null);
    }

    [Fact]
    public async Task With_a_runtime_identifier_libtorch_is_among_the_restored_packages()
    {
        await feed.LibrariesAsync();
        var folder = feed.NewFolder("identified");
        await WriteProjectAsync(folder, [new(
            "PackageReference", new XAttribute("Include", "Gsr"), new XAttribute("Version", feed.Version))]);
        // The runtime's own package is in the feed of these tests only after another of them has made the tool.
        await feed.DotnetAsync(folder, "restore", "-r", PackedFeed.Rid, "-p:EnableRuntimePackDownload=false");
        var restored = Workbook.Read(Path.Combine(folder, "obj", "project.assets.json"))["libraries"]!.AsObject();
        Assert.Contains(
            restored, library => library.Key.StartsWith($"libtorch-cpu-{PackedFeed.Rid}/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("linux-x64", "libtorch-cpu-linux-x64")]
    [InlineData("win-x64", "libtorch-cpu-win-x64")]
    [InlineData("linux-arm64")]
    public async Task Built_for_one_system_the_project_hands_on_its_libtorch(string system, params string[] handedOn)
    {
        var items = JsonNode.Parse(await feed.DotnetAsync(
            feed.Root, "msbuild", Project("Gsr"), "-getItem:PackageReference", $"-p:RuntimeIdentifier={system}"))!;
        Assert.Equal(handedOn, items["Items"]!["PackageReference"]!.AsArray()
            .Where(package => (string?)package!["PrivateAssets"] != "all")
            .Select(package => (string)package!["Identity"]!)
            .Where(name => name.StartsWith("libtorch-", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Referenced_as_projects_it_trains_in_a_fresh_program()
    {
        var folder = feed.NewFolder("referenced");
        await WriteProjectAsync(folder, Libraries.Select(name =>
            new XElement("ProjectReference", new XAttribute("Include", Project(name)))));
        Trains(await feed.DotnetAsync(folder, "run"), ofWorkbook: true);
    }

    [Fact]
    public async Task Packages_name_no_folder_of_the_build_and_whose_works_they_carry()
    {
        await feed.ToolAsync();
        var packages = Directory.GetFiles(feed.Feed, "*.*nupkg");
        Assert.All(packages, NamesNoFolderOfTheBuild);
        foreach (var path in packages.Where(path => Path.GetExtension(path) == ".nupkg"))
        {
            using var package = ZipFile.OpenRead(path);
            foreach (var name in (string[])["THIRD-PARTY-NOTICES.txt", "README.md"])
                Assert.True(package.GetEntry(name) is not null, $"{path} has no {name}.");
            foreach (var description in package.Entries.Where(entry => entry.Name == "Gsr.Kernel.deps.json"))
            {
                var file = Path.Combine(feed.Root, description.Name);
                await description.ExtractToFileAsync(file, overwrite: true, TestContext.Current.CancellationToken);
                var notices = await File.ReadAllLinesAsync(
                    Path.Combine(Workbook.Folder, "lib", "notices", "THIRD-PARTY-NOTICES.txt"),
                    TestContext.Current.CancellationToken);
                Assert.All(Notices.Carried(file), work => Assert.Contains(
                    notices, line => line.StartsWith($"  {work.Name}:", StringComparison.Ordinal)));
            }
        }
    }

    [Fact]
    public async Task The_library_alone_brings_neither_charts_nor_tables_nor_hdf5()
    {
        await feed.LibrariesAsync();
        using var package = Open("Gsr");
        using var stream = package.GetEntry("Gsr.nuspec")!.Open();
        var dependencies = XDocument.Load(stream).Descendants()
            .Where(element => element.Name.LocalName == "dependency")
            .Select(element => (string)element.Attribute("id")!).Order(StringComparer.Ordinal);
        Assert.Equal(["MathNet.Numerics", "SharpZipLib", "SkiaSharp", "TorchSharp"], dependencies);
    }

    [Fact]
    public async Task The_extension_lies_where_NET_Interactive_looks_for_it()
    {
        await feed.LibrariesAsync();
        using var package = Open("Gsr.Interactive");
        foreach (var folder in (string[])["interactive-extensions/dotnet", "lib/net10.0"])
        {
            Assert.NotNull(package.GetEntry($"{folder}/Gsr.Interactive.dll"));
            Assert.NotNull(package.GetEntry($"{folder}/Gsr.Interactive.deps.json"));
        }
    }

    [Fact]
    public async Task Two_builds_in_two_folders_give_the_same_packages()
    {
        var made = new List<Dictionary<string, string>>();
        foreach (var name in (string[])["here", "and there"])
        {
            var folder = feed.NewFolder(name);
            foreach (var file in (string[])["README.md", "LICENSE", "global.json", ".editorconfig",
                "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"])
                File.Copy(Path.Combine(Workbook.Folder, file), Path.Combine(folder, file));
            foreach (var part in (string[])["Gsr", "notices", "Directory.Build.props", "Gsr.Kernel/ReadyToRun.targets"])
                CopyAll(Path.Combine(Workbook.Folder, "lib", part), Path.Combine(folder, "lib", part));
            await feed.DotnetAsync(
                folder, "pack", Path.Combine("lib", "Gsr"), "-o", "packages", "-p:ContinuousIntegrationBuild=true");
            made.Add(Directory.GetFiles(Path.Combine(folder, "packages")).SelectMany(Contents).ToDictionary());
        }
        Assert.Contains("Gsr.pdb", made[0].Keys.Select(Path.GetFileName));
        Assert.Equal(made[0].Keys, made[1].Keys);
        Assert.All(made[0], entry => Assert.True(entry.Value == made[1][entry.Key], entry.Key));
    }

    // Beside the times of files, NuGet's own description of the zip file has a name by chance in some versions.
    private static IEnumerable<KeyValuePair<string, string>> Contents(string package)
    {
        using var zip = ZipFile.OpenRead(package);
        foreach (var entry in zip.Entries.Where(e => !e.FullName.StartsWith("package/") && e.Name != ".rels"))
        {
            using var stream = entry.Open();
            yield return new(
                $"{Path.GetFileName(package)}/{entry.FullName}", Convert.ToHexString(SHA256.HashData(stream)));
        }
    }

    private static void CopyAll(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        if (File.Exists(from))
        {
            File.Copy(from, to);
            return;
        }
        foreach (var path in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }
    }

    private static string Project(string library) => Path.Combine(Workbook.Folder, "lib", library, $"{library}.csproj");

    private static async Task WriteProjectAsync(string folder, IEnumerable<XElement> references)
    {
        var project = new XElement(
            "Project",
            new XAttribute("Sdk", "Microsoft.NET.Sdk"),
            new XElement(
                "PropertyGroup",
                new XElement("OutputType", "Exe"),
                new XElement("TargetFramework", "net10.0"),
                new XElement("ImplicitUsings", "enable")),
            new XElement("ItemGroup", references));
        await WriteAsync(folder, "program.csproj", project.ToString());
        await WriteAsync(folder, "Program.cs", Program);
    }

    private static Task WriteAsync(string folder, string name, string text) =>
        File.WriteAllTextAsync(Path.Combine(folder, name), text, TestContext.Current.CancellationToken);

    private ZipArchive Open(string id) => ZipFile.OpenRead(Path.Combine(feed.Feed, $"{id}.{feed.Version}.nupkg"));

    private void Trains(string output, bool ofWorkbook = false)
    {
        Assert.Matches(@"libtorch without tensors: \.\s", output);
        Assert.Matches(@"10 steps in .* s, loss \d", output);
        Assert.Matches(@"libtorch with tensors: \S+torch_cpu\S+ \.\s", output);
        Assert.DoesNotContain(feed.Foreign, output);
        Assert.Equal(ofWorkbook, output.Contains(Workbook.Folder, StringComparison.Ordinal));
        // A patched copy is never put into a package cache, from which NuGet would take it into other programs.
        Assert.Matches(@"loaded: (\S+[\\/]gsr[\\/]torch[\\/]|(?!.*[\\/]gsr[\\/]))\S*LibTorchSharp\S+ \.\s", output);
        Assert.DoesNotContain("native-patched", output);
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
}
