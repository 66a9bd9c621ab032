namespace Gsr.Tests;

public sealed class ArgumentsTests
{
    // A check of each value of a matrix wrote a text for each value, which took longer than all that followed.
    [Fact]
    public void A_message_is_written_only_where_a_condition_does_not_hold()
    {
        var value = new Written();
        Arguments.Require(true, nameof(value), $"value is {value} of {3:F1}.");
        Assert.Equal(0, value.Times);
        var error = Assert.Throws<ArgumentException>(
            nameof(value), () => Arguments.Require(false, nameof(value), $"value is {value} of {3:F1}."));
        Assert.StartsWith("value is wrong of 3.0.", error.Message);
        Assert.Equal(1, value.Times);
        var plain = Assert.Throws<ArgumentException>("x", () => Arguments.Require(false, "x", "none"));
        Assert.StartsWith("none", plain.Message);
    }

    private sealed class Written
    {
        public int Times { get; private set; }

        public override string ToString()
        {
            Times++;
            return "wrong";
        }
    }
}
