using Gsr.Experiments;
using Gsr.SingleCell.Preparation;

namespace Gsr.Tests.Experiments;

public sealed class NotebookParameterTests
{
    private static string Message(Action check) => Assert.Throws<ArgumentException>(check).Message;

    [Fact]
    public void Bounds_belong_to_what_is_allowed()
    {
        Assert.Equal(2, NotebookParameter.Between("NODES", 2, 2, 9, "nodes"));
        Assert.Equal(9, NotebookParameter.Between("NODES", 9, 2, 9, "nodes"));
        Assert.Equal(
            "NODES is 1; give 2 to 9 (nodes).", Message(() => NotebookParameter.Between("NODES", 1, 2, 9, "nodes")));
        Assert.Equal(
            "ALPHA is NaN; give 0 to 0.5 (weight).",
            Message(() => NotebookParameter.Between("ALPHA", double.NaN, 0, 0.5, "weight")));
    }

    [Fact]
    public void Words_are_those_of_the_list()
    {
        Assert.Equal("quick", NotebookParameter.OneOf("PROFILE", "quick", "full", "quick"));
        Assert.Equal(
            "PROFILE is \"Quick\"; use \"full\" or \"quick\".",
            Message(() => NotebookParameter.OneOf("PROFILE", "Quick", "full", "quick")));
        Assert.Contains("leave it empty", Message(() => NotebookParameter.OneOf("LAYER", "counts")));
        Assert.Equal(ValueKind.Counts, NotebookParameter.Member<ValueKind>("VALUES", "counts"));
        Assert.Contains(
            "VALUES is \"1\"; use \"auto\" or \"counts\"",
            Message(() => NotebookParameter.Member<ValueKind>("VALUES", "1")));
    }

    [Fact]
    public void A_path_is_there_or_it_is_said_where_it_was_sought()
    {
        var folder = Directory.CreateTempSubdirectory("gsr-parameter-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "cells.csv"), "x");
            var file = Path.Combine(folder, "cells.csv");
            var fromHere = Path.GetRelativePath(Environment.CurrentDirectory, file);
            Assert.Equal(file, NotebookParameter.ExistingPath("FILE", fromHere));
            Assert.Equal(folder, NotebookParameter.ExistingPath("FILE", folder));
            var message = Message(() => NotebookParameter.ExistingPath("FILE", fromHere + ".gz"));
            Assert.Contains($"FILE is \"{fromHere}.gz\"", message);
            Assert.Contains($"no file or folder {file}.gz", message);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
