using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gsr.Kernel.Documents;

namespace Gsr.Kernel.Tests.Documents;

public class TerminalTextTests
{
    [Theory]
    [InlineData("a\nb\n", "a\nb\n")]
    [InlineData("10%\r20%\r100%\n", "100%\n")]
    [InlineData("100%\r20%\n", "20%%\n")]
    [InlineData("100%\r\e[K20%\n", "20%\n")]
    [InlineData("50%\r", "50%")]
    [InlineData("crlf\r\nnext", "crlf\nnext")]
    [InlineData("ab\bc", "ac")]
    [InlineData("\e[31mred\e[0m\n", "\e[31mred\e[0m\n")]
    [InlineData("😀😀\rx\n", "x😀\n")]
    public void Text_is_as_a_terminal_shows_it(string written, string shown) => Assert.Equal(shown, Shown([written]));

    [Fact]
    public void How_the_text_arrives_makes_no_difference() => Prop.ForAll(
        Gen.Elements('a', 'b', '\r', '\n', '\b', '\e', '[', 'm', '1', 'K', '\uD83D', '\uDE00').ListOf().ToArbitrary(),
        letters =>
        {
            var text = string.Concat(letters);
            var whole = Shown([text]);
            var byCharacter = Shown(letters.Select(c => c.ToString()));
            // Whatever arrives, half a pair never leaves: it could not be written to a file.
            return whole == byCharacter && whole.EnumerateRunes()
                .All(rune => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(rune.ToString())) == rune.ToString())
                && Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(whole)) == whole;
        }).QuickCheckThrowOnFailure();

    private static string Shown(IEnumerable<string> pieces)
    {
        var terminal = new TerminalText();
        foreach (var piece in pieces)
            terminal.Write(piece);
        return terminal.ToString();
    }
}
