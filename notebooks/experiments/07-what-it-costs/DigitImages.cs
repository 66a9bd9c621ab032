using Gsr.Analysis.Metrics;
using Gsr.Models;
using Gsr.Training;
using TorchSharp;

namespace Gsr.Experiments.Costs;

/// <summary>Images to train on, others that are not seen, and what a network makes of both.</summary>
public sealed class DigitImages
{
    /// <summary>Of what was trained on, so many are enough to measure.</summary>
    private const int MostSeen = 20_000;

    /// <summary>So many codes are enough for a mean smoothness.</summary>
    private const int MostCodes = 2_000;

    private readonly torch.Tensor _others;
    private readonly byte[] _labels;
    private readonly byte[] _otherLabels;

    /// <summary>Takes images to train on and others.</summary>
    /// <param name="train">To train on.</param>
    /// <param name="others">To judge by.</param>
    /// <param name="low">What a black pixel is; a white one is 1.</param>
    public DigitImages(ImageDataSet train, ImageDataSet others, float low = 0)
    {
        Examples = [Tensors.Matrix(train.ToFloats(low), train.Height * train.Width), Tensors.Labels(train.Labels)];
        _others = Tensors.Matrix(others.ToFloats(low), others.Height * others.Width);
        (_labels, _otherLabels) = (train.Labels, others.Labels);
    }

    /// <summary>Pixels [n, 784] and labels [n] to train on.</summary>
    public torch.Tensor[] Examples { get; }

    /// <summary>Accuracy in percent on (20,000 of) the images trained on, and on the others.</summary>
    public (double Train, double Test) Accuracy(DenseClassifier network)
    {
        double On(torch.Tensor pixels, byte[] labels) =>
            Inference.AccuracyPercent(Inference.Classify(network.call, pixels), labels);
        var seen = Math.Min(_labels.Length, MostSeen);
        return (On(Examples[0].narrow(0, 0, seen), _labels[..seen]), On(_others, _otherLabels));
    }

    /// <summary>Mean activation of each neuron of the last hidden layer, columns, by class, over the others.</summary>
    public double[,] ClassMaps(DenseClassifier network) => ClassMeans.Of(
        Inference.Run(network.LastHidden, _others), Array.ConvertAll(_otherLabels, label => (int)label),
        ImageDataSet.Classes);

    /// <summary>Mean squared error on (20,000 of) the images trained on, and on the others.</summary>
    public (double Train, double Test) Error(Autoencoder network)
    {
        double On(torch.Tensor pixels) => Inference.Run(network.Errors, pixels).Cast<double>().Average();
        return (On(Examples[0].narrow(0, 0, Math.Min(_labels.Length, MostSeen))), On(_others));
    }

    /// <summary>Codes of (2,000 of) the others, [n, code].</summary>
    public double[,] Codes(Autoencoder network) =>
        Inference.Run(network.Encode, _others.narrow(0, 0, Math.Min(_otherLabels.Length, MostCodes)));
}
