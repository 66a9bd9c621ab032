using System.Globalization;
using Gsr.Kernel.Outputs;

namespace Gsr.Kernel.Display;

/// <summary>
/// TorchSharp's tensors, by reflection: the engine runs without the 400 MB of libtorch, and whichever version a
/// notebook brought in is the one to ask.
/// </summary>
internal static class TensorFormat
{
    private const int Edge = 8;

    internal static bool Is(Type type)
    {
        for (var at = type; at is not null; at = at.BaseType!)
        {
            if (at.FullName == "TorchSharp.torch+Tensor")
                return true;
        }
        return false;
    }

    internal static MimeBundle? TryFormat(object value) =>
        Summary(value) is { } summary ? MimeFormatter.Plain(summary + Corner(value)) : null;

    /// <summary>Shape, type and device; null for what is no tensor.</summary>
    internal static string? Summary(object value)
    {
        if (!Is(value.GetType()))
            return null;
        try
        {
            if (Get(value, "IsInvalid") is true)
                return "Tensor (disposed)";
            var shape = string.Join("x", (long[])Get(value, "shape")!);
            return $"[{shape}], type = {Get(value, "dtype")}, device = {Get(value, "device")}";
        }
        catch (Exception error)
        {
            return $"Tensor ({(error.InnerException ?? error).Message})";
        }
    }

    /// <summary>The shape of a tensor that lives; null for anything else.</summary>
    internal static long[]? Shape(object value) =>
        Is(value.GetType()) && Get(value, "IsInvalid") is not true ? (long[])Get(value, "shape")! : null;

    /// <summary>The numbers of a tensor or an array, the first millions of them; null where there are none.</summary>
    internal static (long[] Shape, double[] Numbers)? Numbers(object? value)
    {
        const int most = 4_000_000;
        if (value is Array { Rank: 1 or 2 } array && array.GetType().GetElementType() is { IsPrimitive: true } element
            && element != typeof(bool) && element != typeof(char))
        {
            var shape = Enumerable.Range(0, array.Rank).Select(array.GetLongLength).ToArray();
            return (shape, [.. array.Cast<object>().Take(most)
                .Select(x => Convert.ToDouble(x, CultureInfo.InvariantCulture))]);
        }
        if (value is null || Shape(value) is not { } lengths)
            return null;
        var owned = new List<IDisposable>();
        try
        {
            dynamic tensor = value;
            var type = value.GetType().Assembly.GetType("TorchSharp.torch+ScalarType")!;
            dynamic wide = Enum.Parse(type, "Float64");
            dynamic Own(dynamic made)
            {
                owned.Add(made);
                return made;
            }
            var flat = Own(Own(tensor.detach()).reshape(-1L));
            var first = Own(flat.narrow(0L, 0L, Math.Min(most, (long)flat.shape[0])));
            double[] numbers = Own(Own(first.cpu()).to_type(wide)).data<double>().ToArray();
            return (lengths, numbers);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return null; // meta, sparse, complex: without numbers, or without those of a line
        }
        finally
        {
            owned.ForEach(made => made.Dispose());
        }
    }

    private static string Corner(object tensor)
    {
        var owned = new List<object>();
        try
        {
            var shape = (long[])Get(tensor, "shape")!;
            var corner = tensor;
            var cut = false;
            var narrow = tensor.GetType().GetMethod("narrow", [typeof(long), typeof(long), typeof(long)]);
            for (var at = 0; at < shape.Length && narrow is not null; at++)
            {
                // The innermost two dimensions show a corner; of each dimension outside them, the first slice will do.
                var limit = at >= shape.Length - 2 ? Edge : 1;
                if (shape[at] <= limit)
                    continue;
                corner = narrow.Invoke(corner, [(long)at, 0L, (long)limit])!;
                owned.Add(corner);
                cut = true;
            }
            return $"\n{Values(corner)}{(cut ? "\n… (a corner)" : "")}";
        }
        catch (Exception)
        {
            // Values are an extra; a tensor without them (meta device, sparse layout) keeps its summary.
            return "";
        }
        finally
        {
            foreach (var part in owned)
                (part as IDisposable)?.Dispose();
        }
    }

    private static string Values(object tensor)
    {
        var size = (long[])Get(tensor, "shape")!;
        if (size.Any(length => length == 0))
            return "(empty)";
        var text = tensor.GetType().GetMethods().Where(method => method.Name == "ToString" && method.GetParameters() is
        { Length: > 0 } all && all[0].ParameterType.FullName == "TorchSharp.TensorStringStyle")
            .MinBy(method => method.GetParameters().Length);
        if (text is null)
            return tensor.ToString() ?? "";
        var parameters = text.GetParameters();
        var arguments = parameters.Select(parameter => parameter.HasDefaultValue ? parameter.DefaultValue : null)
            .ToArray();
        arguments[0] = Enum.Parse(parameters[0].ParameterType, "Julia");
        var values = ((string)text.Invoke(tensor, arguments)!).ReplaceLineEndings("\n").TrimEnd();
        return Text.Cut(WithoutHeader(values), Limits.PlainText / 2);
    }

    /// <summary>TorchSharp heads the values with the corner's shape, which would read as the tensor's.</summary>
    private static string WithoutHeader(string values)
    {
        var end = values.IndexOf('\n');
        var header = end < 0 ? values : values[..end];
        if (!header.Contains(", type = ", StringComparison.Ordinal))
            return values;
        var value = header.IndexOf("value = ", StringComparison.Ordinal);
        return end >= 0 ? values[(end + 1)..] : value >= 0 ? header[value..] : "";
    }

    private static object? Get(object value, string name) => value.GetType().GetProperty(name)?.GetValue(value);
}
