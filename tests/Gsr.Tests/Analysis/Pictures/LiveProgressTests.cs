using System.Xml.Linq;
using Gsr.Analysis.Pictures;
using Gsr.Training;

namespace Gsr.Tests.Analysis.Pictures;

public sealed class LiveProgressTests
{
    private readonly ManualClock _clock = new();
    private readonly List<TrainingView> _views = [];
    private int _displays;

    [Fact]
    public void At_most_four_pictures_a_second_are_drawn_and_always_the_last()
    {
        var progress = Live();
        var times = new List<double>();
        for (var step = 1; step <= 1000; step++)
        {
            _clock.Advance(0.0101);
            var before = _views.Count;
            progress.Report(Status(step, 1000, 1, isFinal: step == 1000));
            if (_views.Count > before) times.Add(_clock.Seconds);
        }

        Assert.Equal(1, _displays);
        // All but the last keep their distance; 10.1 s have room for 40.
        Assert.All(times.Zip(times.Skip(1)).SkipLast(1), pair => Assert.True(pair.Second - pair.First >= 0.25));
        Assert.InRange(times.Count, 38, 42);
        Assert.StartsWith("ae: step 1,000/1,000 (100 %)", _views[^1].ToString());
    }

    [Fact]
    public void Each_training_has_its_own_display()
    {
        var progress = Live();
        progress.Report(Status(1, 2, 1));
        progress.Report(Status(2, 2, 1, isFinal: true));
        progress.Report(Status(1, 2, 7));
        progress.Report(Status(2, 2, 7, isFinal: true));
        Assert.Equal(2, _displays);
        // The second one's curve knows nothing of the first.
        Assert.DoesNotContain(">1<", _views[^1].ToHtml());
    }

    [Fact]
    public void Every_status_is_in_the_curve_though_not_every_one_is_drawn()
    {
        var progress = Live();
        for (var step = 1; step <= 50; step++) progress.Report(Status(step, 100, step));
        Assert.Single(_views);
        _clock.Advance(1);
        progress.Report(Status(51, 100, 51));
        Assert.Equal(51, Points(_views[^1], 0).Length);
        // Half of the training fills half of the panel.
        Assert.Equal(0.51 * 720, Points(_views[^1], 0)[^1].X, 0.06);
    }

    [Fact]
    public void Curves_stay_short_and_true_to_their_shape()
    {
        var progress = Live();
        for (var step = 1; step <= 100_000; step++) progress.Report(Status(step, 100_000, step));
        _clock.Advance(1);
        progress.Report(Status(100_000, 100_000, 1e5));
        var points = Points(_views[^1], 0);
        Assert.InRange(points.Length, 90, 200);
        // A straight line stays straight: up is less in SVG.
        Assert.All(
            points.Zip(points.Skip(1)), pair =>
                Assert.True(pair.First.X < pair.Second.X && pair.First.Y >= pair.Second.Y));
        Assert.True(_views[^1].ToHtml().Length < 10_000);
    }

    [Fact]
    public void The_last_picture_is_drawn_from_the_history_alone()
    {
        var history = new TrainingHistory();
        for (var step = 1; step <= 1000; step++) history.Add(step, 1.0 / step, [new("a", 1.0 / step)]);
        string Last(int every)
        {
            var progress = Live();
            for (var step = every; step < 1000; step += every) progress.Report(Status(step, 1000, 1.0 / step));
            progress.Report(Status(1000, 1000, 0.5, isFinal: true) with { History = history });
            return _views[^1].ToHtml();
        }

        Assert.Equal(Last(7), Last(300));
        Assert.Equal(200, Points(_views[^1], 0).Length);
        Assert.Contains("0.001 to 0.457, log", _views[^1].ToHtml());
    }

    [Fact]
    public void Terms_have_panels_and_values_that_are_not_finite_are_gaps()
    {
        var progress = Live();
        var values = new[] { 1, double.NaN, 3, double.PositiveInfinity, double.NegativeInfinity, 2, 2 };
        for (var i = 0; i < values.Length; i++)
        {
            progress.Report(
                Status(i + 1, 7, values[i]) with { Terms = [new("error", values[i]), new("penalty", double.NaN)] });
        }
        progress.Report(
            Status(7, 7, double.NaN, isFinal: true) with
            {
                Terms = [new("error", -1e308), new("penalty", double.NaN)]
            });
        var drawing = Drawing(_views[^1]);
        Assert.Equal(["loss", "error", "penalty"], drawing.Descendants(Svg("g"))
            .Where(g => g.Attribute("transform") is not null).Select(g => g.Element(Svg("text"))!.Value));
        Assert.Equal(3, Path(drawing, 0).Count(c => c == 'M'));
        Assert.Equal("", Path(drawing, 2));
        Assert.Contains("no finite value", drawing.Value);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Trainings_of_no_steps_have_a_picture_too(long steps)
    {
        Live().Report(Status(steps, steps, double.NaN, isFinal: true) with { Terms = [], Elapsed = TimeSpan.Zero });
        Assert.DoesNotContain("NaN %", Drawing(_views[^1]).ToString());
        Assert.Contains("(100 %)", _views[^1].ToString());
    }

    [Fact]
    public void Extreme_values_stay_inside_of_the_picture()
    {
        foreach (
            var pair in new[] {
                (-double.MaxValue, double.MaxValue), (double.Epsilon, double.MaxValue), (0.0, double.Epsilon), (5, 5),
                (-0.0, 0) })
        {
            var progress = Live();
            progress.Report(Status(-3, 10, pair.Item1));
            progress.Report(Status(20, 10, pair.Item2, isFinal: true));
            Assert.All(
                Points(_views[^1], 0), point =>
                    Assert.True(point.X is >= 0 and <= 720 && point.Y is >= 30 and <= 104, $"{pair}: {point}"));
        }
    }

    [Fact]
    public void Names_are_text_whatever_they_hold()
    {
        const string Hostile = "</svg><script>alert(\"1\")</script>&'\0\u0001\uD800 ζ😀";
        var progress = LiveProgress.On(view => { _views.Add(view); return _ => { }; }, Hostile, _clock);
        progress.Report(
            Status(1, 1, 1, isFinal: true) with
            {
                Terms = [new(Hostile, 1), new(new string('x', 500), 1), new("", 2)]
            });
        var html = _views[^1].ToHtml();
        Assert.DoesNotContain("<script", html);
        Assert.Contains("alert(\"1\")", Drawing(_views[^1]).Value);
        Assert.Contains("…", Drawing(_views[^1]).Value);
    }

    [Fact]
    public void More_terms_than_panels_are_in_the_text()
    {
        var terms = Enumerable.Range(0, 20).Select(i => KeyValuePair.Create($"t{i}", 1.0)).ToArray();
        Live().Report(Status(1, 1, 1, isFinal: true) with { Terms = terms });
        Assert.Equal(6, Drawing(_views[^1]).Descendants(Svg("g")).Count(g => g.Attribute("transform") is not null));
        Assert.Contains("t19 1", _views[^1].ToString());
    }

    [Fact]
    public void There_is_no_script_and_no_colour_of_a_page_in_it()
    {
        Live().Report(Status(1, 2, 1));
        var html = _views[^1].ToHtml();
        Assert.DoesNotContain("<style", html);
        Assert.DoesNotContain("black", html);
        Assert.Contains("fill=\"currentColor\"", html);
    }

    private LiveProgress Live() => LiveProgress.On(
        view =>
        {
            _displays++;
            _views.Add(view);
            return _views.Add;
        },
        "ae", _clock);

    private static TrainingStatus Status(long step, long steps, double loss, bool isFinal = false) =>
        new(step, steps, 1, loss, [new("a", loss)], TimeSpan.FromSeconds(4), isFinal);

    private static XName Svg(string name) => XName.Get(name, "http://www.w3.org/2000/svg");

    /// <summary>Reads the picture as XML, which only what is well-formed survives.</summary>
    private static XElement Drawing(TrainingView view) => XElement.Parse(view.ToHtml());

    private static string Path(XElement drawing, int panel) =>
        drawing.Descendants(Svg("path")).Where(path => path.Attribute("stroke-width") is not null).ElementAt(panel)
            .Attribute("d")!.Value;

    private static (double X, double Y)[] Points(TrainingView view, int panel) =>
    [
        .. Path(Drawing(view), panel).Replace("h0", "", StringComparison.Ordinal).Split('M', 'L')
            .Where(point => point.Length > 0)
            .Select(point => point.Split(' ')
                .Select(number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture)).ToArray())
            .Select(numbers => (numbers[0], numbers[1])),
    ];

    private sealed class ManualClock : TimeProvider
    {
        private long _ticks;

        public double Seconds => TimeSpan.FromTicks(_ticks).TotalSeconds;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(double seconds) => _ticks += TimeSpan.FromSeconds(seconds).Ticks;
    }
}
