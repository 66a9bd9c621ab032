using Gsr.Analysis.Metrics;

namespace Gsr.Tests.Analysis.Metrics;

public sealed class ClassMeansTests
{
    [Fact]
    public void Class_means_average_and_leave_empty_classes_at_zero()
    {
        var means = ClassMeans.Of(new double[,] { { 1, 2 }, { 3, 6 }, { 5, -1 } }, [0, 0, 2], 4);
        Assert.Equal(new double[,] { { 2, 4 }, { 0, 0 }, { 5, -1 }, { 0, 0 } }, means);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentException>("labels", () => ClassMeans.Of(new double[2, 2], [0, 3], 3));
        Assert.Throws<ArgumentException>("labels", () => ClassMeans.Of(new double[2, 2], [0], 3));
        Assert.Throws<ArgumentOutOfRangeException>("classCount", () => ClassMeans.Of(new double[1, 1], [0], 0));
    }
}
