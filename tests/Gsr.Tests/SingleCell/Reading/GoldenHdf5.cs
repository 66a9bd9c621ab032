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
    /// of LZF; the columns noise, shuffled, and plain of obs that LZF left as they were, both (i + 1) ·
    /// 0x9E3779B97F4A7C15 mod 2⁶⁴, halved.
    /// </summary>
    public static byte[] Lzf => Unpacked(PackedLzf);

    /// <summary>
    /// An h5ad of [0 2 0 1; 0 0 0 0; 3 0 4 5.5], numbers with their highest byte first: X in compressed rows
    /// of doubles, the layer dense of singles, and the column n of obs [1, -2, 300] of two bytes.
    /// </summary>
    public static byte[] BigEndian => Unpacked(PackedBigEndian);

    private const string PackedLzf =
        "H4sIAAAAAAACA+1ZfWwUxxWfvT3fnu/su/MXhz9vsY2NzZeNjUmogwdwsINpro0toFAFHPswVuwDbKvGxWCLoISAqrYJSiKl"
        + "qQ8QcRRXkKR/NHzIrElVokaJK1WJKpSPcSojpEQClLQkIKDv7czad7t8VKhVLdWje7+9+e3M7Js3b3Zm3zxfW70q0ZXhkp1O"
        + "YqTbIq3J5/kSwW+qHC8K1lY/YVNr6xOejpadtuToikZy2YhEiCOBwEVa/55oxpGEeUdbY0+oo3PUL0gPkvK2pzrnZsYwP2vs"
        + "aMwWNb3EnPwfdyXfRSWfj5C1SbxYoyjOFcI77yVzplTcSagiRCYekkrshITCTduaW8Mt87t6todIuiQRqKGLpBd2Ehs2BrKW"
        + "E5yX9b8VJS98WbMyuEanfFG3RRVMTZ0dm9obuzpad/K8zTCNYenWcHNop9Hi5P2mh/jVbuYf5tc4kTfqNZWWxLQ7yfN+KxZ+"
        + "keigmS/Tr/EWvjymX5P8Yv3qNutZLqxt5nlxkmjmK/jVY+aXxDrEBM/VN8w+yXP1SZKZF8OfbOaFy6fcZVxSTf1tKeWKpll4"
        + "rugMC88H0m/h+UDONPOLuELpFp53IMPCc0NkWnhuiCwLzwcm28Lzgcmx8Ly/AQvP+6taeN7fWRae9zfXzJfx/uZZeN7ffNN4"
        + "tYh5MdvMi3lRYLEzb7/QwvP251h4bs8iC8/tWWzhuT3nWnhuz3lmPcW8mG/mxbxYYObFvFho5pfEvrEn+EWxb7sJXsyLRWZe"
        + "FCwz8yWxr1/VTabTdJpO02k6TafpNJ2m03T6v0/BlbV1GGXYIT4Uy2OiDA74/oUbnVsbt4eIz2l8blNikyTJZtpyG5+y6kTj"
        + "s5Y3yXrMQyKSBO1gravinnGVU4mUpAZEoEAlfifx92GAwEYkWXbnE8lmw1iIxEvstmOohbT9fIuej5MI+SN8szjhO9EOBaWr"
        + "dmlHVPe+Nb6X9/yvDV11oH2XYez1/tiPFocXAy/25sauxj8YH/4kZa92EnrHbhM2SuR+QvtZgsxIGvOqzO3X6lhC1uaSzXat"
        + "gKUpWnbkYZbyvFbMpDzqhnJyFaUUy9tSNRcjTs2nKSqJuFicQ/OwVIX5srSZkXqWBWz/gv44LZERRaJV9x2tBCKhHxijJUYp"
        + "A0ZJ+nfGZlCatMgxIzbxq6k3LepeebYDR+vO0UJHMo6X0hpubm0KdYaM2Mut8mE79s+mykQGsYM4QBQQJ0g8iBskASQRxAPi"
        + "A0kCSQZJAUkDmQHiB5kJkgGSCZIFkg0SUGVK6Ca6kdYRr+qjVfQHdC7JUb3ABminlgdYz+Q8IqlzaB0dInGqm5ZpQ8QFRU5o"
        + "Q7SFnqBPA5+qQkHg0wX/HJNPMPkgXYnwDN2lt7QRkNChkY2aLvQrLGrklrsp1Bhi8nO0BqGQEmiD5gFoeaLC37HCCoWuFFVk"
        + "kW9i8jO0DmEuJfqjmnRcScnIOm2Q3qZD2uAKmVbpCP+XBwSzSRv8Upah/+tQ0SXaQehPgG7TawcpPBf0OAH/hs79Hp6kP49e"
        + "QzTy6hC89Uxubky6pAd082oS5eZJdqmaTEZTD/qnrpu/3VJxHN08LRm7YnFzHv4GN9/e1bFGRAbDSV2rjQBfrggcPQryOMha"
        + "kO0gPSB7QV4FOQryO5A/gYyC/E28TR4kPO9DfeKaQ+HO0FNG4LH6P2OJ1hU90oRX5INXgFuYFzRzni9dVROLYrmblN+WyX29"
        + "BYPfzmT0FiJLcapTdoWNcOneqeAVs8qPHFy1vLaaSF6XEb+/KjT0/HT/T3BVkol0pSqSCKuSQpwRhfgiikbY+UJGRpmDMOUa"
        + "I2TM4WV+MlLDFML6u9n50QgZC5wdGWDKwjEycDjARgt5wcg1FiAjASg3Rmqwenc3PGPV8uoVRDJMc0BcW8RyKgLJW8RaIrIb"
        + "hboinCyimhcuXfgRKp1CJCdlidmgOkv0Ex/zLATW62cewlq6QfXIoNbHlFFQTItSKQAqjSk1oOjhbcCyYDcLroOesb7uMWVg"
        + "jJw/PKANQt8lfcLf7ynnRzUyptZAnYVjynls/SN8GtiIXNMfFMAHBfBBfaK0/6xo+s5Wf78QNwn89wmWu8c505+zYrcefGbd"
        + "ef4nPIR7QIWfNIkDhbsdMeG5g3HEZOP0RLp1Y7zf/Mb1meYUzqU7tS3mkmdyLhF9Lk28bX0+qTnKd28aBwaHpuZ++/0cJfHu"
        + "GwscoWtqbASc/PWHj1+Ps+n2Ve1wE7cKsMXQvLBxcDPZS7wMNpA+BDdCAkIiggdBRrDDKp+i/ZLEYcaBoCA4EeIRYHtwD68x"
        + "jk/+m16TYvKaX4xlnjV7jXqHN/ADeY3qk96NGpWywNT2mq9/PO/te2xH+TrNbf2tOBk7vTc9Mdpryia8ZhH3mhIc9lKEeQjz"
        + "ERYgLETIR5itenEjC35TwOsUIjsHoQihGGEuQipCGsIMBD/CTIR0hAyETIQshGyEHIQAgoowCyEXIU944r1eFmJ7Ziy891tw"
        + "sZ4zSV9wbZIN1ts5xvHeq1P64/xSRojisMcM8LBY23BePiGOHY3Drn+cCv6Gr9welzGVGkRfaUHkXdeyY2c/PZMZTOtd3Xey"
        + "Z0kOX2INa1TPMsyM8+WTmNzFmNw/Y3KO3OjcjJhcQUyuIiZ3sfLzC4FTl5e9VFHfXvzdoVsd34QryyuWDgffOuCu6vpi97z2"
        + "1zc89s6+R+KLzxU1XCm6OX7xs51PLhg9c+7o9zWtbV29A5vT/J1vplf2Zpdu2XNp+Mb6C2sW7y9oPr345a32F5vjdyU37Kt/"
        + "7cjxpZd9kdw3WP31Dz48veMBXSsqDOG8SxiCRjuZE5xsr3Em/Osp6FopXzeM667F99Tb2xpbw1+Jt6DgwttaO0OrxIjN3vBK"
        + "heFZRsDnc9FB7Xrbx660QHF51WMNy3pPfVfR9c6VY6svH1r6xb6is33Lbg3vfuTmpydf6gjOix8/01PxzVvtxRczl9SHD7x+"
        + "7rNgTnule0PRTu6Jhsl+K65UXyUS8qNzf/loeMeTrZ179r/42hsL2t68VNB8hI12pQ83xx+vP9NbeeP0rqXXzw30rl+cfPmD"
        + "o5uzL7zc4Pvw+7TSNVv3RU7X+Lcsttfn7vgXn5NEt0wkAAA=";

    private const string PackedBigEndian =
        "H4sIAAAAAAACA+1ZQWgTQRT9s5tsNmlMNzFtTa1YxUMPLbS2oIiSlVYNtBBQLEUPdU2WNFjTkERNUargSfTmoSAiRW8iWL3Y"
        + "k5cKvQj15EXQikcv9SD2ZN3J/El3p20qomDKPlgm/8/MZ/f/t3/YlzuJgZM7Aq0BWVWBYxXxrY3Z3ehvTn45m0wMnJbaE2eC"
        + "l+xXWYrYN3IEJCAAShCsgYzMYxglTG1l3Jg0C8WGFnSGqFOeuFh85PRcNQozMdzZCCJuv5++sMktaRrAcJgtM3A5uyE68zXC"
        + "PD04E4wDyBCCKHgAzFxqIp3NZbpKk3kTYoSAtaNykcpiFSQazLqGmYP55crP3PjxB6f6k0MVl2abxi0UqWJh9LJRKmTLzJZ4"
        + "anAczebSZplHXJtPHWSjR/TjY3hFf7czrhjfJ6zPYHxV9Pey0S/6e5zPVfV3O8u0EgIXLly4cOHChQsXLly4cOFi2yHZnxik"
        + "KsPRKLP7HCqDAkGwJopjRt4ETeWf2zpIhBBJ+JTmEoCnGnzyysqTiuZBgBArDt3FP/z5KEeBhPfFq5H7GqBv1QrllYDIATVi"
        + "xSPzKIF08MCz9ZfoqWtLz3T8HV9mo47qhY7ii97sLMrDJmajpgFKIxVoPGmjZLwK88DL14tTWyY5CETz89K0O5LbgZWP8oBz"
        + "9cvmYOz+W2Aill2QkmlCNxb+lAhd7svm0tmUWWzbyTaNvTuyIObUI9Cb55QT157TG1i49m2Q06ff734SXOKb76X5bYrQ1KzL"
        + "L5NQrfzmS4U859jC7BplD1hxrPyK3WOdXekTe6sUblGh5SY4+8QHfH+qmt7M/5/eF4sf9zACYW+4tX6NjpO6Nadbve9PpG2N"
        + "1sGbNnNFcxHZCQN/5xHkuRPPa0jbx2LOLsZuaGO6BA/TyvuYuI3a72aqNpWIuaotMXcV9zJaSHyBZYFZlFEbxa4wSmKMyscE"
        + "RtXhyRMtDy5s3gBphd7g3yddfMv+H587JVt6vZhibnsEm6a0BgPiu/89AxSBAZ3n/I+3bOG/wYAC3rtexwyYPjTdX+MIZC2a"
        + "5bq3lW1JR89n7BUOCBX3C7ZPsFXOiFovIJ6g7BjRHK38dZutrHV+gipDcxNAVn+STloER7p7duES9s9j7iWybXkkI/0C9jsW"
        + "NPEcAAA=";

    private static byte[] Unpacked(string text)
    {
        using var gzip = new GZipStream(
            new MemoryStream(Convert.FromBase64String(text)), CompressionMode.Decompress);
        using var content = new MemoryStream();
        gzip.CopyTo(content);
        return content.ToArray();
    }
}
