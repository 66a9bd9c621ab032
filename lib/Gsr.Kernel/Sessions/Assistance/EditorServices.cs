using System.Composition.Hosting;
using Microsoft.CodeAnalysis.Host;
using Microsoft.CodeAnalysis.Host.Mef;

namespace Gsr.Kernel.Sessions.Assistance;

/// <summary>
/// Roslyn's services for editors, without the completions that change more than the word at the cursor (names of
/// namespaces that are not imported, conversions): a reply cannot say them, but they would read all references, and take
/// a third of the time of an answer.
/// </summary>
internal static class EditorServices
{
    private static readonly HashSet<string> Unsaid =
        ["TypeImportCompletionProvider", "ExtensionMemberImportCompletionProvider", "UnnamedSymbolCompletionProvider"];

    public static HostServices Shared { get; } = MefHostServices.Create(new ContainerConfiguration()
        .WithParts(MefHostServices.DefaultAssemblies.SelectMany(assembly => assembly.GetTypes())
            .Where(type => !Unsaid.Contains(type.Name)))
        .CreateContainer());
}
