using System.Text.RegularExpressions;

namespace Gsr.SingleCell.Reading;

/// <summary>Which way round a table holds cells and genes.</summary>
public enum Orientation
{
    /// <summary>Detected from the heading of the first column and from what the names look like.</summary>
    Detect,
    /// <summary>One line per cell, as scanpy and Python write them.</summary>
    CellsInRows,
    /// <summary>One line per gene, as GEO, R and HTSeq write them.</summary>
    GenesInRows,
}

/// <summary>
/// Detects whether the rows of a table are cells or genes: by the heading of the first column, else by what the names
/// look like, else by there being more genes than cells in most data.
/// </summary>
internal static partial class OrientationGuess
{
    private const int Looked = 2000;

    // Fewer than these are a cytometer's channels or chosen markers.
    private const int FewColumns = 100;

    private static readonly HashSet<string> CellHeadings = new(StringComparer.OrdinalIgnoreCase)
    {
        "cell", "cells", "cell_id", "cellid", "cell_name", "cellname", "barcode", "barcodes", "sample", "sample_name",
            "event",
    };

    private static readonly HashSet<string> GeneHeadings = new(StringComparer.OrdinalIgnoreCase)
    {
        "gene", "genes", "gene_id", "geneid", "gene_name", "genename", "gene_symbol", "symbol", "feature", "features",
            "ensembl",
        "ensembl_id", "hgnc_symbol", "mgi_symbol",
    };

    // Over a column of names, whatever they name.
    private static readonly HashSet<string> NameHeadings = new(StringComparer.OrdinalIgnoreCase)
    {
        "", "id", "index", "name", "names", "rownames", "row_names", "row.names", "unnamed: 0", "x", "obs_names",
        "var_names", "no", "nr", "number", "entrez", "entrez_id",
    };

    // Expressed in nearly every tissue of man and mouse, so that few tables lack them all.
    private static readonly HashSet<string> Genes = new(StringComparer.OrdinalIgnoreCase)
    {
        "ACTB", "ACTG1", "GAPDH", "EEF1A1", "EEF2", "TPT1", "MALAT1", "FTL", "FTH1", "B2M", "UBC", "UBB", "TMSB4X",
            "TMSB10",
        "RPL3", "RPL10", "RPL13", "RPLP0", "RPS2", "RPS3", "RPS18", "HSP90AB1", "HSPA8", "PPIA", "TUBA1A", "TUBA1B",
            "TUBB",
        "MT-CO1", "MT-ND1", "PABPC1", "CFL1", "PFN1", "CALM1", "YWHAZ", "LDHA", "PGK1", "ENO1", "ACTA1", "SOX2",
            "PAX6", "CD4", "CD8A",
    };

    /// <summary>Whether a heading says that a column names cells.</summary>
    public static bool IsCellHeading(string heading) => CellHeadings.Contains(heading.Trim());

    /// <summary>Whether a heading says that a column names genes.</summary>
    public static bool IsGeneHeading(string heading) => GeneHeadings.Contains(heading.Trim());

    /// <summary>Whether a heading is one over names.</summary>
    public static bool IsKnownHeading(string heading) =>
        IsCellHeading(heading) || IsGeneHeading(heading) || NameHeadings.Contains(heading.Trim());

    /// <summary>Whether the rows are cells, and why, as a sentence.</summary>
    public static (bool CellsInRows, string Why) Detect(
        string heading, IReadOnlyList<string> rows, IReadOnlyList<string> columns)
    {
        var word = heading.Trim();
        if (CellHeadings.Contains(word))
            return (true, $"Rows were taken for cells: the first column is called '{word}'.");
        if (GeneHeadings.Contains(word))
            return (false, $"Rows were taken for genes: the first column is called '{word}'.");
        (var rowCells, var rowGenes) = Looks(rows);
        (var columnCells, var columnGenes) = Looks(columns);
        double cellsInRows = rowCells + columnGenes, genesInRows = rowGenes + columnCells;
        if (cellsInRows > genesInRows)
            return (true, "Rows were taken for cells: their names, or those of the columns, look so.");
        if (genesInRows > cellsInRows)
            return (false, "Rows were taken for genes: their names, or those of the columns, look so.");
        const string See = "and nothing else tells; ReadOptions.Orientation says otherwise.";
        if (columns.Count < FewColumns) return (true, $"Rows were taken for cells: there are few columns {See}");
        return columns.Count >= rows.Count
            ? (true, $"Rows were taken for cells: there are more columns {See}")
            : (false, $"Rows were taken for genes: there are more rows {See}");
    }

    // Share of names that are barcodes, and of those that are genes; a few well-known genes among thousands suffice.
    private static (double Cells, double Genes) Looks(IReadOnlyList<string> names)
    {
        int cells = 0, identifiers = 0, known = 0, looked = Math.Min(names.Count, Looked);
        for (var i = 0; i < looked; i++)
        {
            if (CellName().IsMatch(names[i])) cells++;
            if (GeneName().IsMatch(names[i])) identifiers++;
        }
        foreach (var name in names)
        {
            if (Genes.Contains(name)) known++;
        }
        var genes = Math.Max(identifiers / Math.Max(1.0, looked), Math.Min(1, known / 5.0));
        return (cells / Math.Max(1.0, looked), genes);
    }

    // A barcode, at the start or after what sets the sample off; a well of a plate; a numbered cell.
    [GeneratedRegex(
        "(^|[^A-Za-z])[ACGTN]{8,}|(^|[-_. ])[A-P](0[1-9]|1[0-9]|2[0-4])$"
        + "|^(cell|bc|barcode|sample|spot|well|event)s?[-_. ]?[0-9]+(-[0-9]+)?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex CellName();

    // Identifiers of Ensembl, RefSeq and the databases of worm, fly, yeasts, plants and fish.
    [GeneratedRegex(
        "^(ENS[A-Z]*[GT][0-9]{8,}|WBGene0|FBgn0|AT[1-5CM]G[0-9]{5}|Os[0-9]{2}g[0-9]{7}|Y[A-P][LR][0-9]{3}[WC]"
        + "|SP[ABC]+[0-9]+[A-Z]*[0-9]*\\.|ZDB-GENE|LOC[0-9]+$|[NX][MR]_[0-9]+)|Rik$", RegexOptions.CultureInvariant)]
    private static partial Regex GeneName();
}
