using Gsr.Penalties;
using TorchSharp;
using static TorchSharp.torch.nn;

namespace Gsr.Training;

/// <summary>
/// A training step of a dense model without libtorch: forward, backward, penalties and their gradients, in single
/// precision on one thread. At the paper's batch of 32 a step by libtorch is mostly calls; this is arithmetic alone.
/// </summary>
/// <remarks>
/// A batch is taken in chunks of up to 128 examples. Activations lie feature by feature, a feature's examples in a row,
/// so that a weight multiplies a vector of examples; for the weights' gradient they lie example by
/// example as well. Gradients are added to the optimiser's flat buffer. Examples that a chunk lacks are zeros without
/// gradient.
/// </remarks>
internal sealed unsafe class DenseStep : IDisposable
{
    /// <summary>Above it libtorch's threads share a batch; here it is one thread's.</summary>
    public const int LargestBatch = 128;

    // Weights and gradients pass through the caches once for each chunk, its activations several times.
    private const int LargestChunk = 128;
    private const int ZerosLookedAt = 1 << 16;

    private readonly int _chunk;
    private readonly DenseModel _model;
    private readonly DenseLayer[] _layers;
    private readonly FlatAdam _adam;
    private readonly torch.Tensor[] _examples;
    private readonly AttachedPenalty[] _penalties;
    private readonly int _member;
    private readonly Scalar _kept;
    private readonly torch.Tensor?[] _drawn;
    private readonly int[] _weightAt;
    private readonly int[] _biasAt;
    private readonly SampledCode? _code;
    private readonly bool _skipsZeros;
    private double _divergence;

    // By layer, of layer 0 the examples: features x chunk, chunk x padded features, and the gradient of the former.
    private readonly nint[] _values;
    private readonly nint[] _turned;
    private readonly nint[] _gradients;

    private DenseStep(
        DenseModel model, FlatAdam adam, IReadOnlyList<torch.Tensor> examples, int chunk, AlignedFloats memory,
        int member, IEnumerable<AttachedPenalty> penalties)
    {
        (_model, _layers, _adam, _examples) = (model, [.. model.Layers], adam, [.. examples]);
        (_chunk, _member, _penalties) = (chunk, member, [.. penalties]);
        (_drawn, _kept) = (new torch.Tensor?[_layers.Length], 1 / (1 - model.Dropout));
        var widths = Widths(model);
        (_values, _turned, _gradients) = (new nint[widths.Length], new nint[widths.Length], new nint[widths.Length]);
        memory.Restart();
        for (var i = 0; i < widths.Length; i++)
        {
            _values[i] = (nint)memory.Take(Padded(widths[i]) * chunk);
            _turned[i] = (nint)memory.Take(Padded(widths[i]) * chunk);
            _gradients[i] = (nint)memory.Take(Padded(widths[i]) * chunk);
        }

        _skipsZeros = AreMostlyZero(examples[0]);
        _code = model.LogVariance is null ? null : new SampledCode(model, adam, memory, chunk);
        _weightAt = Array.ConvertAll(
            _layers, layer => adam.StartOf(layer.Weight) + (member * layer.Inputs * layer.Outputs));
        _biasAt = Array.ConvertAll(_layers, layer => adam.StartOf(layer.Bias) + (member * layer.Outputs));
    }

    /// <summary>The step for a model, or null where its objective, its penalties or its examples are others.</summary>
    public static FusedStep? For(
        Module model, Objective objective, Regularizer? regularizer, FlatAdam? adam,
        IReadOnlyList<torch.Tensor> examples, int batchSize)
    {
        if (Model(model, objective, regularizer) is not { } dense) return null;
        return For(dense, adam, examples, batchSize, [0], (_, chunk) => (regularizer?.Attachments ?? []).Select(
            attachment => new AttachedPenalty(
                attachment.Name, dense.Layers.Index().First(layer => layer.Item.Block == attachment.Layers[0]).Index,
                (IKnownGradient)attachment.Penalty, attachment.Weight.At, chunk)));
    }

    /// <summary>The steps of the members of a dense model, or null where the examples or the parameters are others.</summary>
    /// <param name="dense">The model.</param>
    /// <param name="adam">Its optimiser.</param>
    /// <param name="examples">All examples.</param>
    /// <param name="batchSize">Of each member.</param>
    /// <param name="members">Their numbers; 0 alone for a model that is no ensemble.</param>
    /// <param name="penalties">From a member and the examples of a chunk its penalties.</param>
    public static FusedStep? For(
        DenseModel dense, FlatAdam? adam, IReadOnlyList<torch.Tensor> examples, int batchSize,
        IReadOnlyList<int> members, Func<int, int, IEnumerable<AttachedPenalty>> penalties)
    {
        if (adam is null || !Suits(dense, examples)
            || !dense.AllLayers.All(layer => layer.Weight.dtype == torch.ScalarType.Float32
                && adam.StartOf(layer.Weight) >= 0 && adam.StartOf(layer.Bias) >= 0))
            return null;
        var chunk = Math.Min(Padded(batchSize), LargestChunk);
        // Members that run one after another share their memory, which stays in cache.
        var parts = Math.Min(members.Count, torch.get_num_threads());
        var memory = Enumerable.Range(0, parts)
            .Select(_ => new AlignedFloats(
                chunk * (Widths(dense).Sum(width => 3L * Padded(width)) + SampledCode.Memory(dense)))).ToArray();
        var steps = members.Select((member, i) => new DenseStep(
            dense, adam, examples, chunk, memory[i % parts], member, penalties(member, chunk)));
        return new FusedStep(dense.LossName, [.. steps], memory);
    }

    /// <summary>The model as a dense one with this objective and these penalties; null where it is none.</summary>
    public static DenseModel? Model(Module model, Objective objective, Regularizer? regularizer) =>
        model is IDenseModel own && own.Objective == objective && own.Dense is { } dense
            && (regularizer?.Attachments ?? []).All(attachment => attachment.Penalty is IKnownGradient
                && attachment.Layers is [var layer] && dense.Layers.Any(own => own.Block == layer))
            && !ForwardHooks.AreOn(model)
            ? dense : null;

    /// <summary>Values and gradients of one batch, given by the examples' indices; the gradients are added up.</summary>
    public (double Loss, IReadOnlyList<FusedTerm> Penalties) Run(long step, ReadOnlySpan<long> batch)
    {
        foreach (var penalty in _penalties) penalty.BeginStep(step);
        double loss = 0;
        _divergence = 0;
        Draw(batch.Length);
        fixed (byte* examples = _examples[0].bytes)
        fixed (float* gradients = _adam.Gradients(), parameters = _adam.Parameters())
        {
            for (var from = 0; from < batch.Length; from += _chunk)
            {
                var chunk = batch.Slice(from, Math.Min(_chunk, batch.Length - from));
                Gather((float*)examples, chunk);
                Forward(parameters, chunk.Length, from);
                loss += _model.Loss == DenseLoss.Reconstruction
                    ? Reconstruction(chunk.Length, batch.Length) : CrossEntropy(chunk, batch.Length);
                Backward(parameters, gradients, from, chunk.Length, batch.Length);
            }
        }

        var penalties = _penalties.Where(penalty => penalty.Weight > 0)
            .Select(penalty => new FusedTerm(penalty.Name, penalty.Value, penalty.Weight));
        return (loss, _code is null ? [.. penalties]
            : [new FusedTerm("divergence", _divergence / batch.Length, 1), .. penalties]);
    }

    public void Dispose()
    {
        foreach (var penalty in _penalties) penalty.Dispose();
        foreach (var drawn in _drawn) drawn?.Dispose();
    }

    private static bool Suits(DenseModel model, IReadOnlyList<torch.Tensor> examples) =>
        examples is [var first, ..] && first.dtype == torch.ScalarType.Float32 && first.is_contiguous()
            && first.device_type == DeviceType.CPU && first.numel() == first.shape[0] * model.Layers[0].Inputs
            && (model.Loss == DenseLoss.Reconstruction
                ? first.dim() == 2
                : examples is [_, var labels, ..] && labels.dtype == torch.ScalarType.Int64 && labels.dim() == 1
                    && labels.is_contiguous());

    // Images are, outside of what they show; a look at the first ones is enough.
    private static bool AreMostlyZero(torch.Tensor examples)
    {
        var sample = Math.Min(examples.numel(), ZerosLookedAt);
        fixed (byte* numbers = examples.bytes)
            return new ReadOnlySpan<float>((float*)numbers, (int)sample).Count(0f) > sample / 2;
    }

    private static int[] Widths(DenseModel model) =>
        [model.Layers[0].Inputs, .. model.Layers.Select(layer => layer.Outputs)];

    private static int Padded(int width) =>
        (width + MatrixProduct.Padding - 1) / MatrixProduct.Padding * MatrixProduct.Padding;

    private static int PaddedTo4(int width) => (width + 3) & ~3;

    // From output to output and from input to input of a layer's weights.
    private static int RowStride(DenseLayer layer) => layer.IsStacked ? 1 : layer.Inputs;

    private static int DepthStride(DenseLayer layer) => layer.IsStacked ? layer.Outputs : 1;

    private void Gather(float* examples, ReadOnlySpan<long> chunk)
    {
        var width = _layers[0].Inputs;
        var stride = Padded(width);
        var rows = Turned(0);
        for (var i = 0; i < _chunk; i++)
        {
            var row = new Span<float>(rows + ((nint)i * stride), width);
            if (i < chunk.Length) new ReadOnlySpan<float>(examples + ((nint)chunk[i] * width), width).CopyTo(row);
            else row.Clear();
        }

        Turning.Turn(rows, stride, Values(0), _chunk, _chunk, width);
    }

    private void Forward(float* parameters, int count, int from)
    {
        for (var i = 0; i < _layers.Length; i++)
        {
            var layer = _layers[i];
            var output = Values(i + 1);
            MatrixProduct.Multiply(
                parameters + _weightAt[i], RowStride(layer), DepthStride(layer), Input(i), _chunk, output, _chunk,
                layer.Outputs, _chunk, layer.Inputs, parameters + _biasAt[i], accumulate: false,
                skipsZeros: _skipsZeros && i == 0);
            Activations.Apply(layer.Activation, output, layer.Outputs * _chunk);
            if (i == _layers.Length - 1) continue;
            var stride = Padded(layer.Outputs);
            var next = Turned(i + 1);
            Turning.Turn(output, _chunk, next, stride, PaddedTo4(layer.Outputs), _chunk);
            foreach (var penalty in _penalties) penalty.Evaluate(i, next, stride, count, layer.Outputs);
            if (IsDisturbed(i)) Disturb(i, parameters, from, count);
        }
    }

    // The layer itself keeps what a penalty saw and the derivative needs; the next one reads the sum.
    private void Disturb(int layer, float* parameters, int from, int count)
    {
        var (width, stride) = (_layers[layer].Outputs, Padded(_layers[layer].Outputs));
        float* rows = Turned(layer + 1), random = Drawn(layer, from);
        if (_code is null) AddNoise(rows, stride, random, count, width);
        else _divergence += _code.Draw(parameters, Input(layer), Values(layer + 1), rows, stride, random, count);
        Turning.Turn(rows, stride, Gradients(layer + 1), _chunk, _chunk, width);
    }

    private void AddNoise(float* rows, int stride, float* random, int count, int width)
    {
        var scale = (float)_model.Noise;
        for (nint i = 0; i < count; i++)
        {
            for (var j = 0; j < width; j++)
            {
                var value = random[(i * width) + j];
                if (_model.Dropout > 0) rows[(i * stride) + j] *= value;
                else rows[(i * stride) + j] += scale * value;
            }
        }
    }

    // What is disturbed lies where its gradient will be: it is read before that is there.
    private float* Input(int layer) => IsDisturbed(layer - 1) ? Gradients(layer) : Values(layer);

    private bool IsDisturbed(int layer) => layer >= 0
        && (layer == _model.NoisyLayer || (_model.Dropout > 0 && layer < _layers.Length - 1));

    // For the whole batch and in the order of the layers, as the model itself draws them.
    private void Draw(int examples)
    {
        for (var i = 0; i < _layers.Length; i++)
        {
            if (!IsDisturbed(i)) continue;
            _drawn[i]?.Dispose();
            using var scope = torch.NewDisposeScope();
            var random = _model.Random[_member];
            var drawn = _model.Dropout > 0
                ? torch.empty(examples, _layers[i].Outputs).bernoulli_(1 - _model.Dropout, random).mul_(_kept)
                : torch.randn(examples, _layers[i].Outputs, generator: random);
            _drawn[i] = drawn.DetachFromDisposeScope();
        }
    }

    // Native memory, which stays where it is.
    private float* Drawn(int layer, int from)
    {
        fixed (byte* numbers = _drawn[layer]!.bytes) return (float*)numbers + ((nint)from * _layers[layer].Outputs);
    }

    private float* Values(int i) => (float*)_values[i];

    private float* Turned(int i) => (float*)_turned[i];

    private float* Gradients(int i) => (float*)_gradients[i];

    private double Reconstruction(int count, int batch)
    {
        var width = _layers[0].Inputs;
        float* output = Values(_layers.Length), target = Values(0), gradient = Gradients(_layers.Length);
        var scale = (float)(2.0 / ((double)batch * width));
        double sum = 0;
        for (var i = 0; i < width; i++)
        {
            var at = (nint)i * _chunk;
            sum += Activations.SquaredError(output + at, target + at, gradient + at, scale, count, _chunk);
        }

        return sum / ((double)batch * width);
    }

    private double CrossEntropy(ReadOnlySpan<long> chunk, int batch)
    {
        var classes = _layers[^1].Outputs;
        float* scores = Values(_layers.Length), gradient = Gradients(_layers.Length);
        new Span<float>(gradient, classes * _chunk).Clear();
        double sum = 0;
        fixed (byte* bytes = _examples[1].bytes)
        {
            for (var i = 0; i < chunk.Length; i++)
            {
                var label = ((long*)bytes)[chunk[i]];
                if (label < 0 || label >= classes)
                    throw new ArgumentException($"Example {chunk[i]} has the label {label} of {classes} classes.");
                double most = scores[i], total = 0;
                for (var c = 1; c < classes; c++) most = Math.Max(most, scores[(c * _chunk) + i]);
                for (var c = 0; c < classes; c++) total += Math.Exp(scores[(c * _chunk) + i] - most);
                sum += most + Math.Log(total) - scores[((int)label * _chunk) + i];
                for (var c = 0; c < classes; c++)
                {
                    var share = Math.Exp(scores[(c * _chunk) + i] - most) / total;
                    gradient[(c * _chunk) + i] = (float)((share - (c == label ? 1 : 0)) / batch);
                }
            }
        }

        return sum / batch;
    }

    private void Backward(float* parameters, float* gradients, int from, int count, int batch)
    {
        for (var i = _layers.Length - 1; i >= 0; i--)
        {
            var layer = _layers[i];
            var gradient = Gradients(i + 1);
            var code = i == _model.NoisyLayer ? _code : null;
            code?.Turn(gradient, Values(i + 1), Drawn(i, from), count, batch);
            foreach (var penalty in _penalties) penalty.AddGradient(i, gradient, count, batch, layer.Outputs);
            Activations.TimesDerivative(
                layer.Activation, Values(i + 1), gradient, gradients + _biasAt[i], layer.Outputs, _chunk);
            WeightGradient(i, gradient, gradients + _weightAt[i]);
            if (i == 0) continue;
            MatrixProduct.Multiply(
                parameters + _weightAt[i], DepthStride(layer), RowStride(layer), gradient, _chunk, Gradients(i), _chunk,
                layer.Inputs, _chunk, layer.Outputs, null, accumulate: false);
            code?.AddGradients(parameters, gradients, Turned(i), Padded(layer.Inputs), Gradients(i));
            if (_model.Dropout > 0) Drop(i - 1, from, count);
        }
    }

    private void Drop(int layer, int from, int count)
    {
        var width = _layers[layer].Outputs;
        float* gradient = Gradients(layer + 1), kept = Drawn(layer, from);
        for (nint j = 0; j < width; j++)
            for (nint i = 0; i < count; i++) gradient[(j * _chunk) + i] *= kept[(i * width) + j];
    }

    // Of a layer alone the sum over examples of gradient times input, [outputs, inputs]; of a stacked one the other way
    // round, for which the gradient lies example by example.
    private void WeightGradient(int i, float* gradient, float* to)
    {
        var (inputs, outputs) = (_layers[i].Inputs, _layers[i].Outputs);
        if (!_layers[i].IsStacked)
        {
            MatrixProduct.Multiply(
                gradient, _chunk, 1, Turned(i), Padded(inputs), to, inputs, outputs, inputs, _chunk, null, true,
                skipsZeros: _skipsZeros && i == 0);
            return;
        }

        var stride = Padded(outputs);
        Turning.Turn(gradient, _chunk, Turned(i + 1), stride, PaddedTo4(outputs), _chunk);
        MatrixProduct.Multiply(
            Input(i), _chunk, 1, Turned(i + 1), stride, to, outputs, inputs, outputs, _chunk, null, true);
    }
}
