using System.Composition.Hosting;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis.Host.Mef;

namespace Gsr.Kernel.Sessions.Assistance;

/// <summary>
/// Roslyn's editor features. Which of its types they are is read from the metadata: a container that looks for them
/// itself loads every type of four assemblies with all its properties.
/// </summary>
internal static class EditorServices
{
    private static readonly Lazy<MefHostServices> Loaded = new(() => MefHostServices.Create(
        new ContainerConfiguration().WithParts(MefHostServices.DefaultAssemblies.SelectMany(Parts)).CreateContainer()));

    /// <summary>What a workspace is made with.</summary>
    public static MefHostServices Host => Loaded.Value;

    /// <summary>The types of an assembly that it exports for composition.</summary>
    public static IEnumerable<Type> Parts(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var metadata = file.GetMetadataReader();
        return [..
            from type in metadata.TypeDefinitions
            where metadata.GetTypeDefinition(type).GetCustomAttributes().Any(IsExport)
            select assembly.ManifestModule.ResolveType(MetadataTokens.GetToken(type))];

        bool IsExport(CustomAttributeHandle attribute) => NameOf(metadata.GetCustomAttribute(attribute).Constructor)
            is "SharedAttribute" or ['E', 'x', 'p', 'o', 'r', 't', ..];

        string NameOf(EntityHandle handle) => handle.Kind switch
        {
            HandleKind.MethodDefinition =>
                NameOf(metadata.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType()),
            HandleKind.MemberReference => NameOf(metadata.GetMemberReference((MemberReferenceHandle)handle).Parent),
            HandleKind.TypeDefinition =>
                metadata.GetString(metadata.GetTypeDefinition((TypeDefinitionHandle)handle).Name),
            HandleKind.TypeReference =>
                metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)handle).Name),
            _ => "",
        };
    }
}
