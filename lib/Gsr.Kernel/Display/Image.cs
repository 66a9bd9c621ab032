namespace Gsr.Kernel.Display;

/// <summary>An encoded picture.</summary>
public sealed class Image
{
    private Image(string mimeType, byte[] bytes) => (MimeType, Base64) = (mimeType, Convert.ToBase64String(bytes));

    /// <summary>The picture's type, for example <c>image/png</c>.</summary>
    public string MimeType { get; }

    /// <summary>The encoded bytes as the notebook file holds them.</summary>
    public string Base64 { get; }

    /// <summary>A picture from all bytes of a PNG file.</summary>
    public static Image FromPng(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        if (!bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47]))
            throw new ArgumentException("These bytes do not begin as a PNG file does.", nameof(bytes));
        return new Image("image/png", bytes);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{MimeType}, {Base64.Length * 3L / 4:N0} bytes";
}
