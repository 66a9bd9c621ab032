using System.Runtime.Intrinsics;

namespace Gsr.Training;

/// <summary>What is done number by number in a dense step; lengths are multiples of 16.</summary>
internal static unsafe class Activations
{
    private const float Slope = 0.2f;

    // One loop for each function: a choice within it would cost more than the arithmetic.
    private interface IFunction
    {
        static abstract Vector512<float> Of(Vector512<float> x);

        /// <summary>The derivative, from the function's value.</summary>
        static abstract Vector512<float> Derivative(Vector512<float> value);
    }

    /// <summary>Replaces sums by the activation of them.</summary>
    public static void Apply(DenseActivation activation, float* x, int length)
    {
        switch (activation)
        {
            case DenseActivation.None: return;
            case DenseActivation.ReLU: Apply<ReLU>(x, length); return;
            case DenseActivation.LeakyReLU: Apply<LeakyReLU>(x, length); return;
            case DenseActivation.Sigmoid: Apply<Sigmoid>(x, length); return;
            default: Apply<Tanh>(x, length); return;
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
        switch (activation)
        {
            case DenseActivation.None: TimesDerivative<None>(values, gradient, biases, features, examples); return;
            case DenseActivation.ReLU: TimesDerivative<ReLU>(values, gradient, biases, features, examples); return;
            case DenseActivation.LeakyReLU:
                TimesDerivative<LeakyReLU>(values, gradient, biases, features, examples);
                return;
            case DenseActivation.Sigmoid:
                TimesDerivative<Sigmoid>(values, gradient, biases, features, examples);
                return;
            default: TimesDerivative<Tanh>(values, gradient, biases, features, examples); return;
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

    private static void Apply<T>(float* x, int length)
        where T : struct, IFunction
    {
        for (var i = 0; i < length; i += 16) T.Of(Vector512.Load(x + i)).Store(x + i);
    }

    private static void TimesDerivative<T>(float* values, float* gradient, float* biases, int features, int examples)
        where T : struct, IFunction
    {
        for (var feature = 0; feature < features; feature++)
        {
            var sum = Vector512<float>.Zero;
            for (var i = 0; i < examples; i += 16)
            {
                var at = ((nint)feature * examples) + i;
                var result = Vector512.Load(gradient + at) * T.Derivative(Vector512.Load(values + at));
                result.Store(gradient + at);
                sum += result;
            }

            biases[feature] += Vector512.Sum(sum);
        }
    }

    private static Vector512<float> Positive(Vector512<float> value, float otherwise) => Vector512.ConditionalSelect(
        Vector512.GreaterThan(value, Vector512<float>.Zero), Vector512<float>.One, Vector512.Create(otherwise));

    private readonly struct None : IFunction
    {
        public static Vector512<float> Of(Vector512<float> x) => x;

        public static Vector512<float> Derivative(Vector512<float> value) => Vector512<float>.One;
    }

    private readonly struct ReLU : IFunction
    {
        public static Vector512<float> Of(Vector512<float> x) => Vector512.Max(x, Vector512<float>.Zero);

        public static Vector512<float> Derivative(Vector512<float> value) => Positive(value, 0);
    }

    private readonly struct LeakyReLU : IFunction
    {
        public static Vector512<float> Of(Vector512<float> x) => Vector512.Max(x, x * Slope);

        public static Vector512<float> Derivative(Vector512<float> value) => Positive(value, Slope);
    }

    private readonly struct Sigmoid : IFunction
    {
        public static Vector512<float> Of(Vector512<float> x) =>
            Vector512<float>.One / (Vector512<float>.One + Vector512.Exp(-x));

        public static Vector512<float> Derivative(Vector512<float> value) => value * (Vector512<float>.One - value);
    }

    private readonly struct Tanh : IFunction
    {
        // From the side where the exponential does not overflow.
        public static Vector512<float> Of(Vector512<float> x)
        {
            var e = Vector512.Exp(Vector512.Abs(x) * -2f);
            return Vector512.CopySign((Vector512<float>.One - e) / (Vector512<float>.One + e), x);
        }

        public static Vector512<float> Derivative(Vector512<float> value) => Vector512<float>.One - (value * value);
    }
}
