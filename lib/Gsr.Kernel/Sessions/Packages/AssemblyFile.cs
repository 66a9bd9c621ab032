using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Gsr.Kernel.Sessions.Packages;

/// <summary>What an assembly file says of itself, read without loading it.</summary>
internal static class AssemblyFile
{
    /// <summary>The assembly's simple name and those of the assemblies that it refers to; null when it is no assembly.</summary>
    public static (string Name, string[] References)? Read(string path)
    {
        try
        {
            using var file = new PEReader(File.OpenRead(path));
            if (!file.HasMetadata)
                return null;
            var metadata = file.GetMetadataReader();
            if (!metadata.IsAssembly)
                return null;
            return (
                metadata.GetString(metadata.GetAssemblyDefinition().Name),
                [.. metadata.AssemblyReferences.Select(r => metadata.GetString(metadata.GetAssemblyReference(r).Name))]);
        }
        catch (BadImageFormatException)
        {
            return null;
        }
    }
}
