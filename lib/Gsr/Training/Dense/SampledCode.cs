namespace Gsr.Training;

/// <summary>
/// A β-VAE's code in a dense step, z = μ + ε exp(s / 2) with ε of a normal distribution: the means μ are a layer's
/// values, the logarithms of the variances s those of a second layer on the same input.
/// </summary>
/// <remarks>
/// All lies feature by feature but what comes from outside, means in rows and ε, example by example.
/// </remarks>
internal sealed unsafe class SampledCode
{
    private readonly DenseLayer _layer;
    private readonly double _weight;
    private readonly int _chunk;
    private readonly int _weightAt;
    private readonly int _biasAt;

    // First s, then the gradient of s.
    private readonly nint _logVariance;
    private readonly nint _deviation;

    /// <summary>Makes it for a model that has such a layer.</summary>
    public SampledCode(DenseModel model, FlatAdam adam, AlignedFloats memory, int chunk)
    {
        (_layer, _weight, _chunk) = (model.LogVariance!, model.DivergenceWeight, chunk);
        (_weightAt, _biasAt) = (adam.StartOf(_layer.Weight), adam.StartOf(_layer.Bias));
        _logVariance = (nint)memory.Take(_layer.Outputs * chunk);
        _deviation = (nint)memory.Take(_layer.Outputs * chunk);
    }

    /// <summary>Floats of memory that it takes for each example of a chunk.</summary>
    public static long Memory(DenseModel model) => 2L * (model.LogVariance?.Outputs ?? 0);

    /// <summary>Replaces the means in rows by drawn codes; the sum over examples of their weighted divergence.</summary>
    /// <param name="parameters">The model's.</param>
    /// <param name="input">Of both layers, [inputs, chunk].</param>
    /// <param name="means">[outputs, chunk].</param>
    /// <param name="rows">The means, [examples, stride].</param>
    /// <param name="stride">Floats from row to row.</param>
    /// <param name="random">ε, [examples, outputs].</param>
    /// <param name="count">Examples.</param>
    public double Draw(
        float* parameters, float* input, float* means, float* rows, int stride, float* random, int count)
    {
        float* logVariance = (float*)_logVariance, deviation = (float*)_deviation;
        var width = _layer.Outputs;
        MatrixProduct.Multiply(
            parameters + _weightAt, _layer.Inputs, 1, input, _chunk, logVariance, _chunk,
            width, _chunk, _layer.Inputs, parameters + _biasAt, accumulate: false);
        double sum = 0;
        for (nint j = 0; j < width; j++)
        {
            for (nint i = 0; i < count; i++)
            {
                var at = (j * _chunk) + i;
                var of = deviation[at] = MathF.Exp(logVariance[at] / 2);
                sum += (means[at] * means[at]) + (of * of) - logVariance[at] - 1;
                rows[(i * stride) + j] += random[(i * width) + j] * of;
            }
        }

        return _weight * sum / 2;
    }

    /// <summary>
    /// From the gradient of the codes that of s, which is kept, and of the means, which replaces it; each with the
    /// divergence's, mean over the batch.
    /// </summary>
    /// <param name="gradient">[outputs, chunk].</param>
    /// <param name="means">[outputs, chunk].</param>
    /// <param name="random">ε, [examples, outputs].</param>
    /// <param name="count">Examples.</param>
    /// <param name="batch">Examples of the whole batch.</param>
    public void Turn(float* gradient, float* means, float* random, int count, int batch)
    {
        float* ofLogVariance = (float*)_logVariance, deviation = (float*)_deviation;
        var width = _layer.Outputs;
        var scale = (float)(_weight / batch);
        for (nint j = 0; j < width; j++)
        {
            for (nint i = 0; i < count; i++)
            {
                var at = (j * _chunk) + i;
                var of = deviation[at];
                ofLogVariance[at] =
                    ((gradient[at] * random[(i * width) + j] * of) + (scale * ((of * of) - 1))) / 2;
                gradient[at] += scale * means[at];
            }

            // Examples that are not there.
            new Span<float>(ofLogVariance + (j * _chunk) + count, _chunk - count).Clear();
        }
    }

    /// <summary>Adds the gradients of the layer of s, and what it adds to its input's.</summary>
    /// <param name="parameters">The model's.</param>
    /// <param name="gradients">Of the parameters.</param>
    /// <param name="rows">The input, [chunk, stride].</param>
    /// <param name="stride">Floats from row to row.</param>
    /// <param name="inputGradient">[inputs, chunk].</param>
    public void AddGradients(float* parameters, float* gradients, float* rows, int stride, float* inputGradient)
    {
        var (inputs, outputs) = (_layer.Inputs, _layer.Outputs);
        var gradient = (float*)_logVariance;
        Activations.TimesDerivative(DenseActivation.None, gradient, gradient, gradients + _biasAt, outputs, _chunk);
        MatrixProduct.Multiply(
            gradient, _chunk, 1, rows, stride, gradients + _weightAt, inputs, outputs, inputs, _chunk, null, true);
        MatrixProduct.Multiply(
            parameters + _weightAt, 1, inputs, gradient, _chunk, inputGradient, _chunk,
            inputs, _chunk, outputs, null, accumulate: true);
    }
}
