using TorchSharp;

namespace Gsr.Native;

/// <summary>Tensors as plain matrices.</summary>
internal static class TensorMatrix
{
    /// <summary>The values of a Float64 tensor of two dimensions on the CPU.</summary>
    public static double[,] ToMatrix(this torch.Tensor tensor)
    {
        var flat = tensor.contiguous().data<double>().ToArray();
        var matrix = new double[tensor.shape[0], tensor.shape[1]];
        Buffer.BlockCopy(flat, 0, matrix, 0, flat.Length * sizeof(double));
        return matrix;
    }
}
