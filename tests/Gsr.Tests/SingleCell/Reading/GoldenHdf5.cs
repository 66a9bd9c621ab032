using System.IO.Compression;

namespace Gsr.Tests.SingleCell.Reading;

/// <summary>
/// Files that h5py 3.7.0 wrote (with numpy 1.24.2, libver "latest"), packed with gzip: what the writer of these tests
/// cannot write.
/// </summary>
internal static class GoldenHdf5
{
    /// <summary>
    /// An h5ad of 16 cells c0.. x 32 genes g0.. whose value is (i + j) mod 5 where 3 divides i · j, else 0: X in
    /// compressed rows of LZF, data shuffled too, whose indptr LZF left as it was; the layer dense in chunks of 5 rows
    /// of LZF; the column noise of obs, shuffled, that LZF left as it was: (i + 1) · 0x9E3779B97F4A7C15 mod 2⁶⁴, halved.
    /// </summary>
    public static byte[] Lzf => Unpacked(PackedLzf);

    /// <summary>
    /// An h5ad of [0 2 0 1; 0 0 0 0; 3 0 4 5.5], numbers with their highest byte first: X in compressed rows
    /// of doubles, the layer dense of singles, and the column n of obs [1, -2, 300] of two bytes.
    /// </summary>
    public static byte[] BigEndian => Unpacked(PackedBigEndian);

    private const string PackedLzf =
        "H4sIAAAAAAACA+1ae2wUxxn/9vZ8e77zPfzi8PPWmGBjA34CIU1zY+xiB5M4rSOgpQoY+3CsgA22FUOB2CIoD6jUVkVtpSry"
        + "kYg6iqs4jz/alAjWpIqjVKn/iFS1qFXHrVpFolVCE8kNLaHftzNr+3ZtqKJWtdQb+fvNzW/n8c3MNzsz3/rZlqZtAV++T/V6"
        + "wQq3ZPhbiUhXS/6lRy6fa2tp+opLv/lQxmP/RLHio66shQWt4HOBAuDJAIyU3W/JajyZlPYc7DgW7x+YjkgySKTat3+gsiCJ"
        + "ebyjv6NIlgyBPVz7eGf7EiqFwwA7M0W2DpldKERP3soSTI18khEDUCEIOeAGiPd29nX19HavHzx2OA55igJYwhTFzOwFF1WG"
        + "slMQglfNn5M3qk82N7btMKnwgseyCIXOgf69hzoG+3uOirTLGhoZ7+3p7YoftWqcf955t4jddn6LiNNk2irXWVOdVO88L/qt"
        + "Ofha2UE7X2fG6Q6+Pqlf8/xGM/bb9ayXo23nRXYI2PlNIg7a+c3JBjHHC/WtYZ/nhfqQaefl9GfZeWny2UvMS46tv901QtFc"
        + "By8UXeHgxURGHLyYyJV2vlYolOfgRQfyHbwYiAIHLwai0MGLiSly8GJiih286G/UwYv+6g5e9LfEwYv+rrLzdaK/pQ5e9He1"
        + "bb665bq4y87LdbHGMc6i/jIHL+ovd/BiPNc6eDGeFQ5ejGelgxfjuc6up1wX6+28XBcb7LxcF1V2fnPyG3uOr01+283xcl3U"
        + "2nmZsc7OVye/fnU/pEIqpEIqpEIqpEIqpEIq/N+HtsaWVvIyHJEXxfokL4MH77/4YODRjsNxCHut6zYDl6IoLtuR27rK6nOV"
        + "lzR0qqbPQwFFwXqo1HX5zIrVHFAy9ah0FOgQ8UJkmBwELlBU1b8aFJeLfCGKyHHSTa4WOPiNA2Y6TQH4Od5ZvHhPdGNG5bpb"
        + "ObKge59Y9+Un/tcDHTtz6Lg12LsjyZcWT4gcL+6ujsGOn1gXf8g+ZbyBveO3gE+DOgJshGeoHHJ5SOf+iNHKMwr3Ve9zG2t4"
        + "rmYUJbbw7GeNCq6UMj/mU2OMMcrvyjF8HLxG2NB0SPh4mscI8hyNhwuNlYl2XojsyIaRNCPAQVNY7I6zlQEK2YE1W3KW8nGW"
        + "lH9nbsaU+RG5YPkmvr38lkXrD57qp9la3FvoyaL50np6u3o64wNxy/fyWf0lN/XPpaugorhRPCgaihclHcWPkoESQAmihFEy"
        + "UbJQslFyUVagRFBWouSjFKAUohShRHWVAdvL9rBWCOlhFmNfYJVQrIeQjbIBoxSxnauloOjlrJWNQ5ruZ3XGOPgwy4QxzrrZ"
        + "BHsM+RwdMyKfJ/mnuTrB1bOskeBJdtysaQ8isPHJPYYp7BpltVINfoYlxrn6NGsmKGOAdbBSBKNUFvgjFdiqsUZZRJXpTq4+"
        + "yVoJKhmYTXWa2Mhgcpcxxm6xcWNsq8piJuLvhqhk9hpjf1BV7P8uUnSzcRb7E2V9Zuk2hu2iHhP4a/zK69iS2R6bJbTS+ji+"
        + "9Wxmbi26zM9p5k2wwMwz3UoTzHtTz0aWr5m/2r3pZTLz3CzqisPMhfsbzfzwYP8O6RnszRzcbjn4VknH0ZdQHkTZiXIY5RjK"
        + "KZQforyA8mOUt1GmUX4t3ybzvvCFcnv3fJj0SeuK9w7E91uOx6b/zEi8+OmJd+esYjVaBZqFfUOzp8XWFZvbFOv9UH9LhTta"
        + "Czm/vVlkLaAqabpX9fVa7tJTy8EqSuqfP7utoaUJlJDP8t9flxoGv/7MV2lXUkH5KJYI4K6kgTehQTihGcCnyjhMcw9wbZYD"
        + "zHhCPAKTzVwDPjLEp6YTMBO9PDnKtaoZGD0f5dNlImNilkdhMor5ZqCZig8NYRvbGpq2gmINzRkZd8vtVDqSD8i9RCb3SHWl"
        + "O1l6Na9+cPUhUjobFC/jgSJUnQciEObBKmRDER4E3j2EqifGjGGuTaNixgKVoqjSjNaMip7vQ5a3DfG2XdgzPjw0o43OwNT5"
        + "UWMM+66YC/5OrUxNGzCjN2OZqhltimr/JbWGYwSzZkNRaihKDQ3L3JHLsurFR/2dMjokiL9fUb4l1hYdPd4tTD56iJW1+PrP"
        + "uJvOgJr40iQ/KCz1iYm+O1ifmFyCngtbSsu/aX/jhm1ritbSYnXLtRScX0tgrqW5t204rHQtsN2b1geDc8vzvP1OsRZY+mBB"
        + "MzSrJ3vA4f0HHryR5jLHV3fjQzoq4BHDCOHBwc/VEIQ4HiDDBH6CDIIAQZBAJXDjLp9tfAvSKOEh0Ai8BOkEeDy4jdVYn0/+"
        + "m1aTbbOayccrLtitRl/kDfy5rEYPKz9dMCt10eVtNX/58rpXb3McFfu0GOtP5Jexi6fyAgutpm7OamqF1VTTtNcQrCNYT7CB"
        + "oIpgNcFdeogOsmg3a0SZMmLLCdYSVBBUEuQQ5BKsIIgQrCTII8gnKCAoJCgiKCaIEugEJQSrCEqlJd7uZSGPZ9bG67wrepe4"
        + "KzIyj0xz63UpXtx5y60Pfd9ZhtP+m6H9+2jakyb4kvVfB+I01NvXMxC/Ju13+5GJFrFzB33Wtfy07GH4vbf/6suNVtTH7n/4"
        + "vhM/+/umwdc+urD9w3P3/P702svD93126eQXb/72je/1t61L/9ObxzZ9/Mqhij8XbG7vPfOjK79rKz50r/9ra4+KLdkasyYZ"
        + "M3Mtv5aUUt9/4OYjPQNPPPPd517ccPClD9Z0Pc+nB/MudaW/3P7miXv/cfH4PTeujJ7YvTHrw1+8sK/o6vcfDr/3aW7NjkdP"
        + "Jy42Rw5sdLevOvIvSkiL3/IhAAA=";

    private const string PackedBigEndian =
        "H4sIAAAAAAACA+1ZQWgTQRT9s5tstmlsNzFtTU2xioceWmhtQRElCy0aaCEiWAoqJSZLGtQ0ZKOmKNWrePTQi0jBi4hg9WJP"
        + "HqzQi1DPCmrRWw/WQ7UXrTuZP+nutE1FFEzZB8vk/5n57P7/9g/7cjs+cGKXv9UvqypwrCG+Rpndjf7mxKczifjAaan9x6nA"
        + "RftVkkL2jRx+CQiAEgBrICNzGEYJUlu5lJwwCmZ9CzobqFMev2Ded3quJgvTEdzZCCLOfTvftsUtaRrAcJAtS+JydkN0ZinE"
        + "PD04E4gByNAAYfAAGLnUeDqby3QVJ/IGRAgBa0f5IuXFKkg0mHUNMwfzy+Wf6bfxzyf7E0Nll2abxi0UKbMwejlZLGRLzJZ4"
        + "anAczebSRolHXJ9PHWKjR/TjY3hFf7czrhjfJ6zPYHxV9PeysU709zifq+LvdpZptQFcuHDhwoULFy5cuHDhwoWLHYdEf3yQ"
        + "qgzHwszuc6gMCgTAmjDHknkDNJV/busgEUIk4VOaSwCeSvCJK6sPypoHAUKsOHQX//DnoxwGEtwfq0Tuq4e+NSuUVwIi+9WQ"
        + "FY/MoQTSwQPP1F6iJ699fKzj79gyG3VUL3QUX/RmZ1HuNTEbNQ1QGqlA40kni8nnQR54+bo5uW2SA0C0Ol6adkdyO7DyYR5w"
        + "tnbZHIjcfQ1MxLILUjJN6ObCnxKiy33ZXDqbMszobrZp7M3ReTGnHoHePKecuPac3sDCte+AnD5aufNBcIlvvpfmtylEU7Mh"
        + "v0xCtfKbLxbynGPzM+uUPWjFsfIrdo8NdrlP7KtQuEWFlpvg7BPv8P2paHrT/396ny68b2MEwt5wa+MaHSd1a063et+fSNsa"
        + "rYM3beRMYwHZCQN/5xEWXz7RqkjbxyPOLsZuaHO6BI7QyvuYuI3a71aqNpWIuaotMXcFo1+kh+ILLAvMoozaLHaZURJjVD4i"
        + "MKoGT55waXB+6wZIK/QK/z7p4lsOfF/slGzp9WKKue0RbJrSKgyI7f33DFAEBixGVzLbtvDfYEAB712vYQZMHZ7qr3IEshbN"
        + "ct3byrakw2cz9gr7hYrXCbZPsFXOiGovIJ6g7BjRHK38RdRW1ho/QZWh2XEgaz9JJy2CI909e3AJ++cx9wzZtjySkX4BGPVs"
        + "vvEcAAA=";

    private static byte[] Unpacked(string text)
    {
        using var gzip = new GZipStream(
            new MemoryStream(Convert.FromBase64String(text)), CompressionMode.Decompress);
        using var content = new MemoryStream();
        gzip.CopyTo(content);
        return content.ToArray();
    }
}
