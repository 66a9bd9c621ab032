using System.Net;
using System.Security.Cryptography;
using Gsr.Experiments;
using Gsr.SingleCell.Reading;

namespace Gsr.Tests.Experiments;

public sealed class DataSetLoaderTests : IDisposable
{
    private static readonly byte[] Right = [.. Enumerable.Range(0, 200_000).Select(i => (byte)(i * 7))];
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
    public async Task The_next_mirror_helps_and_the_cache_serves_offline_afterwards(string kind, string reason)
    {
        using var mirrors = new FakeMirrors(uri => uri.Host == "first.test" ? Bad(kind) : FakeMirrors.Content(Right));
        var options = Options(mirrors);
        var first = await Load(options);
        Assert.Equal(DataSource.Download, first.Source);
        Assert.Equal(Right, File.ReadAllBytes(first.PathOf("a.bin")));
        Assert.Single(_folder.AllFiles());

        var requests = mirrors.Requests;
        var second = await Load(options with { Offline = true });
        Assert.Equal(DataSource.Cache, second.Source);
        Assert.Equal(requests, mirrors.Requests);

        using var all = new FakeMirrors(_ => Bad(kind));
        var none = await Load(options with { Handler = all, CacheFolder = _folder.File("other") });
        Assert.Contains($"first.test/a.bin: ", none.Message, StringComparison.Ordinal);
        Assert.Contains(reason, none.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_all_mirrors_fail_a_stand_in_says_so_loudly()
    {
        using var mirrors = new FakeMirrors(_ => Bad("busy"));
        var result = await Load(Options(mirrors));
        Assert.True(result.IsStandIn);
        Assert.Empty(result.Files);
        Assert.Contains("STAND-IN DATA. THIS IS NOT A TEST SET", result.ToString(), StringComparison.Ordinal);
        Assert.Contains("https://first.test/a.bin: answers 503", result.Message, StringComparison.Ordinal);
        Assert.Equal(4, mirrors.Requests);
        Assert.Empty(_folder.AllFiles());
    }

    [Fact]
    public async Task Without_a_stand_in_the_error_lists_everything_tried()
    {
        using var mirrors = new FakeMirrors(_ => Bad("missing"));
        var options = Options(mirrors) with { AllowStandIn = false, DataFolder = _folder.File("mine") };
        var error = await Assert.ThrowsAsync<DataUnavailableException>(() => Load(options));
        foreach (var part in new[] { "GSR_DATA/set", "lacks a.bin", "the cache", "first.test", "second.test", "404" })
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.Equal(2, mirrors.Requests);
    }

    [Fact]
    public async Task A_damaged_file_in_the_data_folder_is_an_error()
    {
        var path = Place("set", Changed(Right));
        var error = await Assert.ThrowsAsync<DataFormatException>(
            () => Load(Options(null) with { DataFolder = _folder.Path }));
        foreach (var part in new[] { path, Sha(Right), Sha(Changed(Right)), "replace it" })
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_data_folder_comes_first()
    {
        Place("set", Right);
        var result = await Load(Options(null) with { DataFolder = _folder.Path });
        Assert.Equal(DataSource.DataFolder, result.Source);
    }

    [Fact]
    public async Task A_data_folder_without_the_set_is_passed_over_and_named()
    {
        using var mirrors = new FakeMirrors(_ => FakeMirrors.Content(Right));
        var result = await Load(Options(mirrors) with { DataFolder = _folder.File("empty") });
        Assert.Equal(DataSource.Download, result.Source);
        Assert.Contains("it lacks a.bin", result.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_file_in_the_cache_is_fetched_again()
    {
        var path = Place("cache/set", Changed(Right));
        using var mirrors = new FakeMirrors(_ => FakeMirrors.Content(Right));
        Assert.Equal(DataSource.Download, (await Load(Options(mirrors))).Source);
        Assert.Equal(Right, File.ReadAllBytes(path));

        File.WriteAllBytes(path, Changed(Right));
        var offline = await Load(Options(mirrors) with { Offline = true });
        Assert.True(offline.IsStandIn);
        Assert.Contains("is damaged", offline.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancellation_leaves_nothing_behind()
    {
        using var cancellation = new CancellationTokenSource();
        using var mirrors = new FakeMirrors(_ =>
        {
            cancellation.Cancel();
            return FakeMirrors.Content(Right);
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new DataSetLoader(Options(mirrors)).LoadAsync("set", cancellation.Token));
        Assert.Empty(_folder.AllFiles());
    }

    [Fact]
    public async Task A_silent_mirror_is_given_up()
    {
        using var mirrors = new FakeMirrors(async (uri, token) =>
        {
            if (uri.Host == "first.test") await Task.Delay(Timeout.Infinite, token);
            return FakeMirrors.Content(Right);
        });
        var result = await Load(Options(mirrors) with { StallTimeout = TimeSpan.FromSeconds(2) });
        Assert.Equal(DataSource.Download, result.Source);
    }

    [Fact]
    public async Task Two_loads_at_once_download_once()
    {
        using var mirrors = new FakeMirrors(async (_, token) =>
        {
            await Task.Delay(100, token);
            return FakeMirrors.Content(Right);
        });
        var both = await Task.WhenAll(Load(Options(mirrors)), Load(Options(mirrors)));
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
        "wrong" => FakeMirrors.Content(Changed(Right)),
        "short" => FakeMirrors.Unannounced(Right[..100]),
        "long" => FakeMirrors.Unannounced([.. Right, 1]),
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
             "licence": "", "citation": "", "standIn": "noise", "files": [{"name": "a.bin", "bytes": {{Right.Length}},
             "sha256": "{{Sha(Right)}}", "mirrors": ["https://first.test/a.bin", "https://second.test/a.bin"]}]}]}
            """),
    };

    private string Place(string folder, byte[] bytes)
    {
        var path = _folder.File(folder, "a.bin");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return Path.GetFullPath(path);
    }
}
