namespace Gsr.SingleCell.Preparation;

/// <summary>Takes the mean of each batch off its cells.</summary>
internal static class BatchCentring
{
    /// <summary>Centres in place.</summary>
    /// <param name="inputs">[cells, inputs].</param>
    /// <param name="batches">One per cell.</param>
    /// <returns>Which share of the variance the means were, 0 to 1.</returns>
    /// <exception cref="ArgumentException">There is only one batch, or one in each cell.</exception>
    public static double Of(float[,] inputs, string[] batches)
    {
        var numbers = batches.Distinct().Select((name, i) => (name, i)).ToDictionary(pair => pair.name, pair => pair.i);
        NetworkInputOptions.Holds(numbers.Count > 1 && 2 * numbers.Count <= batches.Length,
            nameof(NetworkInputOptions.Batch), $"a column of {numbers.Count} values in {batches.Length} cells",
            "a column of two values or more, and of two cells a value");
        var own = Array.ConvertAll(batches, name => numbers[name]);
        var sizes = new int[numbers.Count];
        foreach (var batch in own) sizes[batch]++;
        double between = 0, all = 0;
        for (var input = 0; input < inputs.GetLength(1); input++)
        {
            var means = new double[numbers.Count];
            double mean = 0;
            for (var cell = 0; cell < own.Length; cell++)
            {
                means[own[cell]] += inputs[cell, input] / (double)sizes[own[cell]];
                mean += inputs[cell, input] / (double)own.Length;
            }
            for (var cell = 0; cell < own.Length; cell++)
            {
                var (apart, ofBatch) = (inputs[cell, input] - mean, means[own[cell]] - mean);
                all += apart * apart;
                between += ofBatch * ofBatch;
                inputs[cell, input] = (float)(inputs[cell, input] - means[own[cell]]);
            }
        }
        return all > 0 ? between / all : 0;
    }
}
