namespace Gsr.Experiments;

/// <summary>An n-dimensional array as an IDX file holds it: elements in row-major order, in this machine's byte order.</summary>
public sealed class IdxArray
{
    private readonly int[] _shape;

    internal IdxArray(IdxType type, int[] shape, Array values)
    {
        Type = type;
        _shape = shape;
        Values = values;
    }

    /// <summary>The element type.</summary>
    public IdxType Type { get; }

    /// <summary>The length of each dimension, the slowest first: [60000, 28, 28] for MNIST's training images.</summary>
    public IReadOnlyList<int> Shape => _shape;

    /// <summary>Number of elements: the product of <see cref="Shape"/>.</summary>
    public int Count => Values.Length;

    /// <summary>The elements: a byte[], sbyte[], short[], int[], float[] or double[], by <see cref="Type"/>; not a copy.</summary>
    public Array Values { get; }

    /// <summary>The elements as an array of their own type; not a copy.</summary>
    /// <typeparam name="T">The type that belongs to <see cref="Type"/>; no conversion is made.</typeparam>
    /// <exception cref="InvalidOperationException"><typeparamref name="T"/> is not the elements' type.</exception>
    // GetType, not a cast: the runtime would let a byte[] pass for an sbyte[].
    public T[] As<T>() where T : unmanaged => Values.GetType() == typeof(T[])
        ? (T[])Values
        : throw new InvalidOperationException($"This array holds {Type}, not {typeof(T).Name}; ask for its own type.");

    /// <summary>For example "idx UInt8 60000x28x28".</summary>
    public override string ToString() => $"idx {Type} {string.Join('x', _shape)}";
}
