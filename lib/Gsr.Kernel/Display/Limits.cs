namespace Gsr.Kernel.Display;

/// <summary>How much of a value is shown. A notebook is read, and reviewed as a file: a page of any value is enough.</summary>
internal static class Limits
{
    internal const int EdgeRows = 10;
    internal const int Rows = 2 * EdgeRows;
    internal const int EdgeColumns = 10;
    internal const int Columns = 2 * EdgeColumns;
    internal const int Items = 100;
    internal const int Depth = 4;
    internal const int CellText = 120;
    internal const int NestedItems = 10;
    internal const int PlainText = 10_000;
}
