using System.Buffers.Binary;
using System.IO.Pipes;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Gsr.Kernel.Documents;

/// <summary>
/// JSON messages over a byte stream, each after its length in four bytes. Reads block, so that they can sit on a thread
/// of their own that no busy thread pool holds up; writes may come from any thread.
/// </summary>
/// <param name="stream">The connection; disposed of with this object.</param>
internal sealed class MessageStream(Stream stream) : IDisposable
{
    private const int Longest = 1 << 30;
    private static readonly JsonDocumentOptions Limits = new() { MaxDepth = JsonObjects.Compact.MaxDepth };

    private readonly Lock _sending = new();

    /// <summary>Joins somebody of this machine who listens on a named pipe.</summary>
    /// <param name="path">The pipe's name: a socket's path, or <c>\\.\pipe\NAME</c> on Windows.</param>
    /// <param name="patience">How long to wait.</param>
    /// <exception cref="IOException">Nobody listens there.</exception>
    public static MessageStream Connect(string path, TimeSpan patience)
    {
        const string windows = @"\\.\pipe\";
        var name = path.StartsWith(windows, StringComparison.OrdinalIgnoreCase)
            ? path[windows.Length..] : Path.GetFullPath(path);
        // Asynchronous, since Windows lets nobody write to another kind of pipe while somebody waits to read from it.
        var pipe = new NamedPipeClientStream(".", name, PipeDirection.InOut, PipeOptions.Asynchronous);
        try
        {
            pipe.Connect(patience);
            return new(pipe);
        }
        catch (Exception e) when (e is TimeoutException or IOException or UnauthorizedAccessException)
        {
            pipe.Dispose();
            throw new IOException($"{path}: nobody listens there ({e.Message.TrimEnd('.')}).", e);
        }
    }

    public void Send(JsonObject message) => Send(JsonSerializer.SerializeToUtf8Bytes(message, JsonObjects.Compact));

    public void Send<T>(T message, JsonTypeInfo<T> type) => Send(JsonSerializer.SerializeToUtf8Bytes(message, type));

    /// <summary>Waits for the next message; null when the other side is gone or sends what is no message.</summary>
    public JsonObject? Receive() => Receive(bytes => JsonNode.Parse(bytes, documentOptions: Limits) as JsonObject);

    /// <inheritdoc cref="Receive()"/>
    public T? Receive<T>(JsonTypeInfo<T> type)
        where T : class => Receive(bytes => JsonSerializer.Deserialize(bytes, type));

    private void Send(byte[] bytes)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        lock (_sending)
        {
            stream.Write(length);
            stream.Write(bytes);
            stream.Flush();
        }
    }

    private T? Receive<T>(Func<byte[], T?> read)
        where T : class
    {
        try
        {
            Span<byte> prefix = stackalloc byte[4];
            if (stream.ReadAtLeast(prefix, 4, throwOnEndOfStream: false) < 4)
                return null;
            var length = BinaryPrimitives.ReadInt32LittleEndian(prefix);
            if (length is < 0 or > Longest)
                return null;
            var bytes = new byte[length];
            stream.ReadExactly(bytes);
            return read(bytes);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or JsonException or NotSupportedException)
        {
            // A cell can reach the connection and write nonsense into it; the other side is then as good as dead.
            return null;
        }
    }

    public void Dispose() => stream.Dispose();
}
