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
    /// compressed rows of LZF, data shuffled too; the layer dense in chunks of 5 rows of LZF.
    /// </summary>
    public static byte[] Lzf => Unpacked(PackedLzf);

    /// <summary>
    /// An h5ad of [0 2 0 1; 0 0 0 0; 3 0 4 5.5], every number of it with its highest byte first: X in compressed rows
    /// of doubles, the layer dense of singles, the column n of obs [1, -2, 300] of two bytes, and the shape of X.
    /// </summary>
    public static byte[] BigEndian => Unpacked(PackedBigEndian);

    private const string PackedLzf =
        "H4sIAAAAAAACA+1ZXWxURRQ+s3d379L97R9L/9gLBQoU6C+i8aFTWmlj0aoYwGBSa7uURi3QNhY02gYSEXnQBx9MfGDRmD7U"
        + "SIgPaoxwK8aCD+6DCTHExFl9McEYSYh9UfGcO3O3u/cWMERjE3ey57s7352fM2fOzJ177snuzh3hosoiLRAAO91U6VpC5hsV"
        + "3xz+pbG3u/Mxj/H4Q6FncuWIpyS3op2KPMAA/CHAC9t7UTXjL6a8/9n+o8nRsXRckREitYNPj9VX5THP94/216iaUXCmq1t3"
        + "f38LlWIxgN3Fsli/Ki4VojsXSyTTpO6E2gA0iEAZeAGSIwMHB4dHhjaPHz2UhArGAGtYwqzCAfBQYyi7JSF5zfo73jfY1dXR"
        + "u9OiYjm3VRVKA2Ojfc/1j48OH5F5j20ade0bHhlMHrFbXLg/cK+8ep38ffLqU3m73kBTY167C7wct+7im9UAnXyLdV3m4lvz"
        + "xrXAb7WuQaeercraTl4Wh7CTv0deI05+W75DZHmpvm32BV6qD8VOXk1/iZNXLl96i3kpc4x3qEkqWu7ipaLLXbycyLiLlxO5"
        + "wsk3S4UqXLwcQKWLl4aocvHSENUuXk5MjYuXE7PSxcvxJly8HK/h4uV4V7l4Od7VTr5FjrfWxcvxrnHM15BaF2udvFoX61x2"
        + "lu3XuXjZ/noXL+25wcVLe2508dKe9S5e2nOTU0+1LjY7ebUutjh5tS4anPy2/B07yzfn73ZZXq2LZievCrY4+cb87dcIQiEV"
        + "UiEVUiEVUiEVUiEV0v8+9XZ091CU4bB6UWzNizL48f0Xb4wd6D+UhFjAft3m4GGMeRxHbvtV1sg2vqp9QLNiHgwYw3ao1nV1"
        + "z75qZcCKjYQKFBgQD0B8kgIEHmCaFlwDzOOhWAiTJV7yUqgFnn1hv5X3MYAv8J0lgO+JXizIrnvZ4Zzh3bDfl1/+rw3d9tpz"
        + "L9rG3hvPf2nxRynw4h3sH+//yH7xh9Jj5ic4OnETRBq0KeBTIqQJKBdRQwTjZo8IVT/V+JTXXCfKdbMmdZ8oPWluFKyWB7Gc"
        + "1sY5p/KeMrNIQMCMmboBqSLh85sRUaaLWLW5IrVLVCM7tWXKZ4YF6Iy33XG2QsDID+zZUrNUibPE/s7cTLMFi7xnxybeWHrL"
        + "ouetV0ZpthaPFvpLaL704ZHB4YHkWNKOvfzZet5L4/MYGmgoXhQ/io4SQFmGEkQJoYRRIigxlGKUEpRSlHKU5ShxlBUolShV"
        + "KNUoNSgJQ+PA+/g+3gNRI8bb+P28HlYaUWQTfMysRdwltFpgxnrew2fAZwR5izkDRVjkrDnDh/hZ/gzyZQYWRL5C8SeEdlZo"
        + "p3gHwXH+otXSPkTgM7P7TEv4NSpq59qDHGvMCO0E7yKo44Bt8FoEs1ZV+JEqbNd5h6qiqfyA0I7zHoJ6DlZXAxZ2cJjdY07z"
        + "m3zGnN6u8TYL8X97QjF95vQPmobj30OKbjNP4XgS/KBVu5djv6jHWfw38/mH2JPVH58ntPPGDO56Dje3F13xXbp5J+S4ebGX"
        + "dcJCNPVUfOm6+bmhez4gNy8voaG43FyGv9HND42P7lSRwZHi8QftAN9qFTh6AOVhlN0oh1COohxDeRvlXZT3Ub5ESaN8q3aT"
        + "uwnPx0gf32ByZCz5tB147PxnLOFZ+3t31ivWYB7dwvlAc+blo6st+1BsDULrTQ3u6C0U/A6UkLeAxnxGQCsascOlx5aCV6xq"
        + "fefUjvbuTmDRIjt+f11pGHny1SfoqaQB+7UtFcankg6BlA6xlG6CmKsTkBZ+EPq8AMj4oyIOs11CBzE1IebSKcgkLsyeFnpD"
        + "Bk6fSYh0nSyYmhcJmE1guQx0UfWJCexjR3vndmC2aV5T1yH1OFWB5P3qWaKy+5S6KpysoppXf7r6CCldCizARbgGVRfhOMRE"
        + "pAHZaFxEQAxNoOqpaXNS6GlUzMxRKYEqZfQuVPTMQWRF74To3YMjE5MTGf10BubOnDancezMWvB36mUubULG6MI6DRl9jlr/"
        + "mnpDG8G81VGCOkpQR5OqdPyCanpxq1+qo0OC/F2hcrf5zvRVdf7RQ66sxdd/6F46A+ryS5P6oHCrT0z03cH+xOSRdDZ9d+Ly"
        + "FeeOG3OsKVpLi7Wt1lJkYS2BtZayu20sxgZzfPcP+4PBm0vzvH1ppR6+zcFC7rjS1ueVE/92ecs3Po9lX8OLew8dFfCIYUbx"
        + "4BAUWhSiAg+QMYIgQYggTBAh0Ai8+JQvNV8HH2X8BDpBgGAZAR4PbuM19ueTf9NrSh1ekz7w2Q2n1xiL7MB35TVGjH2cMyst"
        + "iaXtNT8/uunc3/SaG+rL2KfHKsK5XtOS9Zpm6TWNNO1NBJsINhNsIWggWEOw1ojSQRb9Zp2sU0fseoINBBsJ6gnKCMoJlhPE"
        + "CVYQVBBUElQRVBPUEKwkSBAYBKsIVhPUGtG/ACz60+3rHwAA";

    private const string PackedBigEndian =
        "H4sIAAAAAAACA+1ZTWgTQRR+s5tstunaJjH9SW2xioceWmhtQRFLFlq00EpAail4KGuypEFNQhI0RWkVT+LRQxFESi+CeGg9"
        + "aL14qdCLUu+C/zcv9VD0ZN3JvEl3p20qomDKfrDMzpuZl93vfTvLfrk9NHhqn7/FL6sqcGwgvrWyfjfGG2Ofz8WGBs9K7aNn"
        + "tIv2oyiF7As5/BIQAEUDqyHjy5hGCdK+csmYMnP52iYM1tGgnLmQf+CMXDFycxFcWQ8ins58mt/hkgIBgLEgm2bgdHZBdORr"
        + "iEV6cESLAshQB2HwAJjpeCaRSie7ClNZEyKEgLWidJDSZBUkmsw6xliAxeXS6ejze7OnB2IjpVDANoxLKOL53MRlo5BLFVlf"
        + "4tRgO5FKJ8wiz7g5Hj/KWo8Yx9vwivFuZ14xv0+Yn8T8qhjvZW2NGO9x3lc53u0s0486cOHChQsXLly4cOHChQsXLvYcYgND"
        + "w9RlOBlm/T6Hy6CABtZAftLImhCo4Z/bOkiEEEn4lEZwJ8D68p9v7l8veR4ECLHy0FX8w5+3chhI8FC0nLmvFvo2rBxeCYjs"
        + "V0NWIrKMFkgH/42F6iN6+uqHxzqeR9dYq6N7oaP5ojc6i3K/gfXR0wClnho0noRRMJ4FeeK1a/npXUnWgNDyMTem3UFuB1Y+"
        + "zBMuVa+atcjdV8BMLLshJVNCtzf+lBCd7kulE6m4mW/dzxZNvjmxInLq2dS1g1MuXDun17Fw7XuA00frd94LIfHJ91J+G0KU"
        + "mi38MgvV4jdbyGW5xlYWNiV7xMpj8SuL9Ir90j5xsCzhJhWaZsC5T7zF56fs6c39//Qurr5rYwLCveHG1jk6DurWmG7tfX9i"
        + "bQdoHbwJM503V1GdMPh3buHL61uLFazt/ohzF2MXtL1ctOO08j5mbqP3u5OrTS1i7mpLLFyGkQndFB9gWVAWVdR2uUuKkpii"
        + "shFBUVX45gkXh1d23gBphV7i3yddfMnh7x87JRu9XqSY9z1Cn1JaQQHRA/9eAYqggPTDlrZdt/DfUEAOr12vYgXMHpsdqPAK"
        + "ZFs047q3hS1JhM8n7RX2CxWvEfo+oa9yRVR6APENyl4jAcdW/qLVVtYqf4MqI0sZIBs/SSctgoPunmacwv55TD9Bta2NJ6Vf"
        + "cJoI6fEcAAA=";

    private static byte[] Unpacked(string text)
    {
        using var gzip = new GZipStream(
            new MemoryStream(Convert.FromBase64String(text)), CompressionMode.Decompress);
        using var content = new MemoryStream();
        gzip.CopyTo(content);
        return content.ToArray();
    }
}
