
namespace Gsr.SingleCell;

/// <summary>
/// Reads single-cell data of any of the usual formats, told by the content of the file and not by its name.
/// </summary>
public static class SingleCellFile
{
    internal static FileStream Open(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
}
