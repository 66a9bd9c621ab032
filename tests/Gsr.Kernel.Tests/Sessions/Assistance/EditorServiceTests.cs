using System.Composition;
using System.Reflection;
using Gsr.Kernel.Sessions.Assistance;
using Microsoft.CodeAnalysis.Host.Mef;

namespace Gsr.Kernel.Tests.Sessions.Assistance;

/// <summary>Which of Roslyn's types its editor features are put together from.</summary>
public sealed class EditorServiceTests
{
    [Fact]
    public void Whatever_serves_an_editor_is_found_without_loading_the_rest()
    {
        foreach (var assembly in MefHostServices.DefaultAssemblies)
        {
            var exported = assembly.DefinedTypes.Where(type => IsExport(type) || type.DeclaredProperties.Any(IsExport))
                .ToArray();
            var found = EditorServices.Parts(assembly).ToHashSet();
            Assert.Superset(exported.ToHashSet<Type>(), found);
            Assert.InRange(found.Count, 0, assembly.DefinedTypes.Count() / 4);
        }
    }

    private static bool IsExport(MemberInfo member) =>
        member.CustomAttributes.Any(attribute => attribute.AttributeType.IsAssignableTo(typeof(ExportAttribute)));
}
