using System.Buffers.Binary;
using System.Text;

namespace Gsr.Native;

/// <summary>
/// Makes a copy of TorchSharp's native library that loads where libstdc++ is older than GCC 13's (Debian 12, Ubuntu
/// 22.04, most clusters).
/// </summary>
/// <remarks>
/// The library asks for version GLIBCXX_3.4.32 because of one symbol, <c>std::ios_base_library_init()</c>, which GCC 13
/// calls from the static initialisers of every file that includes &lt;iostream&gt;. Older libstdc++ initialises its
/// streams by itself, so the call has nothing to do there. Three edits, none of which moves a byte:
/// <list type="number">
/// <item><c>.gnu.version_r</c>: the need for GLIBCXX_3.4.32 becomes weak: the loader accepts its absence;</item>
/// <item><c>.dynstr</c>: the symbol's name becomes <c>getpid</c>, which takes no argument and changes nothing;</item>
/// <item><c>.gnu.version</c>: the symbol no longer asks for that version.</item>
/// </list>
/// File layout: System V ABI (gABI) chapters 4 and 5, and the Linux Standard Base's "Symbol Versioning".
/// </remarks>
internal static class GlibcxxPatch
{
    /// <summary>The version whose absence is mended.</summary>
    public const string Version = "GLIBCXX_3.4.32";

    private const string Symbol = "_ZSt21ios_base_library_initv";
    private const string Harmless = "getpid";

    private const uint SectionDynSym = 11;
    private const uint SectionVerNeed = 0x6ffffffe;
    private const uint SectionVerSym = 0x6fffffff;
    private const ushort FlagWeak = 2;
    private const ushort IndexGlobal = 1;
    private const int SymbolSize = 24;

    /// <summary>Returns a patched copy of <paramref name="library"/>; the input is left as it is.</summary>
    /// <param name="library">The whole file: a 64-bit little-endian ELF shared library.</param>
    /// <exception cref="InvalidDataException">The file is not such a library, does not need
    /// <see cref="Version"/>, or needs it for another symbol than the one known to be harmless.</exception>
    public static byte[] Apply(ReadOnlySpan<byte> library)
    {
        var file = library.ToArray();
        try
        {
            ApplyInPlace(file);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new InvalidDataException(
                "The library is truncated: an offset in its ELF header points past its end.");
        }

        return file;
    }

    private static void ApplyInPlace(Span<byte> file)
    {
        if (file.Length < 64 || file[0] != 0x7f || file[1] != 'E' || file[2] != 'L' || file[3] != 'F' || file[4] != 2
            || file[5] != 1)
            throw new InvalidDataException("The library is not a 64-bit little-endian ELF file.");

        var symbols = FindSection(file, SectionDynSym);
        var versions = FindSection(file, SectionVerSym);
        var needs = FindSection(file, SectionVerNeed);
        var strings = SectionAt(file, symbols.Link);

        var index = WeakenNeed(file, needs, strings);
        var bound = 0;
        for (var i = 0; i < symbols.Size / SymbolSize; i++)
        {
            var versionAt = versions.Offset + 2 * i;
            if (UInt16(file, versionAt) != index) continue;
            var nameAt = strings.Offset + checked((int)UInt32(file, symbols.Offset + SymbolSize * i));
            var name = StringAt(file, nameAt);
            if (name != Symbol)
            {
                throw new InvalidDataException(
                    $"The library needs {Version} for {name}, not only for {Symbol}: it cannot be patched.");
            }
            var room = file.Slice(nameAt, Symbol.Length);
            room.Clear();
            Encoding.ASCII.GetBytes(Harmless, room);
            BinaryPrimitives.WriteUInt16LittleEndian(file.Slice(versionAt, 2), IndexGlobal);
            bound++;
        }

        if (bound != 1)
        {
            throw new InvalidDataException(
                $"The library binds {bound} symbols to {Version}; exactly one, {Symbol}, was expected.");
        }
    }

    /// <summary>Marks the version need weak; returns the index by which symbols refer to it.</summary>
    private static ushort WeakenNeed(Span<byte> file, Section needs, Section strings)
    {
        var need = needs.Offset;
        while (true)
        {
            var auxiliary = need + checked((int)UInt32(file, need + 8));
            for (int i = 0, count = UInt16(file, need + 2); i < count; i++)
            {
                if (StringAt(file, strings.Offset + checked((int)UInt32(file, auxiliary + 8))) == Version)
                {
                    var flagsAt = auxiliary + 4;
                    var flags = (ushort)(UInt16(file, flagsAt) | FlagWeak);
                    BinaryPrimitives.WriteUInt16LittleEndian(file.Slice(flagsAt, 2), flags);
                    return UInt16(file, auxiliary + 6);
                }

                auxiliary += checked((int)UInt32(file, auxiliary + 12));
            }

            var next = checked((int)UInt32(file, need + 12));
            if (next == 0) throw new InvalidDataException(
                $"The library does not need {Version}: there is nothing to patch.");
            need += next;
        }
    }

    private static Section FindSection(ReadOnlySpan<byte> file, uint type)
    {
        var count = UInt16(file, 60);
        for (var i = 0; i < count; i++)
        {
            var section = SectionAt(file, i);
            if (section.Type == type) return section;
        }

        throw new InvalidDataException($"The library has no section of type 0x{type:x}.");
    }

    private static Section SectionAt(ReadOnlySpan<byte> file, int index)
    {
        var header = checked((int)UInt64(file, 40) + UInt16(file, 58) * index);
        return new Section(
            UInt32(file, header + 4),
            checked((int)UInt64(file, header + 24)),
            checked((int)UInt64(file, header + 32)),
            checked((int)UInt32(file, header + 40)));
    }

    private static ushort UInt16(ReadOnlySpan<byte> file, int at) =>
        BinaryPrimitives.ReadUInt16LittleEndian(file.Slice(at, 2));

    private static uint UInt32(ReadOnlySpan<byte> file, int at) =>
        BinaryPrimitives.ReadUInt32LittleEndian(file.Slice(at, 4));

    private static ulong UInt64(ReadOnlySpan<byte> file, int at) =>
        BinaryPrimitives.ReadUInt64LittleEndian(file.Slice(at, 8));

    private static string StringAt(ReadOnlySpan<byte> file, int at)
    {
        var rest = file[at..];
        var end = rest.IndexOf((byte)0);
        return end < 0
            ? throw new InvalidDataException("The library holds a name without an end.")
            : Encoding.ASCII.GetString(rest[..end]);
    }

    private readonly record struct Section(uint Type, int Offset, int Size, int Link);
}
