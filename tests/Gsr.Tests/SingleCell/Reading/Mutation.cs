namespace Gsr.Tests.SingleCell.Reading;

/// <summary>Damages files as transfers, editors and attackers do.</summary>
internal static class Mutation
{
    private static readonly byte[] Telling = [
        0, 1, 0x7F, 0x80, 0xFF, (byte)'-', (byte)'9', (byte)'\t', (byte)'\n', (byte)' ', (byte)'"', (byte)',',
        (byte)'/'];

    /// <summary>A copy with one to four changes.</summary>
    public static byte[] Of(byte[] file, Random random)
    {
        List<byte> bytes = [.. file];
        for (var change = random.Next(1, 5); change > 0 && bytes.Count > 0; change--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(random.Next(1, 12), bytes.Count - at);
            switch (random.Next(9))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2 or 3:
                    bytes[at] = Telling[random.Next(Telling.Length)];
                    break;
                case 4:
                    for (var i = 0; i < length; i++) bytes[at + i] = 0xFF;
                    break;
                case 5:
                    bytes.RemoveRange(at, length);
                    break;
                case 6:
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
                case 7:
                    // One of the file's own numbers in another's place.
                    var other = random.Next(bytes.Count);
                    for (var i = 0; i < length && other + i < bytes.Count; i++) bytes[other + i] = bytes[at + i];
                    break;
                default:
                    if (random.Next(4) == 0) bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }
        return [.. bytes];
    }
}
