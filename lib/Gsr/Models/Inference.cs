using Gsr.Native;
using TorchSharp;

namespace Gsr.Models;

/// <summary>Runs a trained model over many examples in batches, without gradients, into plain arrays.</summary>
public static class Inference
{
    /// <summary>
    /// Applies a function of a model, such as <c>model.Encode</c>, to all examples [n, …]; returns [n, nodes], what
    /// follows the batch flattened. 128 examples at once by default: a convolution's activations for 1,000 images no
    /// longer fit the cache.
    /// </summary>
    public static double[,] Run(Func<torch.Tensor, torch.Tensor> function, torch.Tensor examples, int batchSize = 128)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        var count = examples.shape[0];
        if (count == 0) throw new ArgumentException("There is no example to run the model on.", nameof(examples));
        using var noGradient = torch.no_grad();
        double[,]? all = null;
        for (long start = 0; start < count; start += batchSize)
        {
            using var scope = torch.NewDisposeScope();
            var size = Math.Min(batchSize, count - start);
            var result = function(examples.narrow(0, start, size)).to(torch.float64).cpu().reshape(size, -1);
            var nodes = (int)result.shape[1];
            all ??= new double[count, nodes];
            result.CopyTo(all.Numbers()[checked((int)start * nodes)..]);
        }

        return all!;
    }

    /// <summary>
    /// The class of highest score of each example, from scores [batch, classes], such as a classifier's <c>call</c>.
    /// </summary>
    public static int[] Classify(Func<torch.Tensor, torch.Tensor> scores, torch.Tensor examples, int batchSize = 128)
    {
        var all = Run(scores, examples, batchSize);
        var classes = new int[all.GetLength(0)];
        for (var i = 0; i < classes.Length; i++)
        {
            for (var c = 1; c < all.GetLength(1); c++)
                if (all[i, c] > all[i, classes[i]]) classes[i] = c;
        }

        return classes;
    }

    /// <summary>The share of predictions that equal the labels, in percent.</summary>
    public static double AccuracyPercent(ReadOnlySpan<int> predictions, ReadOnlySpan<byte> labels)
    {
        if (predictions.Length != labels.Length || labels.IsEmpty)
        {
            throw new ArgumentException(
                $"There are {predictions.Length} predictions for {labels.Length} labels.", nameof(predictions));
        }
        var right = 0;
        for (var i = 0; i < labels.Length; i++)
            if (predictions[i] == labels[i]) right++;
        return 100.0 * right / labels.Length;
    }
}
