namespace Gsr.SingleCell.Reading;

/// <summary>Which column names the genes where a file has both.</summary>
public enum GeneNaming
{
    /// <summary>The symbol, such as MS4A1; repeated ones are made unique. The identifier is the column gene_ids.</summary>
    Symbol,

    /// <summary>The identifier, such as ENSG00000156738. The symbol is the column gene_symbols.</summary>
    Identifier,
}
