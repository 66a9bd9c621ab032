using Deedle;
using Gsr.Kernel.Display;

namespace Gsr.Kernel.Tests.Display;

public sealed class FrameTests
{
    private static Frame<int, string> Big() => Frame.FromColumns(Enumerable.Range(0, 100).Select(column =>
        KeyValuePair.Create($"column {column}", Enumerable.Range(0, 10_000)
            .Select(row => KeyValuePair.Create(row, row + column / 7.0)).ToSeries())));

    [Fact]
    public void A_large_frame_stays_small_and_says_what_is_left_out()
    {
        var bundle = MimeFormatter.Format(Big());
        var html = bundle.Get("text/html")!;
        Assert.InRange(html.Length, 5_000, 60_000);
        Assert.Contains("first 10 ... last 10 of 10,000 rows; first 10 ... last 10 of 100 columns", html);
        Assert.Contains("<th>9999</th>", html);
        Assert.Contains("<td>10013.1</td>", html);
        Assert.StartsWith("Frame: 10,000 rows × 100 columns", bundle.Get("text/plain"));
        Assert.Equal(Bundles.Json(bundle), Bundles.Json(MimeFormatter.Format(Big())));
    }

    [Fact]
    public void Missing_values_and_text_are_shown()
    {
        var frame = Frame.FromColumns(new Dictionary<string, Series<DateTime, object>>
        {
            ["a"] = new Series<DateTime, object>([new(2020, 1, 1), new(2020, 1, 2)], [1.0, double.NaN]),
            ["<b>"] = new Series<DateTime, object>([new(2020, 1, 1)], ["x"]),
        });
        var html = Bundles.Html(frame)!;
        Assert.Contains("<th>2020-01-02</th>", html);
        Assert.Contains("<th>&lt;b&gt;</th>", html);
        Assert.Contains("<i>missing</i>", html);
        Assert.Contains("missing", Bundles.Plain(frame));
    }

    [Fact]
    public void A_filtered_frame_shows_its_own_rows()
    {
        var all = Frame.FromColumns(new Dictionary<string, Series<int, double>>
        {
            ["a"] = new Series<int, double>(Enumerable.Range(0, 50), Enumerable.Range(0, 50).Select(at => at / 2.0)),
        });
        var html = Bundles.Html(all.Where(row => row.Key >= 47));
        Assert.Contains("<th>47</th><td>23.5</td>", html);
        Assert.DoesNotContain("<th>0</th>", html);
    }

    [Fact]
    public void Empty_frames_and_series_are_named()
    {
        Assert.StartsWith("Frame: 0 rows × 0 columns", Bundles.Plain(Frame.CreateEmpty<int, string>()));
        Assert.Contains("Series: 0 keys, 0 values", Bundles.Plain(new Series<string, double>([], [])));
    }

    [Fact]
    public void A_series_shows_keys_and_missing_values()
    {
        var html = Bundles.Html(new Series<string, double>(["a", "b"], [1.25, double.NaN]))!;
        Assert.Contains("<th>a</th><td>1.25</td>", html);
        Assert.Contains("<th>b</th><td><i>missing</i></td>", html);
        Assert.Contains("2 keys, 1 values", html);
    }
}
