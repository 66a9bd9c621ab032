using System.Collections;

namespace Gsr.Kernel.Display;

/// <summary>Reads a sequence that may fail midway: its items up to there, then the failure as one more.</summary>
internal static class Guarded
{
    internal static IEnumerable<object?> Items(IEnumerable sequence)
    {
        var failure = Try(sequence.GetEnumerator, out var enumerator);
        using var disposed = enumerator as IDisposable;
        while (failure is null)
        {
            failure = Try(enumerator!.MoveNext, out var more);
            if (failure is not null || !more)
                break;
            failure = Try(() => enumerator.Current, out var item);
            if (failure is null)
                yield return item;
        }
        if (failure is not null)
            yield return failure;
    }

    private static Members.Failure? Try<T>(Func<T> step, out T? result)
    {
        try
        {
            result = step();
            return null;
        }
        catch (Exception error)
        {
            result = default;
            return Members.Failure.Of(error);
        }
    }
}
