using System.Composition.Hosting;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Host;
using Microsoft.CodeAnalysis.Host.Mef;

namespace Gsr.Kernel.Sessions.Assistance;

/// <summary>
/// Roslyn's services for editors, but for those whose work nobody sees here: fixes and refactorings, and completions
/// that change more than the word at the cursor (names of namespaces that are not imported, conversions), which a reply
/// cannot say. Those would read all references and take a third of the time of an answer, and most of the first.
/// </summary>
internal static class EditorServices
{
    private static readonly HashSet<string> Unsaid =
        ["TypeImportCompletionProvider", "ExtensionMemberImportCompletionProvider", "UnnamedSymbolCompletionProvider"];

    private static readonly Type[] Unseen =
        [typeof(CodeFixProvider), typeof(CodeRefactoringProvider), typeof(FixAllProvider), typeof(DiagnosticAnalyzer)];

    public static HostServices Shared { get; } = MefHostServices.Create(new ContainerConfiguration()
        .WithParts(MefHostServices.DefaultAssemblies.SelectMany(assembly => assembly.GetTypes()).Where(type =>
            type is { IsClass: true, IsAbstract: false } && !Unsaid.Contains(type.Name)
            && !Unseen.Any(type.IsSubclassOf)))
        .CreateContainer());
}
