using Gsr.SingleCell.Reading;
using System.Net;
using System.Security.Cryptography;
using Gsr.Experiments;

namespace Gsr.Tests.Experiments;

public sealed class DataSetLoaderTests : IDisposable
{
    private static readonly byte[] s_right = [.. Enumerable.Range(0, 200_000).Select(i => (byte)(i * 7))];
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string> BadMirrors() => new()
    {
        { "missing", "404" },
        { "busy", "503" },
        { "announced", "announces 3 bytes" },
        { "wrong", "SHA-256" },
        { "short", "ended after 100 of" },
        { "long", "more than" },
        { "unreachable", "no route" },
    };

    [Theory]
    [MemberData(nameof(BadMirrors))]
    public async Task TheNextMirrorHelpsAndTheCacheServesOfflineAfterwards(string kind, string reason)
    {
        using var mirrors = new FakeMirrors(uri => uri.Host == "first.test" ? Bad(kind) : FakeMirrors.Content(s_right));
        DataSetOptions options = Options(mirrors);
        Provenance first = await Load(options);
        Assert.Equal(DataSource.Download, first.Source);
        Assert.Equal(s_right, File.ReadAllBytes(first.PathOf("a.bin")));
        Assert.Single(_folder.AllFiles());

        int requests = mirrors.Requests;
        Provenance second = await Load(options with { Offline = true });
        Assert.Equal(DataSource.Cache, second.Source);
        Assert.Equal(requests, mirrors.Requests);

        using var all = new FakeMirrors(_ => Bad(kind));
        Provenance none = await Load(options with { Handler = all, CacheFolder = _folder.File("other") });
        Assert.Contains($"first.test/a.bin: ", none.Message, StringComparison.Ordinal);
        Assert.Contains(reason, none.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhereAllMirrorsFailAStandInSaysSoLoudly()
    {
        using var mirrors = new FakeMirrors(_ => Bad("busy"));
        Provenance result = await Load(Options(mirrors));
        Assert.True(result.IsStandIn);
        Assert.Empty(result.Files);
        Assert.Contains("STAND-IN DATA. THIS IS NOT A TEST SET", result.ToString(), StringComparison.Ordinal);
        Assert.Contains("https://first.test/a.bin: answers 503", result.Message, StringComparison.Ordinal);
        Assert.Equal(4, mirrors.Requests);
        Assert.Empty(_folder.AllFiles());
    }

    [Fact]
    public async Task WithoutAStandInTheErrorListsEverythingTried()
    {
        using var mirrors = new FakeMirrors(_ => Bad("missing"));
        DataSetOptions options = Options(mirrors) with { AllowStandIn = false, DataFolder = _folder.File("mine") };
        var error = await Assert.ThrowsAsync<DataUnavailableException>(() => Load(options));
        foreach (string part in new[] { "GSR_DATA/set", "lacks a.bin", "the cache", "first.test", "second.test", "404" })
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.Equal(2, mirrors.Requests);
    }

    [Fact]
    public async Task ADamagedFileInTheDataFolderIsAnError()
    {
        string path = Place("set", Changed(s_right));
        var error = await Assert.ThrowsAsync<DataFormatException>(() => Load(Options(null) with { DataFolder = _folder.Path }));
        foreach (string part in new[] { path, Sha(s_right), Sha(Changed(s_right)), "replace it" })
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheDataFolderComesFirst()
    {
        Place("set", s_right);
        Provenance result = await Load(Options(null) with { DataFolder = _folder.Path });
        Assert.Equal(DataSource.DataFolder, result.Source);
    }

    [Fact]
    public async Task ADataFolderWithoutTheSetIsPassedOverAndNamed()
    {
        using var mirrors = new FakeMirrors(_ => FakeMirrors.Content(s_right));
        Provenance result = await Load(Options(mirrors) with { DataFolder = _folder.File("empty") });
        Assert.Equal(DataSource.Download, result.Source);
        Assert.Contains("it lacks a.bin", result.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ADamagedFileInTheCacheIsFetchedAgain()
    {
        string path = Place("cache/set", Changed(s_right));
        using var mirrors = new FakeMirrors(_ => FakeMirrors.Content(s_right));
        Assert.Equal(DataSource.Download, (await Load(Options(mirrors))).Source);
        Assert.Equal(s_right, File.ReadAllBytes(path));

        File.WriteAllBytes(path, Changed(s_right));
        Provenance offline = await Load(Options(mirrors) with { Offline = true });
        Assert.True(offline.IsStandIn);
        Assert.Contains("is damaged", offline.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CancellationLeavesNothingBehind()
    {
        using var cancellation = new CancellationTokenSource();
        using var mirrors = new FakeMirrors(_ =>
        {
            cancellation.Cancel();
            return FakeMirrors.Content(s_right);
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new DataSetLoader(Options(mirrors)).LoadAsync("set", cancellation.Token));
        Assert.Empty(_folder.AllFiles());
    }

    [Fact]
    public async Task ASilentMirrorIsGivenUp()
    {
        using var mirrors = new FakeMirrors(async (uri, token) =>
        {
            if (uri.Host == "first.test") await Task.Delay(Timeout.Infinite, token);
            return FakeMirrors.Content(s_right);
        });
        Provenance result = await Load(Options(mirrors) with { StallTimeout = TimeSpan.FromMilliseconds(300) });
        Assert.Equal(DataSource.Download, result.Source);
    }

    [Fact]
    public async Task TwoLoadsAtOnceDownloadOnce()
    {
        using var mirrors = new FakeMirrors(async (_, token) =>
        {
            await Task.Delay(100, token);
            return FakeMirrors.Content(s_right);
        });
        Provenance[] both = await Task.WhenAll(Load(Options(mirrors)), Load(Options(mirrors)));
        Assert.Equal([DataSource.Cache, DataSource.Download], both.Select(p => p.Source).Order());
        Assert.Equal(1, mirrors.Requests);
    }

    public void Dispose() => _folder.Dispose();

    private static Task<Provenance> Load(DataSetOptions options) =>
        new DataSetLoader(options).LoadAsync("set", TestContext.Current.CancellationToken);

    private static HttpResponseMessage Bad(string kind) => kind switch
    {
        "missing" => new HttpResponseMessage(HttpStatusCode.NotFound),
        "busy" => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable),
        "announced" => FakeMirrors.Content([1, 2, 3]),
        "wrong" => FakeMirrors.Content(Changed(s_right)),
        "short" => FakeMirrors.Unannounced(s_right[..100]),
        "long" => FakeMirrors.Unannounced([.. s_right, 1]),
        _ => throw new HttpRequestException(HttpRequestError.ConnectionError, "no route"),
    };

    private static byte[] Changed(byte[] bytes) => [.. bytes[..^1], (byte)(bytes[^1] ^ 1)];

    private static string Sha(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private DataSetOptions Options(HttpMessageHandler? handler) => new()
    {
        CacheFolder = _folder.File("cache"),
        Offline = handler is null,
        Handler = handler,
        BackOff = TimeSpan.FromMilliseconds(1),
        Catalog = DataCatalog.Parse($$"""
            {"version": 1, "dataSets": [{"id": "set", "title": "A test set", "folder": "set", "description": "",
             "licence": "", "citation": "", "standIn": "noise", "files": [{"name": "a.bin", "bytes": {{s_right.Length}},
             "sha256": "{{Sha(s_right)}}", "mirrors": ["https://first.test/a.bin", "https://second.test/a.bin"]}]}]}
            """),
    };

    private string Place(string folder, byte[] bytes)
    {
        string path = _folder.File(folder, "a.bin");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return Path.GetFullPath(path);
    }
}
