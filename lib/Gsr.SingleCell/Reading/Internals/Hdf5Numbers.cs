using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using PureHDF;
using PureHDF.Selections;

namespace Gsr.SingleCell.Reading;

/// <summary>The numbers of a data set, or of a part of one, of any type and byte order.</summary>
internal static class Hdf5Numbers
{
    private delegate void TurnWords<T>(ReadOnlySpan<T> source, Span<T> destination) where T : unmanaged;

    /// <summary>As float[], double[], long[] or int[]; null where they are no numbers.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="part">Which of them; all where null.</param>
    /// <param name="count">How many these are.</param>
    public static Array? Of(IH5Dataset dataset, HyperslabSelection? part, ulong count)
    {
        var type = dataset.Type;
        var signed = type.Class != H5DataTypeClass.FixedPoint || type.FixedPoint.IsSigned;
        return (type.Class, type.Size, signed) switch
        {
            (H5DataTypeClass.FloatingPoint, 4, _) => Values<float>(),
            (H5DataTypeClass.FloatingPoint, 8, _) => Values<double>(),
            (H5DataTypeClass.FloatingPoint, 2, _) => Array.ConvertAll(Values<Half>(), value => (float)value),
            (H5DataTypeClass.FixedPoint, 8, true) => Values<long>(),
            (H5DataTypeClass.FixedPoint, 8, false) => Array.ConvertAll(Values<ulong>(), value => checked((long)value)),
            (H5DataTypeClass.FixedPoint, 4, true) => Values<int>(),
            (H5DataTypeClass.FixedPoint, 4, false) => Array.ConvertAll(Values<uint>(), value => (long)value),
            (H5DataTypeClass.FixedPoint, 2, true) => Array.ConvertAll(Values<short>(), value => (int)value),
            (H5DataTypeClass.FixedPoint, 2, false) => Array.ConvertAll(Values<ushort>(), value => (int)value),
            (H5DataTypeClass.FixedPoint, 1, true) => Array.ConvertAll(Values<sbyte>(), value => (int)value),
            (H5DataTypeClass.FixedPoint or H5DataTypeClass.Enumerated, 1, _) =>
                Array.ConvertAll(Values<byte>(), value => (int)value),
            (H5DataTypeClass.Enumerated, 4, _) => Values<int>(),
            _ => null,
        };

        // The library refuses numbers whose highest byte comes first: their bytes are taken as they are, and turned
        // here.
        T[] Values<T>() where T : unmanaged
        {
            try
            {
                return dataset.Read<T[]>(part);
            }
            catch (Exception error) when (
                (error.InnerException ?? error).Message.StartsWith("Byte order", StringComparison.Ordinal))
            {
                var bytes = new byte[checked((int)count * Unsafe.SizeOf<T>())];
                dataset.Read(bytes, part);
                switch (Unsafe.SizeOf<T>())
                {
                    case 2: Turn<ushort>(bytes, BinaryPrimitives.ReverseEndianness); break;
                    case 4: Turn<uint>(bytes, BinaryPrimitives.ReverseEndianness); break;
                    case 8: Turn<ulong>(bytes, BinaryPrimitives.ReverseEndianness); break;
                    default: break;
                }
                return MemoryMarshal.Cast<byte, T>(bytes).ToArray();
            }
        }
    }

    /// <summary>Numbers of any of those types in single precision.</summary>
    public static float[] Single(Array numbers) => numbers switch
    {
        float[] values => values,
        double[] values => Array.ConvertAll(values, value => (float)value),
        long[] values => Array.ConvertAll(values, value => (float)value),
        _ => Array.ConvertAll((int[])numbers, value => (float)value),
    };

    private static void Turn<T>(Span<byte> bytes, TurnWords<T> turn) where T : unmanaged
    {
        var words = MemoryMarshal.Cast<byte, T>(bytes);
        turn(words, words);
    }
}
