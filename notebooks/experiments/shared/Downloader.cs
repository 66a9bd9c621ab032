using System.Net;
using System.Security.Cryptography;
using Gsr.Internals;

namespace Gsr.Experiments;

/// <summary>
/// Fetches one file: mirror after mirror, round after round, into a temporary file beside its place, which takes the
/// name only once length and SHA-256 are right. Whatever happens, no half-written file stays.
/// </summary>
internal sealed class Downloader(DataSetOptions options, HttpClient client)
{
    private const int Rounds = 2;
    private const int Chunk = 1 << 16;

    /// <summary>Downloads a file; false where every mirror failed, which <paramref name="tried"/> then lists.</summary>
    public async Task<bool> FetchAsync(
        DataFileEntry file, string path, List<string> tried, CancellationToken cancellation)
    {
        var mirrors = new List<Uri>(file.Mirrors);
        for (var round = 1; round <= Rounds && mirrors.Count > 0; round++)
        {
            if (round > 1) await Task.Delay(options.BackOff, cancellation).ConfigureAwait(false);
            var unresolved = true;
            foreach (var mirror in mirrors.ToArray())
            {
                try
                {
                    await FetchFromAsync(mirror, file, path, cancellation).ConfigureAwait(false);
                    return true;
                }
                catch (Exception e) when (IsFailureOfMirror(e, cancellation))
                {
                    tried.Add($"{mirror}: {Reason(e)}");
                    unresolved &= e is HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError };

                    // It would send the same again.
                    if (IsFinal(e)) mirrors.Remove(mirror);
                }
            }

            // No name can be looked up: this machine has no network, and waiting would not bring one.
            if (unresolved) return false;
        }
        return false;
    }

    private async Task FetchFromAsync(
        Uri mirror, DataFileEntry file, string path, CancellationToken cancellation)
    {
        using var stall = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        stall.CancelAfter(options.StallTimeout);
        using var response = await client
            .GetAsync(mirror, HttpCompletionOption.ResponseHeadersRead, stall.Token).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        if (response.Content.Headers.ContentLength is { } announced && announced != file.Bytes)
            throw new WrongContentException($"announces {announced} bytes; expected {file.Bytes}");
        using var body = await response.Content.ReadAsStreamAsync(stall.Token).ConfigureAwait(false);

        var temporary = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            await CopyAsync(body, temporary, file, stall).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            AtomicFile.Move(temporary, path);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private async Task CopyAsync(
        Stream body, string temporary, DataFileEntry file, CancellationTokenSource stall)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[Chunk];
        long received = 0;
        var output = CreateTemporary(temporary);
        await using (output.ConfigureAwait(false))
        {
            while (true)
            {
                stall.CancelAfter(options.StallTimeout);
                var read = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, stall.Token)
                    .ConfigureAwait(false);
                received += read;
                if (received > file.Bytes)
                    throw new WrongContentException($"sends more than {file.Bytes} bytes");
                hash.AppendData(buffer, 0, read);
                await WriteAsync(output, buffer.AsMemory(0, read), stall.Token).ConfigureAwait(false);
                if (read < buffer.Length) break;
            }
        }
        if (received < file.Bytes)
            throw new HttpIOException(HttpRequestError.ResponseEnded, $"ended after {received} of {file.Bytes} bytes");
        var sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
        if (sha256 != file.Sha256)
            throw new WrongContentException($"sends a file of SHA-256 {sha256}; expected {file.Sha256}");
    }

    // A full or read-only disk is no mirror's fault: it must not be tried again on the next one.
    private static FileStream CreateTemporary(string path)
    {
        try
        {
            return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, Chunk, useAsync: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CacheNotWritableException(e);
        }
    }

    private static async ValueTask WriteAsync(
        FileStream output, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        try
        {
            await output.WriteAsync(bytes, cancellation).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw new CacheNotWritableException(e);
        }
    }

    private static bool IsFailureOfMirror(Exception e, CancellationToken cancellation) => e switch
    {
        OperationCanceledException => !cancellation.IsCancellationRequested,
        HttpRequestException or HttpIOException or WrongContentException => true,
        IOException => true,
        _ => false,
    };

    private static bool IsFinal(Exception e) => e is WrongContentException
        or HttpRequestException
    {
        StatusCode: >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError
                and not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests),
    };

    private string Reason(Exception e) => e switch
    {
        OperationCanceledException => $"sent nothing for {options.StallTimeout.TotalSeconds:0} s",
        HttpRequestException { StatusCode: { } status } => $"answers {(int)status} {status}",
        _ => e.Message.TrimEnd('.'),
    };

    private sealed class WrongContentException(string message) : Exception(message);
}

/// <summary>The cache cannot be written.</summary>
internal sealed class CacheNotWritableException(Exception inner) : Exception(inner.Message, inner);
