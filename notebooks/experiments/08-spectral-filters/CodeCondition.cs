using Gsr.Models;
using Gsr.Native;
using Gsr.Penalties;
using Gsr.Training;
using TorchSharp;

namespace Gsr.Experiments.SpectralFilters;

/// <summary>What gives an autoencoder's code its structure: a penalty, fixed atoms, or nothing.</summary>
/// <param name="Name">Names it in tables and pictures.</param>
/// <param name="Penalty">On the code; null for none.</param>
/// <param name="Alpha">Its weight.</param>
public sealed record CodeCondition(string Name, IActivationPenalty? Penalty = null, double Alpha = 0)
{
    /// <summary>
    /// Atoms [atoms, nodes] that the code is a softmax mixture of (<see cref="AtomAutoencoder"/>), then without a
    /// penalty and without noise; null for a free code.
    /// </summary>
    public double[,]? Atoms { get; init; }

    /// <summary>Trains an autoencoder on all of the data and measures it on them.</summary>
    public CodeRun Train(ManifoldData data, AutoencoderOptions shape, TrainingOptions options)
    {
        using var x = Tensors.Matrix(data.Values, data.Columns);
        if (Atoms is not null)
        {
            using var mixture = new AtomAutoencoder(shape with { CodeNoise = 0 }, Atoms);
            new Trainer(mixture, mixture.Objective).Fit([x], options);
            return Measured(mixture, mixture.Encode) with { Weights = Inference.Run(mixture.Weights, x) };
        }
        using var model = new Autoencoder(shape);
        using var regularizer = new Regularizer();
        if (Penalty is not null) regularizer.Add(model.CodeLayer, Penalty, Alpha);
        new Trainer(model, model.Objective, regularizer).Fit([x], options);
        return Measured(model, model.Encode);

        CodeRun Measured(torch.nn.Module<torch.Tensor, torch.Tensor> trained, Func<torch.Tensor, torch.Tensor> encode)
        {
            trained.eval();
            using var scope = torch.NewDisposeScope();
            using var noGradient = torch.no_grad();
            var error = torch.nn.functional.mse_loss(trained.call(x), x).Value();
            return new CodeRun(data.Positions, Inference.Run(encode, x), error);
        }
    }
}
