using System.Diagnostics;
using System.Text;
using Gsr.Kernel.Execution;
using Gsr.Kernel.Outputs;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;

namespace Gsr.Kernel.Running;

/// <summary>Bare Roslyn scripting, to be replaced by the session as soon as it is whole.</summary>
internal sealed class TemporaryExecutor : ICellExecutor
{
    private ScriptState<object?>? _state;
    private int _count;

    public event Action<CellOutput>? OutputEmitted;

    public async Task<CellResult> ExecuteAsync(string code, string cellName, CancellationToken cancellationToken = default)
    {
        var watch = Stopwatch.StartNew();
        Console.SetOut(new Writer(t => OutputEmitted?.Invoke(new StreamOutput("stdout", t))));
        Console.SetError(new Writer(t => OutputEmitted?.Invoke(new StreamOutput("stderr", t))));
        ErrorOutput? error = null;
        try
        {
            var options = ScriptOptions.Default.AddImports("System", "System.Linq", "System.Threading.Tasks", "System.Collections.Generic")
                .AddReferences(typeof(object).Assembly, typeof(Process).Assembly, typeof(Enumerable).Assembly, typeof(Console).Assembly, typeof(TemporaryExecutor).Assembly);
            _state = _state is null ? await CSharpScript.RunAsync<object?>(code, options, cancellationToken: cancellationToken) : await _state.ContinueWithAsync<object?>(code, options, cancellationToken: cancellationToken);
            if (_state.ReturnValue is { } value)
                OutputEmitted?.Invoke(new ResultOutput(value as MimeBundle ?? new MimeBundle().Add("text/plain", value.ToString()!)));
        }
        catch (Exception e)
        {
            error = new ErrorOutput(e.GetType().Name, e.Message, [e.ToString()]);
            OutputEmitted?.Invoke(error);
        }
        return new CellResult(++_count, watch.Elapsed, error);
    }

    private sealed class Writer(Action<string> write) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;
        public override void Write(char value) => write(value.ToString());
        public override void Write(string? value) => write(value ?? "");
        public override void WriteLine(string? value) => write(value + "\n");
    }
}
