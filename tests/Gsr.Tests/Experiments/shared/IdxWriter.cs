using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using Gsr.Experiments;

namespace Gsr.Tests.Experiments;

/// <summary>Writes arrays as IDX files, plain or in gzip: the inverse of <see cref="IdxReader"/>.</summary>
internal static class IdxWriter
{
    /// <summary>Writes a file, replacing one that is there.</summary>
    /// <typeparam name="T">byte, sbyte, short, int, float or double.</typeparam>
    /// <param name="path">Compressed with gzip where it ends in ".gz".</param>
    /// <param name="values">The elements in row-major order.</param>
    /// <param name="shape">The length of each dimension, 1 to 255 of them, each 1 or more, whose product is the number of elements.</param>
    /// <exception cref="ArgumentException">The shape does not fit the values, or IDX has no such element type.</exception>
    public static void Write<T>(string path, ReadOnlySpan<T> values, params ReadOnlySpan<int> shape) where T : unmanaged
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Check(values, shape);
        using FileStream file = File.Create(path);
        if (!path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
        {
            Write(file, values, shape);
            return;
        }
        using var gzip = new GZipStream(file, CompressionLevel.Optimal);
        Write(gzip, values, shape);
    }

    /// <summary>Writes plain IDX to a stream, which stays open.</summary>
    /// <inheritdoc cref="Write{T}(string, ReadOnlySpan{T}, ReadOnlySpan{int})"/>
    /// <param name="stream">Where to write, from its position on.</param>
    /// <param name="values">The elements in row-major order.</param>
    /// <param name="shape">The length of each dimension.</param>
    public static void Write<T>(Stream stream, ReadOnlySpan<T> values, params ReadOnlySpan<int> shape) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(stream);
        IdxType type = Check(values, shape);
        var header = new byte[4 + (4 * shape.Length)];
        header[2] = (byte)type;
        header[3] = (byte)shape.Length;
        for (int d = 0; d < shape.Length; d++)
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + (4 * d)), shape[d]);
        stream.Write(header);
        stream.Write(MemoryMarshal.AsBytes<T>(IdxReader.Reversed(values.ToArray())));
    }

    private static IdxType Check<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> shape) where T : unmanaged
    {
        long count = 1;
        foreach (int length in shape)
            count = length < 1 || count > int.MaxValue ? -1 : count * length;
        if (shape.Length is < 1 or > 255 || count != values.Length)
        {
            throw new ArgumentException($"shape is [{string.Join(", ", shape.ToArray())}] for {values.Length} values; " +
                "give 1 to 255 lengths of 1 or more whose product is the number of values.", nameof(shape));
        }
        return Type.GetTypeCode(typeof(T)) switch
        {
            TypeCode.Byte => IdxType.UInt8,
            TypeCode.SByte => IdxType.Int8,
            TypeCode.Int16 => IdxType.Int16,
            TypeCode.Int32 => IdxType.Int32,
            TypeCode.Single => IdxType.Single,
            TypeCode.Double => IdxType.Double,
            _ => throw new ArgumentException($"IDX has no element type for {typeof(T).Name}; convert to byte, sbyte, short, " +
                "int, float or double.", nameof(values)),
        };
    }
}
