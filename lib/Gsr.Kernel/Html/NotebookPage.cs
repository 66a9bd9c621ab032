using Gsr.Kernel.Documents;
namespace Gsr.Kernel.Html;
internal static class NotebookPage { public static void Save(Notebook n, string s, string p) => AtomicFile.WriteAllText(p, n.Title ?? s); }
