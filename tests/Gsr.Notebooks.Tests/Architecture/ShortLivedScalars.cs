using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Gsr.Notebooks.Tests.Architecture;

/// <summary>
/// Calls of TorchSharp's tensor that make a native scalar of their own, which the garbage collector may free while
/// libtorch reads it: <c>add(x)</c> makes one of its α = 1, <c>square()</c> of its 2. It ends a training about once in
/// a million calls; <c>Gsr.Native.Scalars</c> has the ways around it.
/// </summary>
public sealed class ShortLivedScalars
{
    private static readonly (string Name, int Parameters)[] Unsafe =
        [("add", 1), ("add_", 1), ("op_Addition", 2), ("square", 0), ("square_", 0)];

    [Theory]
    [InlineData("Gsr")]
    [InlineData("Gsr.Analysis")]
    [InlineData("Gsr.Experiments")]
    public void No_call_makes_a_scalar_that_may_be_freed_too_early(string assembly) => Assert.Empty(Calls(Path.Combine(
        Workbook.Folder, "artifacts", "bin", assembly, "release", assembly + ".dll")).Intersect(Unsafe));

    [Fact]
    public void Calls_of_tensors_are_seen() => Assert.Contains(("sum", 2), Calls(Path.Combine(
        Workbook.Folder, "artifacts", "bin", "Gsr", "release", "Gsr.dll")).Select(call => (call.Name, 2)));

    private static IEnumerable<(string Name, int Parameters)> Calls(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        foreach (var member in metadata.MemberReferences.Select(metadata.GetMemberReference))
        {
            if (member.Parent.Kind != HandleKind.TypeReference) continue;
            if (member.GetKind() != MemberReferenceKind.Method) continue;
            var type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent);
            if (metadata.GetString(type.Name) != "Tensor") continue;
            var signature = metadata.GetBlobReader(member.Signature);
            if (signature.ReadSignatureHeader().IsGeneric) signature.ReadCompressedInteger();
            yield return (metadata.GetString(member.Name), signature.ReadCompressedInteger());
        }
    }
}
