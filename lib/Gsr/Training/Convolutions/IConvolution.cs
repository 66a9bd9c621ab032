namespace Gsr.Training;

/// <summary>A way to compute a convolution; images and their gradients have the channels last.</summary>
/// <remarks>
/// Weights are given and their gradients returned as [channels · kernel², outputs], an output's filter in a column.
/// </remarks>
internal unsafe interface IConvolution : IDisposable
{
    /// <summary>Floats of a share of the weights' gradient.</summary>
    int ShareLength { get; }

    /// <summary>Computes the output of some images.</summary>
    void Forward(float* input, SquareOutput output, int start, int end);

    /// <summary>
    /// Writes the share of some images, one at least, of the weights' gradient, and the gradient of these images, if
    /// there is a place for it.
    /// </summary>
    void Backward(float* input, SquareOutput output, float* share, float* inputGradient, int start, int end);

    /// <summary>Makes the weights' gradient of the sum of all shares.</summary>
    void WeightGradient(float* sum, float* gradient);
}
