using System.Globalization;
using System.Text.RegularExpressions;

namespace Gsr.SingleCell.Reading;

/// <summary>
/// The channels of an FCS file. The column marker is false for what measures the event and not its state: time,
/// scatter, pulse shape, DNA, viability, calibration beads and barcodes.
/// </summary>
internal static partial class FcsChannels
{
    public static AnnotationTable Table(FcsText text, int[] bits)
    {
        int[] numbers = [.. Enumerable.Range(1, bits.Length)];
        var channels = Array.ConvertAll(numbers, n => text.Find($"$P{n}N") ?? $"P{n}");
        var stains = Array.ConvertAll(numbers, n => text.Find($"$P{n}S"));
        var scales = Array.ConvertAll(numbers, n => LogScale(text.Find($"$P{n}E")));
        return new AnnotationTable(channels.Select((channel, i) => stains[i] ?? channel))
            .With("channel", channels)
            .With("stain", stains)
            .With("marker", [.. channels.Zip(stains, (channel, stain) => IsMarker(channel, stain))])
            .With("bits", bits)
            .With("range", Array.ConvertAll(numbers, n => text.Number($"$P{n}R")))
            .With("gain", Array.ConvertAll(numbers, n => text.Number($"$P{n}G")))
            .With("log_decades", Array.ConvertAll(scales, scale => scale[0]))
            .With("log_offset", Array.ConvertAll(scales, scale => scale[1]));
    }

    /// <summary>Which channels are no markers; null where all are.</summary>
    public static string? Remark(AnnotationTable channels)
    {
        var markers = channels.Numbers("marker");
        string[] others = [.. channels.Names.Where((_, i) => markers[i] == 0)];
        return others.Length == 0 ? null
            : $"Channels that are no markers, by their names: {Remarks.Listed(others)} (column marker).";
    }

    /// <summary>How many channels are on a logarithmic scale; null where none is.</summary>
    public static string? LogRemark(AnnotationTable channels)
    {
        var count = channels.Numbers("log_decades").Count(decades => decades > 0);
        return count == 0 ? null
            : $"{count} channels are on a logarithmic scale ($PnE, columns log_decades and log_offset) and were left "
                + "so.";
    }

    private static bool IsMarker(string channel, string? stain) =>
        !Event().IsMatch(channel) && !Event().IsMatch(stain ?? "") && !Preparation().IsMatch(stain ?? channel);

    private static double[] LogScale(string? text)
    {
        var parts = (text ?? "").Split(',');
        return parts.Length == 2
            && double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var decades)
            && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var offset)
                ? [decades, offset]
                : [0, 0];
    }

    [GeneratedRegex("^(time|event.?(length|number|#)?|cell.?length|(fsc|ssc|fs|ss)([-_. ].*)?|width|height|center"
        + "|offset|residual|file.?number)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Event();

    [GeneratedRegex("(^|[^a-z])(dna[0-9]?|viability|live.?dead|l/d|dead|zombie|cisplatin|7-?aad|dapi|propidium|beads?"
        + "|barcode|bc[0-9]+|ir ?19[13]|19[13] ?ir)([^a-z]|di$|$)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Preparation();
}
