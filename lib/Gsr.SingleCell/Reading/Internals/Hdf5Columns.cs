namespace Gsr.SingleCell.Reading;

/// <summary>Columns of annotations in HDF5, as arrays that an <see cref="AnnotationTable"/> takes.</summary>
internal static class Hdf5Columns
{
    /// <summary>Adds a data set of one dimension as a column.</summary>
    public static AnnotationTable WithDataset(AnnotationTable table, Hdf5Content content, string path, string name)
    {
        if (content.IsText(path)) return With(table, content, path, name, content.Texts(path));
        return content.Numbers(path) switch
        {
            float[] values => With(table, content, path, name, values),
            double[] values => With(table, content, path, name, values),
            // HDF5 has no truth values: an enumeration of one byte stands for them.
            int[] values when content.IsFlag(path) && Array.TrueForAll(values, value => value is 0 or 1) =>
                With(table, content, path, name, Array.ConvertAll(values, value => value == 1)),
            int[] values => With(table, content, path, name, values),
            long[] values => With(table, content, path, name, values),
            _ => table,
        };
    }

    /// <summary>
    /// Texts of a data set, or of a group of values and a mask, as anndata writes them since 0.11; numbers as text.
    /// </summary>
    /// <returns>null where a value is missing; no array where there is no such path.</returns>
    public static string?[]? Texts(Hdf5Content content, string path)
    {
        if (content.HasDataset(path))
        {
            return content.IsText(path) ? content.Texts(path)
                : [.. content.Numbers(path).Cast<IFormattable>().Select(number => number.ToString(null, null))];
        }
        if (!content.HasDataset($"{path}/values")) return null;
        var texts = Texts(content, $"{path}/values")!;
        if (!content.HasDataset($"{path}/mask")) return texts;
        var mask = content.Wholes($"{path}/mask", 1);
        Check(content, path, texts.Length, mask.Length);
        return [.. texts.Select((text, i) => mask[i] == 1 ? null : text)];
    }

    /// <summary>Adds a categorical column from its codes and its categories; code -1 is a missing value.</summary>
    public static AnnotationTable WithCategories(
        AnnotationTable table, Hdf5Content content, string codesPath, string categoriesPath, string name)
    {
        var categories = Texts(content, categoriesPath) ?? throw content.Missing(categoriesPath);
        var codes = content.Numbers(codesPath) switch
        {
            int[] narrow => Array.ConvertAll(narrow, code => (long)code),
            long[] wide => wide,
            _ => throw content.Fault(codesPath, "fractional numbers", "codes of categories"),
        };
        var values = new string?[codes.Length];
        for (var i = 0; i < codes.Length; i++)
        {
            if (codes[i] < -1 || codes[i] >= categories.Length)
                throw content.Fault(codesPath, $"the code {codes[i]}", $"-1 to {categories.Length - 1}");
            values[i] = codes[i] < 0 ? null : categories[codes[i]];
        }
        return With(table, content, codesPath, name, values);
    }

    /// <summary>Adds a column whose missing values are marked by a second data set.</summary>
    public static AnnotationTable WithMask(AnnotationTable table, Hdf5Content content, string path, string name)
    {
        var values = $"{path}/values";
        if (content.IsText(values)) return With(table, content, path, name, Texts(content, path)!);
        var mask = content.Wholes($"{path}/mask", 1);
        var numbers = content.Floats(values);
        Check(content, path, numbers.Length, mask.Length);
        return With(
            table, content, path, name, numbers.Select((number, i) => mask[i] == 1 ? double.NaN : number).ToArray());
    }

    private static void Check(Hdf5Content content, string path, int values, int mask)
    {
        if (values != mask) throw content.Fault(path, $"{values} values and {mask} marks", "as many");
    }

    private static AnnotationTable With<T>(
        AnnotationTable table, Hdf5Content content, string path, string name, T[] values)
    {
        if (values.Length != table.Count)
            throw content.Fault(path, $"{values.Length} values", $"{table.Count}, one per name");
        return table.With(name, values);
    }
}
