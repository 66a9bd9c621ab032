using System.Text.Json.Nodes;
using Gsr.Experiments;

namespace Gsr.Tests.Experiments;

public sealed class ClaimTests
{
    // t(2, .975) = 4.302653; s / √3 of 1, 2, 3 is .57735: 2.00 ± 2.48.
    private static readonly Replicates Wide = new([1, 2, 3]);
    private static readonly Replicates Narrow = new([1.99, 2, 2.01]);

    [Fact]
    public void The_whole_interval_is_held_against_the_bound()
    {
        Assert.Equal(Verdict.Reached, Narrow.AtLeast(1.9).Verdict);
        Assert.Equal(Verdict.NotReached, Narrow.AtLeast(2.1).Verdict);
        Assert.Equal(Verdict.NotDecided, Wide.AtLeast(1.9).Verdict);
        Assert.Equal(Verdict.Reached, Narrow.AtMost(2.1).Verdict);
        Assert.Equal(Verdict.NotDecided, Wide.AtMost(2.1).Verdict);
        Assert.Equal(Verdict.Reached, Narrow.Above(1.9).Verdict);
        Assert.Equal(Verdict.NotReached, Narrow.Below(1.9).Verdict);
        Assert.Equal(Verdict.Reached, Narrow.Estimate().Within(1.9, 2.1).Verdict);
        Assert.Equal(Verdict.NotReached, Narrow.Estimate().Within(2.1, 3).Verdict);
        Assert.Equal(Verdict.NotDecided, Wide.Estimate().Within(1.9, 2.1).Verdict);
        Assert.Equal("2.00 ± 2.48 (≥ 1.9)", Wide.AtLeast(1.9).ToString());
    }

    [Fact]
    public void One_seed_decides_nothing_and_a_bound_itself_is_not_above_itself()
    {
        Assert.All(
            new[] { 1.0, 5 }, bound => Assert.Equal(Verdict.NotDecided, new Replicates([3]).AtLeast(bound).Verdict));
        Assert.Equal(Verdict.Reached, Estimate.Exactly(2).AtLeast(2).Verdict);
        Assert.Equal(Verdict.NotReached, Estimate.Exactly(2).Above(2).Verdict);
        Assert.Equal(Verdict.NotReached, Estimate.Exactly(2).Below(2).Verdict);
        Assert.Equal(Verdict.NotDecided, Estimate.Exactly(double.NaN).AtLeast(0).Verdict);
    }

    [Theory]
    // Wilson 1927, as in Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void A_share_has_wilsons_interval(int hits, int trials, double low, double high)
    {
        var share = Estimate.Share(hits, trials);
        Assert.Equal(low, share.Low, 5e-5);
        Assert.Equal(high, share.High, 5e-5);
        var mirror = Estimate.Share(trials - hits, trials);
        Assert.Equal(1 - share.Low, mirror.High, 1e-12);
    }

    [Fact]
    public void Trials_made_here_may_reach_what_their_interval_leaves_open()
    {
        var share = Estimate.Share(48, 50);
        Assert.Equal(Verdict.NotDecided, share.AtLeast(.95).Verdict);
        Assert.Equal(Verdict.Reached, share.ObservedAtLeast(.95).Verdict);
        Assert.Equal(Verdict.NotReached, Estimate.Share(47, 50).ObservedAtLeast(.95).Verdict);
        Assert.Throws<ArgumentOutOfRangeException>(() => Estimate.Share(3, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Estimate.Share(0, 0));
    }

    [Theory]
    [InlineData(0.0123, "p = 0.0123")]
    [InlineData(0.0001, "p = 0.0001")]
    [InlineData(3e-7, "p < 0.0001")]
    public void No_p_value_is_written_as_0(double p, string text) =>
        Assert.Equal(text, Estimate.P(p, "999 permutations").Text);

    [Fact]
    public void Several_findings_make_one_verdict()
    {
        Finding yes = Narrow.AtLeast(1), no = Narrow.AtLeast(3), open = Wide.AtLeast(2);
        Assert.Equal(Verdict.Reached, new Claim("a", yes, yes).Verdict);
        Assert.Equal(Verdict.InPart, new Claim("a", yes, no).Verdict);
        Assert.Equal(Verdict.InPart, new Claim("a", yes, open).Verdict);
        Assert.Equal(Verdict.NotReached, new Claim("a", no, no).Verdict);
        Assert.Equal(Verdict.NotDecided, new Claim("a", no, open).Verdict);
        Assert.Equal(Verdict.NotDecided, new Claim("a").Verdict);
        Assert.Equal("✗ a: GSR 2.00 ± 0.02 (≥ 3); not reached", new Claim("a", no.Named("GSR")).ToString());
    }

    [Fact]
    public void A_short_run_decides_nothing_but_keeps_to_laws_and_a_claim_is_made_once()
    {
        var claims = new Claims("quick profile");
        Assert.Contains("quick profile", claims.Add("x", Narrow.AtLeast(1)));
        Assert.Equal(Verdict.NotDecided, claims.All[0].Verdict);
        Assert.Contains("\"x\"", Assert.Throws<ArgumentException>(() => claims.Add("x")).Message);
        Assert.Equal("✓ y: 0", Claims.Check("y", true, "0"));
        Assert.Contains("0.5", Assert.Throws<ClaimFailedException>(() => Claims.Check("y", false, "0.5")).Message);
        claims.Skip("generated digits");
        Assert.Contains("generated digits", claims.Add("z", Narrow.AtLeast(1)));
        Assert.Contains("not decided", claims.Add("w", Finding.Fact(true, "so it is")));
    }

    [Fact]
    public void A_claim_says_itself_why_it_alone_is_not_decided_unless_nothing_is()
    {
        var claims = new Claims();
        claims.Add(new Claim("x", Narrow.AtLeast(1)) { Undecided = "short trainings" });
        claims.Add("y", Narrow.AtLeast(1));
        claims.Skip("generated digits");
        claims.Add(new Claim("z", Narrow.AtLeast(1)) { Undecided = "short trainings" });
        Assert.Equal(["short trainings", null, "generated digits"], claims.All.Select(c => c.Undecided));
        Assert.Equal([Verdict.NotDecided, Verdict.Reached, Verdict.NotDecided], claims.All.Select(c => c.Verdict));
    }

    [Fact]
    public void The_table_escapes_its_texts_and_carries_the_claims_as_data()
    {
        var claims = new Claims();
        claims.Add(new Claim("a < b", Wide.AtLeast(0)) { Paper = ".99", Null = "permuted & so", Reason = "<why>" });
        var table = new ClaimTable(claims, "full");
        Assert.Contains("a &lt; b", table.ToHtml());
        Assert.Contains("permuted &amp; so", table.ToHtml());
        Assert.Contains("&lt;why&gt;", table.ToHtml());
        Assert.DoesNotContain("committed", table.ToHtml());
        var data = JsonNode.Parse(table.ToJson().ToJsonString())!;
        Assert.Equal("full", (string)data["profile"]!);
        Assert.Equal("not decided", (string)data["claims"]![0]!["verdict"]!);
        Assert.Equal(2, (double)data["claims"]![0]!["findings"]![0]!["value"]!);
    }

    [Fact]
    public void A_run_is_compared_with_the_committed_notebook()
    {
        var folder = Directory.CreateTempSubdirectory("gsr-claims-").FullName;
        try
        {
            Commit(folder, "demo", Narrow.AtLeast(1));
            var committed = CommittedClaims.Read("demo", folder)!;
            Assert.Null(CommittedClaims.Read("other", folder));
            var claims = new Claims(committed: committed);
            claims.Add("x", new Replicates([1.9, 2, 2.05]).AtLeast(1));
            claims.Add("y", Narrow.AtLeast(1));
            Assert.Equal("2.00 ± 0.02: agrees", committed.Compare(claims.All[0]));
            Assert.Equal("new", committed.Compare(claims.All[1]));
            Assert.False(committed.IsLost(claims.All[0]));
            var lost = new Claim("x", new Replicates([0.1, 0.11, 0.12]).AtLeast(1));
            Assert.Equal("2.00 ± 0.02: differs", committed.Compare(lost));
            Assert.True(committed.IsLost(lost));
            Assert.Contains("2.00 ± 0.02: agrees", new ClaimTable(claims, "full").ToHtml());
            Assert.Contains("2 reached; 1 of 1 numbers agree", new ClaimTable(claims, "full").ToString());
            Assert.Equal("0 of 1 numbers agree with the committed ones", committed.Compare([lost, claims.All[1]]));

            Commit(folder, "share", Estimate.Share(8, 10).ObservedAtLeast(0.8));
            var few = new Claim("x", Estimate.Share(1, 2).ObservedAtLeast(0.8));
            Assert.Equal(Verdict.NotReached, few.Verdict);
            Assert.False(CommittedClaims.Read("share", folder)!.IsLost(few));
            claims.Skip("generated digits");
            Assert.Null(claims.Committed);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // scipy.stats 1.10: ttest_ind; of one value by hand, t.sf((2.4 - 1.3) / (s √(1 + 1/5)), 4).
    [Theory]
    [InlineData(new[] { 1.9, 2, 2.05 }, new[] { 1.99, 2, 2.01 }, 0.7268577)]
    [InlineData(new[] { 1.0, 1.2 }, new[] { 0.9, 1.5, 1.1, 1.7, 1.3 }, 0.4470412)]
    [InlineData(new[] { 2.4 }, new[] { 0.9, 1.5, 1.1, 1.7, 1.3 }, 0.0336823)]
    [InlineData(new[] { 10.0, 10 }, new[] { 10.0, 10, 10 }, 1)]
    [InlineData(new[] { 9.0, 9 }, new[] { 10.0, 10, 10 }, 0)]
    public void Means_are_compared_by_students_test(double[] here, double[] committed, double expected) => Assert.Equal(
        expected,
        Agreement.Probability(new Replicates(here).Estimate(), new Replicates(committed).Estimate()), 1e-6);

    // scipy.stats 1.10: fisher_exact, hits and misses.
    [Theory]
    [InlineData(1, 2, 8, 10, 0.4545455)]
    [InlineData(0, 2, 10, 10, 0.0151515)]
    [InlineData(5, 8, 397, 400, 9.692868e-05)]
    [InlineData(2, 2, 10, 10, 1)]
    public void Shares_are_compared_by_fishers_test(int hits, int trials, int hits2, int trials2, double expected) =>
        Assert.Equal(
            expected, Agreement.Probability(Estimate.Share(hits, trials), Estimate.Share(hits2, trials2)), 1e-6);

    [Fact]
    public void One_network_is_enough_to_differ_and_a_committed_notebook_without_spreads_of_its_own_is_read()
    {
        var folder = Directory.CreateTempSubdirectory("gsr-claims-").FullName;
        try
        {
            Commit(folder, "means", new Replicates([1.99, 2, 2.01, 2, 2]).AtLeast(1), withSpreads: false);
            var committed = CommittedClaims.Read("means", folder)!;
            Claim Here(double value) => new("x", new Replicates([value]).AtLeast(1));
            Assert.EndsWith(": agrees", committed.Compare(Here(2.01)));
            Assert.EndsWith(": differs", committed.Compare(Here(1.5)));
            // It differs, and is not beyond the bound.
            Assert.False(committed.IsLost(Here(1.5)));
            Assert.True(committed.IsLost(Here(0.9)));
            Assert.False(committed.IsLost(Here(0.9) with { Undecided = "short trainings" }));

            // Beyond the bound, and within what a second network would differ.
            Commit(folder, "wide", new Replicates([1.2, 2, 3, 1.1, 2]).AtLeast(0.9));
            Assert.False(CommittedClaims.Read("wide", folder)!.IsLost(new("x", new Replicates([0.8]).AtLeast(0.9))));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Commit(string workbook, string name, Finding finding, bool withSpreads = true)
    {
        var claims = new Claims();
        claims.Add("x", finding);
        var table = new ClaimTable(claims, "thorough").ToJson();
        if (!withSpreads) table["claims"]![0]!["findings"]![0]!.AsObject().Remove("spread");
        var output = new JsonObject
        {
            ["data"] = new JsonObject { [ClaimTable.MimeType] = table },
        };
        var cell = new JsonObject { ["outputs"] = new JsonArray(output) };
        Directory.CreateDirectory(Path.Combine(workbook, "notebooks"));
        File.WriteAllText(
            Path.Combine(workbook, "notebooks", name + ".ipynb"),
            new JsonObject { ["cells"] = new JsonArray(new JsonObject { ["cell_type"] = "markdown" }, cell) }
            .ToJsonString());
    }
}
