using Gsr.Experiments;

namespace Gsr.Tests.Experiments;

public class StrokeRasterTests
{
    [Fact]
    public void Equals_a_brute_force_oracle_within_reach()
    {
        const int Side = 12;
        var raster = new StrokeRaster(Side);
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var reach = 0.5 + (2 * random.NextDouble());
            (double X, double Y) Point() => ((random.NextDouble() * 20) - 4, (random.NextDouble() * 20) - 4);
            var segments = Enumerable.Range(0, random.Next(1, 5)).Select(_ => (A: Point(), B: Point())).ToList();
            // A segment may be a point.
            segments.Add((segments[0].A, segments[0].A));

            raster.Clear();
            foreach (var (a, b) in segments)
                raster.Add(a, b, reach);
            for (var pixel = 0; pixel < Side * Side; pixel++)
            {
                var expected = segments.Min(segment => Oracle(segment.A, segment.B, pixel % Side, pixel / Side));
                if (expected < reach) Assert.Equal(expected, raster.Distance(pixel), 1e-9);
                else Assert.True(raster.Distance(pixel) >= reach - 1e-9);
            }
        }
    }

    // By cases: the foot of the perpendicular is on the segment, or an end is nearest.
    private static double Oracle((double X, double Y) a, (double X, double Y) b, double x, double y)
    {
        var toA = Math.Sqrt(Math.Pow(x - a.X, 2) + Math.Pow(y - a.Y, 2));
        var toB = Math.Sqrt(Math.Pow(x - b.X, 2) + Math.Pow(y - b.Y, 2));
        var length = Math.Sqrt(Math.Pow(b.X - a.X, 2) + Math.Pow(b.Y - a.Y, 2));
        var along = length == 0 ? -1 : (((x - a.X) * (b.X - a.X)) + ((y - a.Y) * (b.Y - a.Y))) / length;
        if (along <= 0 || along >= length) return Math.Min(toA, toB);
        return Math.Abs(((x - a.X) * (b.Y - a.Y)) - ((y - a.Y) * (b.X - a.X))) / length;
    }

    [Fact]
    public void Segments_far_away_are_not_seen()
    {
        var raster = new StrokeRaster(4);
        raster.Clear();
        raster.Add((1e300, -1e300), (1e300, 1e300), 2);
        raster.Add((-1e12, 1), (-1e12, 2), 2);
        Assert.All(Enumerable.Range(0, 16), pixel => Assert.Equal(double.PositiveInfinity, raster.Distance(pixel)));
    }
}
