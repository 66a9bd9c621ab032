using System.Buffers.Binary;

namespace Gsr.Tests.Experiments;

/// <summary>Plain IDX files of unsigned bytes.</summary>
internal static class IdxFile
{
    public static byte[] Of(byte[] values, params int[] shape)
    {
        var header = new byte[4 + (4 * shape.Length)];
        (header[2], header[3]) = (8, (byte)shape.Length);
        for (var d = 0; d < shape.Length; d++)
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + (4 * d)), shape[d]);
        return [.. header, .. values];
    }
}
