using System.Runtime.CompilerServices;
using Microsoft.DotNet.Interactive;
using Plotly.NET.Interactive;
using HostKernel = Microsoft.DotNet.Interactive.Kernel;

namespace Gsr.Interactive;

/// <summary>
/// Graph Spectral Regularization in .NET Interactive: its charts, graphs, Laplacians, tensors and frames are shown as
/// in this workbook's own engine, charts without a network, and <c>#!gsr</c> says what there is.
/// </summary>
/// <example><code>
/// #r "nuget: Gsr.Interactive"
/// </code>
/// loads it by itself. A notebook that brings the library in as a file asks for it, before it uses anything else:
/// <code>
/// #r "Gsr.Interactive.dll"
/// await Gsr.Interactive.GsrExtension.LoadAsync();
/// </code></example>
public sealed class GsrExtension : IKernelExtension
{
    /// <summary>Loads it into the kernel whose cell this is.</summary>
    /// <exception cref="InvalidOperationException">No cell of .NET Interactive is under way.</exception>
    public static Task LoadAsync() => new GsrExtension().OnLoadAsync(
        KernelInvocationContext.Current?.HandlingKernel.RootKernel ?? throw new InvalidOperationException(
            "GsrExtension.LoadAsync is called in a cell of .NET Interactive, and there is none."));

    /// <inheritdoc/>
    public Task OnLoadAsync(HostKernel kernel)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        // First, and in a method that names none of the library's types: they are bound when a method is compiled.
        LibraryContext.Prepare();
        return RegisterAsync(kernel);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task RegisterAsync(HostKernel kernel)
    {
        // What Plotly.NET shows beside charts stays as it has it; of two formatters the later one counts.
        await ((IKernelExtension)new FormatterKernelExtension()).OnLoadAsync(kernel);
        Formats.Register();
        GsrDirective.Add(kernel);
    }
}
