using System.IO.Compression;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Gsr.Internals;
using Gsr.Kernel.Outputs;
using Gsr.Kernel.Sessions.Packages;

namespace Gsr.Kernel.Cli;

/// <summary>
/// The extension for VS Code as a file that it installs: made when it is wanted, of what the engine carries, with the
/// chart library of the engine and the command that starts it. A .vsix is a zip file with two descriptions.
/// </summary>
internal static class ExtensionPackage
{
    private static readonly XNamespace Manifest = "http://schemas.microsoft.com/developer/vsx-schema/2011";
    private static readonly XNamespace Types = "http://schemas.openxmlformats.org/package/2006/content-types";
    private static readonly JsonNode Description = ReadDescription();

    public static string Id => $"{Description["publisher"]}.{Description["name"]}";

    /// <summary>Where it is written: it stays, since who installs by hand needs it after the command's end.</summary>
    public static string Path { get; } = System.IO.Path.Combine(
        // A user without a home has no such folder.
        Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify)
                is var data && System.IO.Path.IsPathRooted(data) ? data : System.IO.Path.GetTempPath(),
        "gsr", $"{Description["name"]}-{Description["version"]}.vsix");

    public static void Write(string path) => AtomicFile.Write(path, file =>
    {
        using var package = ZipFile.Open(file, ZipArchiveMode.Create);
        Add(package, "[Content_Types].xml", new XElement(Types + "Types", ContentTypes().Select(type =>
            new XElement(Types + "Default", new XAttribute("Extension", type.Ending),
                new XAttribute("ContentType", type.Name)))).ToString());
        Add(package, "extension.vsixmanifest", WriteManifest().ToString());
        foreach (var (name, open) in PageAssets.Extension)
        {
            using var from = open();
            using var to = Open(package, $"extension/{name}");
            from.CopyTo(to);
        }
        Add(package, "extension/dist/plotly.min.js", PageAssets.Plotly);
        Add(package, "extension/dist/figure.js", PageAssets.Figures);
        // The editor hands on its own environment, in which a tool's command may find no .NET.
        var command = EngineLocation.DotNetRoot is null
            ? EngineLocation.Command : [EngineLocation.DotNet, EngineLocation.Assembly];
        Add(package, "extension/engine.json", new JsonObject
        {
            ["command"] = new JsonArray([.. command.Select(word => (JsonNode)word)]),
        }.ToJsonString());
    });

    private static IEnumerable<(string Ending, string Name)> ContentTypes() =>
    [
        (".json", "application/json"), (".vsixmanifest", "text/xml"), (".js", "application/javascript"),
        (".mjs", "application/javascript"), (".md", "text/markdown"), (".svg", "image/svg+xml"),
        (".html", "text/html"), (".png", "image/png"), (".txt", "text/plain"), (".LICENSE", "text/plain"),
    ];

    private static XElement WriteManifest() => new(Manifest + "PackageManifest", new XAttribute("Version", "2.0.0"),
        new XElement(Manifest + "Metadata",
            new XElement(Manifest + "Identity", new XAttribute("Language", "en-US"),
                new XAttribute("Id", Text("name")), new XAttribute("Version", Text("version")),
                new XAttribute("Publisher", Text("publisher"))),
            new XElement(Manifest + "DisplayName", Text("displayName")),
            new XElement(Manifest + "Description", Text("description")),
            new XElement(Manifest + "Categories", string.Join(',', Description["categories"]!.AsArray())),
            new XElement(Manifest + "License", "extension/LICENSE.txt"),
            new XElement(Manifest + "Icon", "extension/" + Text("icon")),
            new XElement(Manifest + "Properties",
                Property("Microsoft.VisualStudio.Code.Engine", (string)Description["engines"]!["vscode"]!),
                Property("Microsoft.VisualStudio.Code.ExtensionKind", "workspace"))),
        new XElement(Manifest + "Installation", new XElement(
            Manifest + "InstallationTarget", new XAttribute("Id", "Microsoft.VisualStudio.Code"))),
        new XElement(Manifest + "Dependencies"),
        new XElement(Manifest + "Assets", new XElement(Manifest + "Asset",
            new XAttribute("Type", "Microsoft.VisualStudio.Code.Manifest"),
            new XAttribute("Path", "extension/package.json"), new XAttribute("Addressable", "true"))));

    private static XElement Property(string id, string value) =>
        new(Manifest + "Property", new XAttribute("Id", id), new XAttribute("Value", value));

    private static string Text(string name) => (string)Description[name]!;

    private static JsonNode ReadDescription()
    {
        using var stream = PageAssets.Extension.Single(file => file.Path == "package.json").Open();
        return JsonNode.Parse(stream)!;
    }

    private static void Add(ZipArchive package, string name, string text)
    {
        using var writer = new StreamWriter(Open(package, name));
        writer.Write(text);
    }

    // What is packed twice is the same twice: no time, which is 1980 where a zip file has none.
    private static Stream Open(ZipArchive package, string name)
    {
        var entry = package.CreateEntry(name);
        entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return entry.Open();
    }
}
