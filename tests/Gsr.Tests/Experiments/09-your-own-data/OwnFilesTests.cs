using Gsr.Experiments.OwnData;

namespace Gsr.Tests.Experiments.OwnData;

public sealed class OwnFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gsr-own-").FullName;

    [Theory]
    [InlineData("/data/cells.csv.gz", "cells")]
    [InlineData("/data/a.b.h5ad", "a.b")]
    [InlineData("/data/filtered_feature_bc_matrix/", "filtered_feature_bc_matrix")]
    [InlineData("/data/GSM1_matrix.MTX.gz", "GSM1_matrix")]
    [InlineData("/data/.csv", ".csv")]
    public void A_data_set_is_named_after_its_file(string path, string name) =>
        Assert.Equal(name, OwnFiles.NameOf(path));

    [Fact]
    public void Other_content_gets_a_number_and_the_same_content_is_not_written_twice()
    {
        Assert.Equal(["x.a.txt", "x.b.txt"], Written("1", "2"));
        Assert.Equal(["x.a.txt", "x.b.txt"], Written("1", "2"));
        Assert.Equal(["x-2.a.txt", "x-2.b.txt"], Written("1", "3"));
        Assert.Equal(["x-2.a.txt", "x-2.b.txt"], Written("1", "3"));
        Assert.Equal(["x-3.a.txt", "x-3.b.txt"], Written(new string('1', 200_000), "2"));
        Assert.Equal(["x-4.a.txt", "x-4.b.txt"], Written(new string('1', 199_999) + "2", "2"));
        Assert.Equal("1", File.ReadAllText(Path.Combine(_folder, "x.a.txt")));
        Assert.Equal("2", File.ReadAllText(Path.Combine(_folder, "x.b.txt")));
        Directory.CreateDirectory(Path.Combine(_folder, "y.a.txt"));
        Assert.Equal(["y-2.a.txt"], Names(OwnFiles.Write(
            _folder, "y", ("a.txt", path => File.WriteAllText(path, "1")))));
    }

    [Fact]
    public void All_or_none_are_written()
    {
        Assert.Throws<IOException>(() => OwnFiles.Write(_folder, "x", ("a.txt", path => File.WriteAllText(path, "1")),
            ("b.txt", _ => throw new IOException("the disk is full"))));
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
        Assert.Throws<ArgumentException>("name", () => OwnFiles.Write(_folder, "../x"));
        Assert.Throws<ArgumentException>("name", () => OwnFiles.Write(_folder, ""));
    }

    [Fact]
    public void Runs_that_write_at_once_keep_each_their_own()
    {
        Parallel.For(0, 8, i => Written($"a{i}", $"b{i}"));
        string[] first = [.. Directory.GetFiles(_folder, "*.a.txt").Select(File.ReadAllText).Order()];
        Assert.Equal(Enumerable.Range(0, 8).Select(i => $"a{i}"), first);
        foreach (var path in Directory.GetFiles(_folder, "*.a.txt"))
        {
            var other = path.Replace(".a.", ".b.", StringComparison.Ordinal);
            Assert.Equal(File.ReadAllText(path)[1..], File.ReadAllText(other)[1..]);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private IEnumerable<string?> Written(string a, string b) => Names(OwnFiles.Write(_folder, "x",
        ("a.txt", path => File.WriteAllText(path, a)), ("b.txt", path => File.WriteAllText(path, b))));

    private static IEnumerable<string?> Names(IEnumerable<string> paths) => paths.Select(Path.GetFileName);
}
