namespace Gsr.Experiments;

/// <summary>MNIST, or its stand-in.</summary>
public sealed record MnistData
{
    /// <summary>The images to train on: 60,000.</summary>
    public required ImageDataSet Train { get; init; }

    /// <summary>The images to test on: 10,000.</summary>
    public required ImageDataSet Test { get; init; }

    /// <summary>Where the data came from. Show it: a stand-in must not pass for MNIST.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>True where the images were generated.</summary>
    public bool IsStandIn => Provenance.IsStandIn;
}
