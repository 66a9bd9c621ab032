using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Gsr.Notebooks.Tests.Architecture;

/// <summary>
/// Calls of TorchSharp's tensor that make a native scalar of their own, which the garbage collector may free while
/// libtorch reads it: <c>add(x)</c> makes one of its α = 1, <c>square()</c> of its 2, <c>ToDouble()</c> of the tensor's
/// number. It ends a training about once in a million calls; <c>Gsr.Native.Scalars</c> has the ways around it.
/// </summary>
public sealed class ShortLivedScalars
{
    private static readonly (string Name, int Parameters)[] Unsafe =
    [
        ("add", 1), ("add_", 1), ("op_Addition", 2), ("square", 0), ("square_", 0), ("ToDouble", 1), ("ToSingle", 1),
        ("ToInt32", 1), ("ToInt64", 1), ("ToBoolean", 1), ("ToScalar", 0), ("item", 0),
    ];

    [Theory]
    [InlineData("Gsr")]
    [InlineData("Gsr.Analysis")]
    [InlineData("Gsr.SingleCell")]
    [InlineData("Gsr.Experiments")]
    public void No_call_makes_a_scalar_that_may_be_freed_too_early(string assembly) =>
        Assert.Empty(Calls(Assembly(assembly)).Intersect(Unsafe));

    /// <summary>
    /// A number given to a tensor's method becomes such a scalar: constructors may keep one, <c>Scalars.With</c> keeps it
    /// alive through the call.
    /// </summary>
    [Theory]
    [InlineData("Gsr")]
    [InlineData("Gsr.Analysis")]
    [InlineData("Gsr.Experiments")]
    public void No_number_becomes_a_scalar_that_nobody_keeps(string assembly) =>
        Assert.DoesNotContain(Conversions(Assembly(assembly)).Except(["Scalars.With"]),
            method => !method.EndsWith("ctor", StringComparison.Ordinal));

    [Fact]
    public void Conversions_are_seen() => Assert.Contains("Scalars.With", Conversions(Assembly("Gsr")));

    [Fact]
    public void Calls_of_tensors_are_seen() =>
        Assert.Contains("sum", Calls(Assembly("Gsr")).Select(call => call.Name));

    private static string Assembly(string name) =>
        Path.Combine(Workbook.Folder, "artifacts", "bin", name, "release", name + ".dll");

    private static IEnumerable<string> Conversions(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        var conversions = metadata.MemberReferences.Where(handle =>
            metadata.GetMemberReference(handle) is { Parent.Kind: HandleKind.TypeReference } member
            && metadata.GetString(member.Name) == "op_Implicit"
            && metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)member.Parent).Name) == "Scalar")
            .Select(handle => MetadataTokens.GetToken(handle)).ToHashSet();
        foreach (var method in metadata.MethodDefinitions.Select(metadata.GetMethodDefinition))
        {
            if (method.RelativeVirtualAddress == 0) continue;
            var code = file.GetMethodBody(method.RelativeVirtualAddress).GetILBytes()!;
            for (var i = 0; i + 4 < code.Length; i++)
            {
                if (code[i] == (byte)ILOpCode.Call && conversions.Contains(BitConverter.ToInt32(code, i + 1)))
                    yield return $"{TypeOf(method)}.{metadata.GetString(method.Name)}";
            }
        }

        string TypeOf(MethodDefinition method) =>
            metadata.GetString(metadata.GetTypeDefinition(method.GetDeclaringType()).Name);
    }

    private static IEnumerable<(string Name, int Parameters)> Calls(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        foreach (var member in metadata.MemberReferences.Select(metadata.GetMemberReference))
        {
            if (member.Parent.Kind != HandleKind.TypeReference) continue;
            if (member.GetKind() != MemberReferenceKind.Method) continue;
            var type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent);
            if (metadata.GetString(type.Name) is not ("Tensor" or "TensorExtensionMethods")) continue;
            var signature = metadata.GetBlobReader(member.Signature);
            if (signature.ReadSignatureHeader().IsGeneric) signature.ReadCompressedInteger();
            yield return (metadata.GetString(member.Name), signature.ReadCompressedInteger());
        }
    }
}
