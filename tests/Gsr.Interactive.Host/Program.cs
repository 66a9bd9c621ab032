using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Documents;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.PackageManagement;
using KernelInfo = Microsoft.DotNet.Interactive.Documents.KernelInfo;

// NOTEBOOK RESULT: executes a notebook cell by cell, in its folder, and writes what came of each code cell.
var (notebook, result) = (Path.GetFullPath(args[0]), Path.GetFullPath(args[1]));
Environment.CurrentDirectory = Path.GetDirectoryName(notebook)!;
var languages = new KernelInfoCollection
{
    new KernelInfo("csharp", languageName: "C#", aliases: ["c#", "C#"]), new KernelInfo("markdown"),
};
languages.DefaultKernelName = "csharp";
var document = await InteractiveDocument.LoadAsync(new FileInfo(notebook), languages);

using var kernel = new CompositeKernel();
kernel.Add(new CSharpKernel().UseKernelHelpers().UseNugetDirective((csharp, packages) =>
{
    csharp.AddAssemblyReferences(packages.SelectMany(package => package.AssemblyPaths));
    return Task.CompletedTask;
}));
kernel.DefaultKernelName = "csharp";

var cells = new JsonArray();
foreach (var cell in document.Elements.Where(element => element.KernelName == "csharp"))
{
    // The events are looked at afterwards: the console is the kernel's while it hands them out.
    var ran = await kernel.SendAsync(new SubmitCode(cell.Contents, "csharp"));
    var shown = ran.Events.OfType<DisplayEvent>().Where(shown => shown is not DisplayedValueUpdated)
        .Select(shown => new JsonObject(shown.FormattedValues.Select(
            value => KeyValuePair.Create(value.MimeType, (JsonNode?)value.Value))));
    cells.Add((JsonNode)new JsonObject
    {
        ["error"] = ran.Events.OfType<CommandFailed>().FirstOrDefault()?.Message,
        ["shown"] = new JsonArray([.. shown]),
    });
}
await File.WriteAllTextAsync(result, cells.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
