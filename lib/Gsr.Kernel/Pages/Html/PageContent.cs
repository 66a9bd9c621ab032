using System.Text;

namespace Gsr.Kernel.Pages.Html;

/// <summary>A page in the making: its text so far, and which libraries that text needs.</summary>
internal sealed class PageContent
{
    public StringBuilder Html { get; } = new();

    public int ChartCount { get; set; }

    public bool HasMath { get; set; }
}
