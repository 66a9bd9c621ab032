using Gsr.Kernel.Display;
using Gsr.Kernel.Outputs;

namespace Gsr.Kernel.Tests.Display;

internal static class Bundles
{
    internal static string? Get(this MimeBundle bundle, string type) =>
        bundle.Data.TryGetValue(type, out var node) ? node.ToString() : null;

    internal static string Plain(object? value) => MimeFormatter.Format(value).Get("text/plain")!;

    internal static string? Html(object? value) => MimeFormatter.Format(value).Get("text/html");

    internal static string Json(MimeBundle bundle) =>
        string.Join("\n", bundle.Data.Select(pair => $"{pair.Key}: {pair.Value.ToJsonString()}"));
}
