using System.Runtime.Intrinsics;

namespace Gsr.Training;

/// <summary>What is done number by number in a dense step; lengths are multiples of 16.</summary>
internal static unsafe class Activations
{
    private const float Slope = 0.2f;

    /// <summary>Replaces sums by the activation of them.</summary>
    public static void Apply(DenseActivation activation, float* x, int length)
    {
        if (activation == DenseActivation.None) return;
        for (var i = 0; i < length; i += 16)
        {
            var value = Vector512.Load(x + i);
            var result = activation switch
            {
                DenseActivation.ReLU => Vector512.Max(value, Vector512<float>.Zero),
                DenseActivation.LeakyReLU => Vector512.Max(value, value * Slope),
                DenseActivation.Sigmoid => Vector512<float>.One / (Vector512<float>.One + Vector512.Exp(-value)),
                // From the side where the exponential does not overflow.
                _ => Tanh(value),
            };
            result.Store(x + i);
        }
    }

    /// <summary>
    /// Multiplies the gradient of the values by the activation's derivative, and adds its sums over examples to the
    /// gradient of the biases.
    /// </summary>
    /// <param name="activation">Whose derivative is taken, from its values.</param>
    /// <param name="values">[features, examples].</param>
    /// <param name="gradient">The same.</param>
    /// <param name="biases">[features].</param>
    /// <param name="features">Rows.</param>
    /// <param name="examples">A multiple of 16.</param>
    public static void TimesDerivative(
        DenseActivation activation, float* values, float* gradient, float* biases, int features, int examples)
    {
        for (var feature = 0; feature < features; feature++)
        {
            var sum = Vector512<float>.Zero;
            for (var i = 0; i < examples; i += 16)
            {
                var at = ((nint)feature * examples) + i;
                var result = Vector512.Load(gradient + at) * Derivative(activation, Vector512.Load(values + at));
                result.Store(gradient + at);
                sum += result;
            }

            biases[feature] += Vector512.Sum(sum);
        }
    }

    /// <summary>Σ (output - target)² over the first examples, and scale · (output - target) as the gradient.</summary>
    public static double SquaredError(
        float* output, float* target, float* gradient, float scale, int count, int examples)
    {
        var sum = Vector512<float>.Zero;
        for (var i = 0; i < examples; i += 16)
        {
            var difference = Vector512.Load(output + i) - Vector512.Load(target + i);
            // Lanes of examples that are not there.
            if (i + 16 > count)
                difference &= Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count - i)).AsSingle();
            sum += difference * difference;
            (difference * scale).Store(gradient + i);
        }

        return Vector512.Sum(sum);
    }

    private static Vector512<float> Derivative(DenseActivation activation, Vector512<float> value) => activation switch
    {
        DenseActivation.None => Vector512<float>.One,
        DenseActivation.ReLU => Vector512.ConditionalSelect(
            Vector512.GreaterThan(value, Vector512<float>.Zero), Vector512<float>.One, Vector512<float>.Zero),
        DenseActivation.LeakyReLU => Vector512.ConditionalSelect(
            Vector512.GreaterThan(value, Vector512<float>.Zero), Vector512<float>.One, Vector512.Create(Slope)),
        DenseActivation.Sigmoid => value * (Vector512<float>.One - value),
        _ => Vector512<float>.One - (value * value),
    };

    private static Vector512<float> Tanh(Vector512<float> value)
    {
        var e = Vector512.Exp(Vector512.Abs(value) * -2f);
        var size = (Vector512<float>.One - e) / (Vector512<float>.One + e);
        return Vector512.CopySign(size, value);
    }
}
