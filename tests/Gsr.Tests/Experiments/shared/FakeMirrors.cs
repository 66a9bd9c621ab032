using System.Net;

namespace Gsr.Tests.Experiments;

/// <summary>Answers requests by host name and counts them.</summary>
internal sealed class FakeMirrors(Func<Uri, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
{
    private int _requests;

    public FakeMirrors(Func<Uri, HttpResponseMessage> answer) : this((uri, _) => Task.FromResult(answer(uri)))
    {
    }

    public int Requests => _requests;

    public static HttpResponseMessage Content(byte[] bytes) =>
        new(HttpStatusCode.OK) { Content = new ByteArrayContent(bytes) };

    /// <summary>A body without announced length that ends as the bytes do.</summary>
    public static HttpResponseMessage Unannounced(byte[] bytes)
    {
        HttpResponseMessage response = new(HttpStatusCode.OK) { Content = new StreamContent(new Forward(bytes)) };
        return response;
    }

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _requests);
        return answer(request.RequestUri!, cancellationToken);
    }

    private sealed class Forward(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
