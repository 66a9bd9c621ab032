using System.Runtime.InteropServices;

namespace Gsr.Training;

/// <summary>Memory of floats, each piece aligned for vectors.</summary>
internal sealed unsafe class AlignedFloats : IDisposable
{
    private const int Alignment = 64;
    private float* _start;
    private float* _next;

    /// <summary>Takes memory, which is zero at first unless it is written before it is read.</summary>
    public AlignedFloats(long count, bool isCleared = true)
    {
        _start = _next = (float*)NativeMemory.AlignedAlloc((nuint)(count * sizeof(float)), Alignment);
        if (isCleared) NativeMemory.Clear(_start, (nuint)(count * sizeof(float)));
    }

    ~AlignedFloats() => Free();

    /// <summary>Where the first piece begins.</summary>
    public float* Start => _start;

    /// <summary>From the first piece on again.</summary>
    public void Restart() => _next = _start;

    /// <summary>The next piece, of a multiple of 16 floats.</summary>
    public float* Take(int count)
    {
        var taken = _next;
        _next += count;
        return taken;
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_start);
        _start = null;
    }
}
