namespace Gsr.Experiments;

/// <summary>The element types of an IDX file; each member's value is the code in the file's third byte.</summary>
public enum IdxType : byte
{
    /// <summary>Unsigned byte.</summary>
    UInt8 = 0x08,

    /// <summary>Signed byte.</summary>
    Int8 = 0x09,

    /// <summary>Signed, two bytes, big-endian.</summary>
    Int16 = 0x0B,

    /// <summary>Signed, four bytes, big-endian.</summary>
    Int32 = 0x0C,

    /// <summary>IEEE 754, four bytes, big-endian.</summary>
    Single = 0x0D,

    /// <summary>IEEE 754, eight bytes, big-endian.</summary>
    Double = 0x0E,
}
