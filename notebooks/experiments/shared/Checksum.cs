using System.Security.Cryptography;

namespace Gsr.Experiments;

/// <summary>Checks a file on disk against its entry in the catalogue.</summary>
internal static class Checksum
{
    /// <summary>What is wrong with the file, as found and expected value; null where length and SHA-256 are right.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<Mismatch?> CheckAsync(string path, DataFileEntry entry, CancellationToken cancellation)
    {
        FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, useAsync: true);
        await using (stream.ConfigureAwait(false))
        {
            if (stream.Length != entry.Bytes)
                return new Mismatch("length", $"{stream.Length} bytes", $"{entry.Bytes} bytes, SHA-256 {entry.Sha256}");
            byte[] hash = await SHA256.HashDataAsync(stream, cancellation).ConfigureAwait(false);
            string found = Convert.ToHexStringLower(hash);
            return found == entry.Sha256 ? null : new Mismatch("SHA-256", found, entry.Sha256);
        }
    }

    internal sealed record Mismatch(string Field, string Found, string Expected)
    {
        public override string ToString() => $"{Field}: found {Found}; expected {Expected}";
    }
}
