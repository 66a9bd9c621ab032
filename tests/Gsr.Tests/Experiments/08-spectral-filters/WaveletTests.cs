using Gsr.Experiments.SpectralFilters;
using Gsr.Graphs;
using Gsr.Tests.Graphs;
using Gsr.Tests.Graphs.Filters;

namespace Gsr.Tests.Experiments.SpectralFilters;

public sealed class WaveletTests
{
    [Fact]
    public void Squared_kernels_sum_to_one_everywhere()
    {
        var spectrum = FeatureGraph.Ring(20).Laplacian().Spectrum();
        for (var scales = 1; scales <= 6; scales++)
        {
            var wavelets = new MeyerWavelets(spectrum, 7.3, scales);
            Assert.Equal(scales + 1, wavelets.Kernels.Count);
            for (var i = 0; i <= 5000; i++) Assert.Equal(1, wavelets.FrameSum(7.3 * i / 5000), 1e-12);
        }
    }

    [Fact]
    public void Coefficients_are_the_sums_of_the_definition_and_the_frame_is_tight() => GraphSample.Check(sample =>
    {
        foreach (var kind in new[] { LaplacianKind.Combinatorial, LaplacianKind.SymmetricNormalized })
        {
            var spectrum = sample.Graph.Laplacian(kind).Spectrum();
            var wavelets = new MeyerWavelets(spectrum, Math.Max(1, spectrum.Eigenvalues[^1]), 3);
            var coefficients = wavelets.Analyse(sample.Signal);
            for (var j = 0; j < 4; j++)
            {
                Near.Equal(
                    MatrixFunctions.Filtered(spectrum, wavelets.Kernels[j].At, sample.Signal), coefficients[j], 1e-9);
                var inner = wavelets.Atom(j, sample.Nodes - 1).Zip(sample.Signal, (a, x) => a * x).Sum();
                Near.Equal(inner, coefficients[j][^1], 1e-9);
            }
            Near.Equal(sample.Signal.Sum(v => v * v), coefficients.Sum(row => row.Sum(v => v * v)), 1e-9);
            Near.Equal(sample.Signal, wavelets.Adjoint(coefficients), 1e-9);
        }
    });

    [Fact]
    public void Atoms_are_bumps_about_their_node_the_wider_the_larger_the_scale()
    {
        var wavelets = new MeyerWavelets(FeatureGraph.Ring(60).Laplacian().Spectrum(), 4, 4);
        var widths = Enumerable.Range(1, 4).Select(scale =>
        {
            var atom = wavelets.Atom(scale, 30);
            Assert.Equal(30, Array.IndexOf(atom, atom.Max()));
            Near.Equal(atom[25], atom[35], 1e-12);
            return Enumerable.Range(0, 60).Sum(i => atom[i] * atom[i] * (i - 30) * (i - 30)) / atom.Sum(v => v * v);
        }).ToArray();
        Assert.Equal(widths.OrderDescending(), widths);
    }

    [Fact]
    public void Heat_atoms_are_rows_of_the_random_walk()
    {
        var graph = FeatureGraph.KrackhardtKite();
        var walk = graph.ToAdjacency();
        for (var i = 0; i < 10; i++)
        {
            walk[i, i] = 1;
            var sum = Enumerable.Range(0, 10).Sum(j => walk[i, j]);
            for (var j = 0; j < 10; j++) walk[i, j] /= sum;
        }
        double[,] cubed = MatrixFunctions.Times(walk, MatrixFunctions.Times(walk, walk)),
            atoms = LocalisedAtoms.Heat(graph, 3);
        Assert.Equal((3, 10), (atoms.GetLength(0), atoms.GetLength(1)));
        for (var a = 0; a < 3; a++)
        {
            for (var i = 0; i < 10; i++) Near.Equal(cubed[4 * a, i], atoms[a, i], 1e-12);
            Near.Equal(1, Enumerable.Range(0, 10).Sum(i => atoms[a, i]), 1e-12);
        }
        Assert.Equal(1, LocalisedAtoms.Heat(graph, 0, 3)[1, 3]);
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        var spectrum = FeatureGraph.Ring(20).Laplacian().Spectrum();
        Assert.Throws<ArgumentException>("upper", () => new MeyerWavelets(spectrum, 3, 2));
        Assert.Throws<ArgumentException>("scales", () => new MeyerWavelets(spectrum, 4, 0));
        var wavelets = new MeyerWavelets(spectrum, 4, 2);
        Assert.Throws<ArgumentException>(() => wavelets.Analyse(new double[3]));
        Assert.Throws<ArgumentException>(() => wavelets.Adjoint([new double[20]]));
    }
}
