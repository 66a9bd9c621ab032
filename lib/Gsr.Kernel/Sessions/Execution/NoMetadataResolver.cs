using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Gsr.Kernel.Sessions.Execution;

/// <summary>The session resolves references itself, all of them; the compiler must find none on its own.</summary>
internal sealed class NoMetadataResolver : MetadataReferenceResolver
{
    public static NoMetadataResolver Instance { get; } = new();

    public override ImmutableArray<PortableExecutableReference> ResolveReference(
        string reference, string? baseFilePath, MetadataReferenceProperties properties) => [];

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => 0;
}
