namespace Gsr.SingleCell.Reading;

/// <summary>Which keyword of an FCS file names the channels; the other one becomes a column.</summary>
public enum ChannelNaming
{
    /// <summary>$PnS, what was stained, such as CD4; $PnN where a channel has none.</summary>
    Stain,

    /// <summary>$PnN, what the instrument calls it, such as Nd142Di.</summary>
    Channel,
}
