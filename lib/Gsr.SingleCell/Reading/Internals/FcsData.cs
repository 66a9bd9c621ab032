namespace Gsr.SingleCell.Reading;

/// <summary>Where the events of an FCS file lie, and how many there are.</summary>
/// <param name="Begin">The first byte.</param>
/// <param name="Events">Their number.</param>
/// <param name="Remark">What to say of the place, or null.</param>
internal sealed record FcsData(long Begin, long Events, string? Remark)
{
    /// <summary>
    /// The header's place, else the keywords' (eight digits do not hold one above 99,999,999), whichever holds the
    /// events that $TOT says; where neither does, because its end is wrong, the one from whose begin they fit.
    /// </summary>
    public static FcsData Find(long length, FcsHeader header, FcsText text, long eventBits)
    {
        var first = new Place(header.DataBegin, header.DataEnd);
        var second = new Place(text.WholeOr("$BEGINDATA", 0), text.WholeOr("$ENDDATA", 0));
        var total = text.Find("$TOT") is null ? -1 : text.Whole("$TOT", 0, int.MaxValue);
        if (total == 0) throw text.Fault(null, "$TOT", "0 events", "at least one");
        var bytes = total < 0 ? 0 : ((total * eventBits) + 7) / 8;
        foreach (var place in (Place[])[first, second])
        {
            // Some writers give the place after the last byte.
            var end = place.End == length ? length - 1 : place.End;
            var room = end - place.Begin + 1;
            if (place.Begin <= 0 || end >= length || room < Math.Max(1, bytes)) continue;
            var events = total < 0 ? room * 8 / eventBits : total;
            if (events == 0) continue;
            var taken = ((events * eventBits) + 7) / 8;
            var remark = room > taken + 1 ? $"{room - taken} bytes after the last event were not read." : null;
            if (place != first && first.Begin != 0)
            {
                remark = $"The header says that events are at {first}; those at {second}, as the keywords say, were "
                    + "read.";
            }
            return new FcsData(place.Begin, events, remark);
        }
        foreach (var place in (Place[])[second, first])
        {
            if (total > 0 && place.Begin > 0 && place.End >= place.Begin && place.Begin + bytes == length)
            {
                return new FcsData(place.Begin, total,
                    $"The events are said to end at byte {place.End}; {total} were read from {place.Begin} on, which "
                    + "reach to the end of the file.");
            }
        }
        throw text.Fault(null, "DATA segment", $"{first} in the header and {second} in the keywords",
            total < 0 ? $"two places within the file's {length} bytes"
                : $"{bytes} bytes within the file's {length}, for {total} events of {eventBits} bits",
            "The file is truncated or its keywords are wrong: fetch it again.");
    }

    private readonly record struct Place(long Begin, long End)
    {
        public override string ToString() => $"{Begin} to {End}";
    }
}
