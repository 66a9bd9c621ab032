using Gsr.Kernel.Display;
using Gsr.Kernel.Outputs;
using Microsoft.DotNet.Interactive.Formatting;
using static Microsoft.DotNet.Interactive.Formatting.PocketViewTags;
using DisplayHtml = Gsr.Kernel.Display.Html;

namespace Gsr.Kernel.Tests.Display;

public sealed class MarkupTests
{
    private sealed class Registered { }

    private sealed class Unregistered { }

    [Theory]
    [InlineData("text/markdown", "# x", "# x")]
    [InlineData("text/html", "<b>x</b>", "[text/html]")]
    [InlineData("text/plain", "x", "x")]
    public void A_bundle_gets_a_plain_text_where_it_has_none(string type, string content, string plain)
    {
        var bundle = new MimeBundle().Add(type, content);
        Assert.Same(bundle, MimeFormatter.Format(bundle));
        Assert.Equal((content, plain), (bundle.Get(type), bundle.Get("text/plain")));
    }

    [Fact]
    public void Markup_types_keep_their_content()
    {
        Assert.Equal("<b>x</b>", MimeFormatter.Format(DisplayHtml.Raw("<b>x</b>")).Get("text/html"));
        Assert.Equal("# x", MimeFormatter.Format(new Markdown("# x")).Get("text/markdown"));
        Assert.Equal("$x$", MimeFormatter.Format(new LaTeX("$x$")).Get("text/latex"));
        Assert.Equal("<svg/>", MimeFormatter.Format(new Svg("<svg/>")).Get("image/svg+xml"));
        var png = new byte[] { 0x89, 0x50, 0x4E, 0x47, 1 };
        Assert.Equal(Convert.ToBase64String(png), MimeFormatter.Format(Image.FromPng(png)).Get("image/png"));
        Assert.Throws<ArgumentException>(() => Image.FromPng([1, 2, 3]));
    }

    [Fact]
    public void PocketView_renders() =>
        Assert.Equal("<b>a&lt;b</b>", MimeFormatter.Format((object)b("a<b")).Get("text/html"));

    [Fact]
    public void Only_what_a_user_registered_outranks_ours()
    {
        Formatter.Register<Registered>(_ => "<i>mine</i>", "text/html");
        try
        {
            var bundle = MimeFormatter.Format(new Registered());
            Assert.Equal("<i>mine</i>", bundle.Get("text/html"));
            Assert.Equal("Registered", bundle.Get("text/plain"));
            Assert.Null(MimeFormatter.Format(new Unregistered()).Get("text/html"));
        }
        finally
        {
            Formatter.ResetToDefault();
        }
    }

    [Fact]
    public void A_class_that_names_its_formatters_needs_no_engine()
    {
        var bundle = MimeFormatter.Format(new Sourced());
        Assert.Equal("<b>sourced</b>", bundle.Get("text/html"));
        Assert.Equal("Sourced", bundle.Get("text/plain"));
        Assert.Equal("<b>sourced</b>", MimeFormatter.Format(new Sourced()).Get("text/html"));
        // One that fails is shown as any object is.
        Assert.Contains("own text", MimeFormatter.Format(new Failing()).Get("text/plain"));
    }

    [AttributeUsage(AttributeTargets.Class)]
    private sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
    {
        public Type FormatterSourceType { get; } = formatterSourceType;

        public string[] PreferredMimeTypes { get; set; } = [];
    }

    [TypeFormatterSource(typeof(Source), PreferredMimeTypes = ["text/html"])]
    private sealed class Sourced { }

    [TypeFormatterSource(typeof(Source), PreferredMimeTypes = ["text/html"])]
    private sealed class Failing
    {
        public override string ToString() => "own text";
    }

    private sealed class Source
    {
        public IEnumerable<object> CreateTypeFormatters() => [new Writer()];
    }

    private sealed class Writer
    {
        public string MimeType => "text/html";

        public bool Format(object value, TextWriter writer)
        {
            if (value is Failing)
                throw new InvalidOperationException();
            writer.Write("<b>sourced</b>");
            return true;
        }
    }
}
