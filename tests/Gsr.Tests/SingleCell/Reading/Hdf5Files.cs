using PureHDF;
using PureHDF.Filters;
using PureHDF.VOL.Native;

namespace Gsr.Tests.SingleCell.Reading;

/// <summary>Writes small HDF5 files: h5ad, loom and 10x of one matrix of 3 cells x 4 genes.</summary>
internal static class Hdf5Files
{
    /// <summary>Cells x genes: [0 2 0 1; 0 0 0 0; 3 0 4 5].</summary>
    public static readonly float[,] Dense = { { 0, 2, 0, 1 }, { 0, 0, 0, 0 }, { 3, 0, 4, 5 } };

    public static readonly string[] Cells = ["c1", "c2", "c3"];

    public static readonly string[] Genes = ["ACTB", "CD4", "CD4", "SOX2"];

    public enum Truth : byte
    {
        No,
        Yes,
    }

    public static byte[] Bytes(H5File file)
    {
        using var stream = new MemoryStream();
        file.Write(stream);
        return stream.ToArray();
    }

    public static object Packed<T>(T data, params uint[] chunks) where T : notnull =>
        new H5Dataset(
            data, chunks: chunks,
            datasetCreation: new H5DatasetCreation(Filters: [ShuffleFilter.Id, DeflateFilter.Id]));

    /// <summary>The matrix in compressed rows, unsorted within the last.</summary>
    public static H5Group Csr(bool packed = false) =>
        Compressed("csr_matrix", [3L, 4L], [0, 2, 2, 5], [1, 3, 3, 0, 2], [2, 1, 5, 3, 4], packed);

    /// <summary>The matrix in compressed columns.</summary>
    public static H5Group Csc() =>
        Compressed("csc_matrix", [3L, 4L], [0, 1, 2, 3, 5], [2, 0, 2, 0, 2], [3, 2, 4, 1, 5], false);

    public static H5Group Compressed(
        string encoding, long[] shape, int[] pointers, int[] indices, float[] values, bool packed)
    {
        var group = new H5Group
        {
            ["data"] = packed ? Packed(values, (uint)Math.Max(3, values.Length / 7)) : values,
            ["indices"] = packed ? Packed(indices, (uint)Math.Max(3, indices.Length / 7)) : indices,
            ["indptr"] = pointers,
        };
        group.Attributes["encoding-type"] = encoding;
        group.Attributes["shape"] = shape;
        return group;
    }

    public static H5Group Frame(string[] names, params (string Name, object Values)[] columns)
    {
        var group = new H5Group { ["_index"] = names };
        foreach ((var name, var values) in columns) group[name] = values;
        group.Attributes["_index"] = "_index";
        group.Attributes["column-order"] = columns.Length == 0 ? [""] : columns.Select(column => column.Name).ToArray();
        group.Attributes["encoding-type"] = "dataframe";
        return group;
    }

    public static H5Group Categories(sbyte[] codes, string[] categories)
    {
        var group = new H5Group { ["codes"] = codes, ["categories"] = categories };
        group.Attributes["encoding-type"] = "categorical";
        return group;
    }

    public static H5File H5ad(object x) => new()
    {
        ["X"] = x,
        ["obs"] = Frame(Cells,
            ("type", Categories([1, -1, 0], ["B", "T"])), ("age", new double[] { 1, 2, 3 }),
            ("kept", new[] { Truth.Yes, Truth.No, Truth.Yes })),
        ["var"] = Frame(Genes, ("count", new long[] { 3, 2, 4, 6 })),
        ["layers"] = new H5Group { ["counts"] = Csr() },
        ["obsm"] = new H5Group { ["X_pca"] = new float[,] { { 1, 2 }, { 3, 4 }, { 5, 6 } } },
        ["raw"] = new H5Group { ["X"] = Csr(packed: true), ["var"] = Frame(Genes) },
    };

    public static H5File Loom() => new()
    {
        ["matrix"] = Packed(new int[,] { { 0, 0, 3 }, { 2, 0, 0 }, { 0, 0, 4 }, { 1, 0, 5 } }, 2, 2),
        ["row_attrs"] = new H5Group { ["Gene"] = Genes, ["Length"] = new long[] { 1, 2, 3, 4 } },
        ["col_attrs"] = new H5Group
        {
            ["CellID"] = Cells,
            ["Age"] = new double[] { 1, 2, 3 },
            ["umap"] = new float[,] { { 1, 2 }, { 3, 4 }, { 5, 6 } }
        },
        ["layers"] = new H5Group { ["spliced"] = new float[,] { { 0, 0, 6 }, { 4, 0, 0 }, { 0, 0, 8 }, { 2, 0, 10 } } },
    };

    /// <summary>MuData of the modality prot, twice the matrix, and rna, the matrix, or of others.</summary>
    public static H5File Mudata(params string[] names)
    {
        var modalities = new H5Group();
        foreach (var name in names.Length == 0 ? ["prot", "rna"] : names)
        {
            modalities[name] = new H5Group
            {
                ["X"] = name == "rna" ? Csr() : new float[,] { { 0, 4, 0, 2 }, { 0, 0, 0, 0 }, { 6, 0, 8, 10 } },
                ["obs"] = Frame(Cells),
                ["var"] = Frame(Genes),
            };
        }
        return new() { ["obs"] = Frame(Cells), ["mod"] = modalities };
    }

    /// <summary>An h5ad with names, a column and categories of texts beside a mask, as of anndata 0.11.</summary>
    public static H5File NullableTexts()
    {
        var obs = new H5Group
        {
            ["_index"] = Nullable(Cells),
            ["s"] = Nullable(["u", "", "w"], Truth.No, Truth.Yes),
            ["ct"] = new H5Group { ["codes"] = new sbyte[] { 1, 0, -1 }, ["categories"] = Nullable(["a", "b"]) },
        };
        obs.Attributes["_index"] = "_index";
        return new() { ["X"] = Csr(), ["obs"] = obs, ["var"] = Frame(Genes) };
    }

    private static H5Group Nullable(string[] values, params Truth[] mask) => new()
    {
        ["values"] = values,
        ["mask"] = values.Select((_, i) => mask.ElementAtOrDefault(i)).ToArray(),
    };

    public static H5File Tenx(int version)
    {
        var group = new H5Group
        {
            ["barcodes"] = Cells,
            ["data"] = Packed(new[] { 1, 2, 5, 3, 4 }, 4),
            ["indices"] = new long[] { 3, 1, 3, 0, 2 },
            ["indptr"] = new long[] { 0, 2, 2, 5 },
            ["shape"] = new[] { 4, 3 },
        };
        string[] identifiers = ["ENSG1", "ENSG2", "ENSG3", "ENSG4"];
        if (version == 2)
        {
            group["genes"] = identifiers;
            group["gene_names"] = Genes;
            return new H5File { ["GRCh38"] = group };
        }
        group["features"] = new H5Group
        {
            ["id"] = identifiers,
            ["name"] = Genes,
            ["feature_type"] = Enumerable.Repeat("Gene Expression", 4).ToArray(),
            ["genome"] = Enumerable.Repeat("GRCh38", 4).ToArray(),
            ["_all_tag_keys"] = new[] { "genome" },
        };
        return new H5File { ["matrix"] = group };
    }
}
