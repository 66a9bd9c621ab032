using Gsr.Experiments;

namespace Gsr.Tests.Experiments;

/// <summary>Tables of sweeps as notebooks read them.</summary>
public sealed class SweptRunsTests : IDisposable
{
    private const string Heading = "run,notebook,ALPHA,NAME,state,\"with the penalty, n = 3: components\","
        + "\"with the penalty, n = 3: components.sd\",\"accuracy, %\",seconds,memory_mb,host,exit,problem\r\n";

    private readonly TemporaryFolder _folder = new();

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    /// <summary>What failed, or has no result, does not count; a weight may be written as 1E-05.</summary>
    [Fact]
    public void Results_of_finished_runs_by_a_parameters_value()
    {
        var swept = Read("""
            n-1,n.ipynb,0.3,a,done,3,,98.5,1,2,here,0,
            n-2,n.ipynb,1E-05,a,done,4,0.5,99,1,2,here,0,
            n-3,n.ipynb,0.3,b,done,5,,,1,2,here,0,
            n-4,n.ipynb,1,b,failed,,,,1,2,here,1,"cell 3: Exception: a, ""b"" and
            more"
            n-5,n.ipynb,0.3,b,done,4,,97.5,1,2,here,0,

            """);

        Assert.Equal(4, swept.Count);
        Assert.Equal([3, 4, 5, 4], swept.Of("with the penalty, n = 3: components").Values);
        Assert.Equal([98.5, 99, 97.5], swept.Of("accuracy, %").Values);
        Assert.Equal([1e-5, 0.3], swept.Values("ALPHA"));
        Assert.Equal([[4], [3, 5, 4]], swept.Of("ALPHA", "with the penalty, n = 3: components"));
        Assert.Equal([[99], [98.5, 97.5]], swept.Of("ALPHA", "accuracy, %"));
    }

    /// <summary>The condition without a penalty is the notebook's own.</summary>
    [Fact]
    public void Zero_is_no_value_of_a_weight()
    {
        var swept = Read("n-1,n.ipynb,0,a,done,3,,98,1,2,here,0,\nn-2,n.ipynb,1,a,done,4,,99,1,2,here,0,\n");

        Assert.Equal([1], swept.Values("ALPHA"));
        Assert.Equal([[4]], swept.Of("ALPHA", "with the penalty, n = 3: components"));
    }

    /// <summary>A notebook without a table computes for itself.</summary>
    [Fact]
    public void No_table_is_named() => Assert.Null(SweptRuns.Read("TABLE", ""));

    /// <summary>Each error names the parameter or the file, and what is there.</summary>
    [Fact]
    public void Tables_that_are_none()
    {
        var swept = Read("n-1,n.ipynb,0.3,a,done,3,,98.5,1,2,here,0,\n");

        Assert.Contains("TABLE is \"nowhere.csv\"", Refused(() => SweptRuns.Read("TABLE", "nowhere.csv")), Ordinal);
        Assert.Contains("no table of a sweep", Refused(() => SweptRuns.Read("TABLE", Written("a,b\n1,2\n"))), Ordinal);
        Assert.Contains("none of its 1 runs is done", Refused(() =>
            Read("n-1,n.ipynb,0.3,a,out of time,,,,1,2,here,130,\n")), Ordinal);
        Assert.Contains("\"pieces\"; its columns are run, ", Refused(() => swept.Of("pieces")), Ordinal);
        Assert.Contains("\"NAME\"", Refused(() => swept.Of("NAME", "accuracy, %")), Ordinal);
    }

    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static string Refused(Func<object?> read) => Assert.Throws<ArgumentException>(read).Message;

    private SweptRuns Read(string rows) => SweptRuns.Read("TABLE", Written(Heading + rows))!;

    private string Written(string text)
    {
        File.WriteAllText(_folder.File("table.csv"), text);
        return _folder.File("table.csv");
    }
}
