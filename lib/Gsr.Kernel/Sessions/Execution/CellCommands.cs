using Gsr.Kernel.Display;
using Gsr.Kernel.Outputs;
using Gsr.Kernel.Sessions.Capture;
using Formatting = Microsoft.DotNet.Interactive.Formatting;

namespace Gsr.Kernel.Sessions.Execution;

/// <summary>What every cell can call without a <c>using</c>.</summary>
public static class CellCommands
{
    private static int LastId;

    /// <summary>Shows a value at once, in its place among the cell's other outputs.</summary>
    /// <param name="value">The value; a <see cref="MimeBundle"/> is shown as it is.</param>
    /// <returns>A handle with which the display can be replaced.</returns>
#pragma warning disable IDE1006 // Lower case as in every C# notebook that exists.
    public static DisplayedValue display(object? value) => Show(MimeFormatter.Format(value));

    /// <summary>Shows a value as the given MIME type alone, for example <c>text/html</c>.</summary>
    /// <param name="value">The content, or a value with a representation in this type, else its text.</param>
    /// <param name="mimeType">The MIME type.</param>
    public static DisplayedValue display(object? value, string mimeType)
    {
        var formatted = value is string ? null : MimeFormatter.Format(value).Data;
        var text = value as string ?? formatted!["text/plain"].GetValue<string>();
        var bundle = new MimeBundle().Add("text/plain", text);
        return Show(bundle.Add(mimeType, formatted?.GetValueOrDefault(mimeType)?.DeepClone() ?? text).Limited());
    }

    /// <summary>Marks text as HTML, not escaped: for <c>display</c>, a cell's value or a PocketView.</summary>
    public static Display.Html HTML(string content) => new(content);
#pragma warning restore IDE1006

    /// <summary>What notebooks ask of .NET Interactive's class of this name.</summary>
    public static class Kernel
    {
        /// <summary>Asks whoever runs the notebook for a line.</summary>
        /// <param name="prompt">The question.</param>
        /// <exception cref="InvalidOperationException">Nobody answers, as in a run without a front end.</exception>
        public static Task<string> GetInputAsync(string prompt = "") => Task.FromResult(Ask(prompt, isHidden: false));

        /// <summary>The same, for what nobody shall read as it is typed.</summary>
        /// <param name="prompt">The question.</param>
        public static Task<string> GetPasswordAsync(string prompt = "") =>
            Task.FromResult(Ask(prompt, isHidden: true));

        internal static string Ask(string prompt, bool isHidden) =>
            OutputRouter.Current?.ReadLine?.Invoke(prompt, isHidden) ?? throw new InvalidOperationException(
                $"Nobody is there to answer \"{prompt}\". A notebook that runs without a front end takes parameters: "
                + "gsr run -p NAME=VALUE.");
    }

    /// <summary>Shows a value, as <see cref="display(object?)"/> does.</summary>
    public static DisplayedValue Display(this object? value) => display(value);

    /// <summary>Shows a value, as <see cref="display(object?, string)"/> does.</summary>
    public static DisplayedValue DisplayAs(this object? value, string mimeType) => display(value, mimeType);

    /// <summary>Removes what the cell has shown so far.</summary>
    /// <param name="wait">True to remove it with the next output, which avoids flicker.</param>
    public static void ClearOutput(bool wait = false) => OutputRouter.Current?.Emit(new ClearOutput(wait));

    /// <summary>Shows what a cell gave to one of .NET Interactive's own methods, such as its <c>DisplayAs</c>.</summary>
    internal static void Show(Formatting.DisplayedValue value)
    {
        var bundle = MimeFormatter.Format(value.Value);
        bundle = new MimeBundle().Add("text/plain", bundle.Data["text/plain"].GetValue<string>());
        foreach (var formatted in value.FormattedValues)
            bundle.Add(formatted.MimeType, formatted.Value);
        if (OutputRouter.Current is { } router)
            router.Emit(new DisplayOutput(bundle.Limited(), value.DisplayId, value.IsUpdated));
        else
            Formatting.Formatter.WriteToConsole(value);
    }

    private static DisplayedValue Show(MimeBundle bundle)
    {
        var id = $"display-{Interlocked.Increment(ref LastId)}";
        var router = OutputRouter.Current;
        if (router is null)
            Console.WriteLine(bundle.Data["text/plain"]); // called from a plain program: say it the only way there is
        else
            router.Emit(new DisplayOutput(bundle, id));
        return new DisplayedValue(router, id);
    }
}
