namespace Gsr.Internals;

/// <summary>
/// SplitMix64 (Steele, Lea and Flood 2014): a generator whose streams of nearby seeds are unrelated and that costs
/// nothing to start, so that each image can have its own.
/// </summary>
internal sealed class SplitMix64 : Random
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private ulong _state;

    /// <summary>A stream of its own for each seed, kind of use and index.</summary>
    internal SplitMix64(int seed, int kind, int index)
        : base(0) => _state = Mix(Mix(Mix((uint)seed) + ((ulong)(uint)kind * Golden)) + ((ulong)(uint)index * Golden));

    /// <summary>Uniform in [0, 1), a multiple of 2⁻⁵³.</summary>
    public override double NextDouble()
    {
        _state += Golden;
        return (Mix(_state) >> 11) * (1.0 / (1UL << 53));
    }

    public override int Next(int maxValue) => (int)(NextDouble() * maxValue);

    protected override double Sample() => NextDouble();

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
