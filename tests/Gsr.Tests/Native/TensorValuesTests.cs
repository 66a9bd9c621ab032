using Gsr.Native;
using TorchSharp;

namespace Gsr.Tests.Native;

/// <summary>Numbers of tensors against those that libtorch gives one by one.</summary>
[Collection(Alone.Name)]
public sealed class TensorValuesTests
{
    public static TheoryData<string> Views => ["whole", "turned", "every other", "a column", "broadcast", "empty"];

    [Theory]
    [MemberData(nameof(Views))]
    public void Numbers_come_row_by_row_however_they_lie(string view)
    {
        using var scope = torch.NewDisposeScope();
        var all = torch.randn(6, 8, dtype: torch.float64, requires_grad: true);
        var tensor = view switch
        {
            "turned" => all.t(),
            "every other" => all.slice(0, 1, 6, 2).slice(1, 0, 8, 3),
            "a column" => all.narrow(1, 5, 1),
            "broadcast" => all.narrow(1, 5, 1).expand(6, 4),
            "empty" => all.narrow(0, 0, 0),
            _ => all,
        };
        var (rows, columns) = ((int)tensor.shape[0], (int)tensor.shape[1]);
        var matrix = tensor.ToMatrix();
        var values = tensor.ToValues<double>();
        var singles = tensor.to(torch.float32).ToValues<float>();
        Assert.Equal((rows, columns), (matrix.GetLength(0), matrix.GetLength(1)));
        Assert.Equal(rows * columns, values.Length);
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                var one = tensor[i, j].ToDouble();
                Assert.Equal(one, matrix[i, j]);
                Assert.Equal(one, values[(i * columns) + j]);
                Assert.Equal((float)one, singles[(i * columns) + j]);
            }
        }
    }

    [Fact]
    public void A_number_of_no_dimension_is_one() => Assert.Equal([7L], torch.tensor(7L).ToValues<long>());

    [Fact]
    public void Other_numbers_and_too_short_a_target_are_refused()
    {
        using var tensor = torch.zeros(4);
        Assert.Contains("Float32", Assert.Throws<ArgumentException>(() => tensor.ToValues<double>()).Message);
        // Of the same size, so that its bits would pass for other numbers.
        Assert.Contains("Float32", Assert.Throws<ArgumentException>(() => tensor.ToValues<int>()).Message);
        Assert.Throws<ArgumentException>(() => tensor.CopyTo<float>(new float[3]));
    }

    [Fact]
    public void Reading_numbers_leaves_no_tensor()
    {
        using var tensor = torch.randn(3, 4, dtype: torch.float64).t();
        Assert.Equal(0, Alone.Growth(10, () => (tensor.ToMatrix(), tensor.ToValues<double>()).ToString()));
    }

    [Fact]
    public void A_matrix_is_its_numbers()
    {
        double[,] matrix = { { 1, 2, 3 }, { 4, 5, 6 } };
        Assert.Equal([1, 2, 3, 4, 5, 6], matrix.Numbers().ToArray());
        matrix.Numbers()[4] = 7;
        Assert.Equal(7, matrix[1, 1]);
    }
}
