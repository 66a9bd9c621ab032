using System.Collections.Immutable;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Gsr.Notebooks.Tests.Architecture;

/// <summary>A type of an assembly; a nested type counts as the one around it.</summary>
/// <param name="Assembly">The assembly's simple name.</param>
/// <param name="Namespace">The namespace; empty for what the compiler generates.</param>
/// <param name="Name">The name without a namespace.</param>
internal sealed record TypeName(string Assembly, string Namespace, string Name);

/// <summary>
/// Which types a compiled assembly's types refer to: in base types, interfaces, constraints, attributes, fields,
/// signatures, local variables, handlers of exceptions and the instructions of method bodies. Constants leave no trace.
/// </summary>
internal sealed class CompiledReferences
{
    private static readonly Dictionary<short, OperandType> Operands = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value, code => code.OperandType);

    private readonly PEReader _file;
    private readonly MetadataReader _metadata;
    private readonly string _assembly;
    private readonly Signatures _signatures;
    private HashSet<TypeName> _found = [];

    private CompiledReferences(PEReader file)
    {
        _file = file;
        _metadata = file.GetMetadataReader();
        _assembly = _metadata.GetString(_metadata.GetAssemblyDefinition().Name);
        _signatures = new Signatures(this);
    }

    /// <summary>The references of all types of an assembly, its own types among those referred to.</summary>
    public static IReadOnlyList<(TypeName From, TypeName To)> Read(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        return [.. new CompiledReferences(file).Read()];
    }

    private IEnumerable<(TypeName From, TypeName To)> Read()
    {
        foreach (var handle in _metadata.TypeDefinitions)
        {
            _found = [];
            AddType(_metadata.GetTypeDefinition(handle));
            var from = Name(handle);
            foreach (var to in _found.Where(to => to != from))
                yield return (from, to);
        }
    }

    private void AddType(TypeDefinition type)
    {
        Add(type.BaseType);
        AddAttributes(type.GetCustomAttributes());
        AddConstraints(type.GetGenericParameters());
        foreach (var handle in type.GetInterfaceImplementations())
            Add(_metadata.GetInterfaceImplementation(handle).Interface);
        foreach (var field in type.GetFields().Select(_metadata.GetFieldDefinition))
        {
            AddAttributes(field.GetCustomAttributes());
            field.DecodeSignature(_signatures, null);
        }
        foreach (var property in type.GetProperties().Select(_metadata.GetPropertyDefinition))
            AddAttributes(property.GetCustomAttributes());
        foreach (var method in type.GetMethods().Select(_metadata.GetMethodDefinition))
            AddMethod(method);
    }

    private void AddMethod(MethodDefinition method)
    {
        AddAttributes(method.GetCustomAttributes());
        AddConstraints(method.GetGenericParameters());
        foreach (var parameter in method.GetParameters().Select(_metadata.GetParameter))
            AddAttributes(parameter.GetCustomAttributes());
        method.DecodeSignature(_signatures, null);
        if (method.RelativeVirtualAddress == 0)
            return;
        var body = _file.GetMethodBody(method.RelativeVirtualAddress);
        Add(body.LocalSignature);
        foreach (var region in body.ExceptionRegions)
            Add(region.CatchType);
        AddInstructions(body.GetILReader());
    }

    private void AddInstructions(BlobReader code)
    {
        while (code.RemainingBytes > 0)
        {
            int value = code.ReadByte();
            if (value == 0xFE)
                value = value << 8 | code.ReadByte();
            switch (Operands[unchecked((short)value)])
            {
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    code.Offset += 1;
                    break;
                case OperandType.InlineVar:
                    code.Offset += 2;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    code.Offset += 8;
                    break;
                case OperandType.InlineSwitch:
                    var targets = code.ReadInt32();
                    code.Offset += 4 * targets;
                    break;
                case OperandType.InlineField
                    or OperandType.InlineMethod or OperandType.InlineType or OperandType.InlineTok
                    or OperandType.InlineSig:
                    Add(MetadataTokens.EntityHandle(code.ReadInt32()));
                    break;
                default:
                    code.Offset += 4;
                    break;
            }
        }
    }

    private void AddAttributes(CustomAttributeHandleCollection attributes)
    {
        foreach (var handle in attributes)
            Add(_metadata.GetCustomAttribute(handle).Constructor);
    }

    private void AddConstraints(GenericParameterHandleCollection parameters)
    {
        foreach (var constraint in parameters.SelectMany(handle => _metadata.GetGenericParameter(handle)
            .GetConstraints()))
            Add(_metadata.GetGenericParameterConstraint(constraint).Type);
    }

    private void Add(EntityHandle handle)
    {
        if (handle.IsNil)
            return;
        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                _found.Add(Name((TypeDefinitionHandle)handle));
                break;
            case HandleKind.TypeReference:
                _found.Add(Name((TypeReferenceHandle)handle));
                break;
            case HandleKind.TypeSpecification:
                _metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(_signatures, null);
                break;
            case HandleKind.FieldDefinition:
                Add(_metadata.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.MethodDefinition:
                Add(_metadata.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.MemberReference:
                Add(_metadata.GetMemberReference((MemberReferenceHandle)handle).Parent);
                break;
            case HandleKind.MethodSpecification:
                var method = _metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                Add(method.Method);
                method.DecodeSignature(_signatures, null);
                break;
            case HandleKind.StandaloneSignature:
                var signature = _metadata.GetStandaloneSignature((StandaloneSignatureHandle)handle);
                if (signature.GetKind() == StandaloneSignatureKind.LocalVariables)
                    signature.DecodeLocalSignature(_signatures, null);
                else
                    signature.DecodeMethodSignature(_signatures, null);
                break;
        }
    }

    private TypeName Name(TypeDefinitionHandle handle)
    {
        var type = _metadata.GetTypeDefinition(handle);
        return type.GetDeclaringType() is { IsNil: false } outer
            ? Name(outer)
            : new(_assembly, _metadata.GetString(type.Namespace), _metadata.GetString(type.Name));
    }

    private TypeName Name(TypeReferenceHandle handle)
    {
        var type = _metadata.GetTypeReference(handle);
        return type.ResolutionScope.Kind switch
        {
            HandleKind.TypeReference => Name((TypeReferenceHandle)type.ResolutionScope),
            HandleKind.AssemblyReference => new(
                _metadata.GetString(_metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name),
                _metadata.GetString(type.Namespace),
                _metadata.GetString(type.Name)),
            _ => new(_assembly, _metadata.GetString(type.Namespace), _metadata.GetString(type.Name)),
        };
    }

    // Notes the types that it meets in a signature; what it makes of them nobody needs.
    private sealed class Signatures(CompiledReferences owner) : ISignatureTypeProvider<bool, object?>
    {
        public bool GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
            Note(handle);

        public bool GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) =>
            Note(handle);

        public bool GetTypeFromSpecification(
            MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) => Note(
                handle);

        public bool GetArrayType(bool elementType, ArrayShape shape) => true;

        public bool GetByReferenceType(bool elementType) => true;

        public bool GetFunctionPointerType(MethodSignature<bool> signature) => true;

        public bool GetGenericInstantiation(bool genericType, ImmutableArray<bool> typeArguments) => true;

        public bool GetGenericMethodParameter(object? genericContext, int index) => true;

        public bool GetGenericTypeParameter(object? genericContext, int index) => true;

        public bool GetModifiedType(bool modifier, bool unmodifiedType, bool isRequired) => true;

        public bool GetPinnedType(bool elementType) => true;

        public bool GetPointerType(bool elementType) => true;

        public bool GetPrimitiveType(PrimitiveTypeCode typeCode) => true;

        public bool GetSZArrayType(bool elementType) => true;

        private bool Note(EntityHandle handle)
        {
            owner.Add(handle);
            return true;
        }
    }
}
