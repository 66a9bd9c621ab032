using System.Globalization;
using System.Text;

namespace Gsr.SingleCell.Reading;

/// <summary>A table of text as it is in the file, before its orientation is known.</summary>
internal sealed class DelimitedTable
{
    private readonly TextLines _lines;
    private readonly TableHeading _heading;
    private readonly TableNumber _numbers;
    private readonly List<string?>?[] _texts;
    private readonly HashSet<string> _annotations;
    private readonly long _firstLine;

    // A table without names of rows: the first column may be values as well, until a field of it is no number.
    private readonly bool _firstMayBeValues;
    private bool _firstAreNumbers;
    private RowCollector _rows = null!;

    private DelimitedTable(TextLines lines, TableHeading heading, IReadOnlyCollection<string> annotations)
    {
        (_lines, _heading, _numbers, _firstLine) = (lines, heading, new(heading.Separator), lines.Number);
        _texts = new List<string?>?[heading.Names.Count];
        _annotations = new(annotations, StringComparer.Ordinal);
        Heading = heading.Names[0];
        var fields = FieldReader.All(lines.Line, heading.Separator);
        _firstAreNumbers = IsValue(fields[0]);
        _firstMayBeValues = _firstAreNumbers && !OrientationGuess.IsKnownHeading(Heading);
        if (heading.Names.Count > 6 && heading.Names[1..6].SequenceEqual(AnnotationNames.FeatureCounts))
            _annotations.UnionWith(AnnotationNames.FeatureCounts);
        Divide(fields);
    }

    /// <summary>The first column's heading; "" where it is numbered.</summary>
    public string Heading { get; private set; }

    public string SeparatorName => _heading.Separator switch
    {
        (byte)'\t' => "tabs",
        (byte)',' => "commas",
        (byte)';' => "semicolons",
        (byte)' ' => "blanks",
        var other => $"'{(char)other}'",
    };

    public bool HasDecimalComma => _numbers.HasDecimalComma;

    public List<string> RowNames { get; private set; } = [];

    public List<string> ColumnNames { get; } = [];

    /// <summary>Columns that are no numbers, or named as annotations.</summary>
    public List<(string Name, List<string?> Values)> Texts { get; } = [];

    /// <summary>What was decided, in sentences.</summary>
    public List<string?> Remarks { get; } = [];

    public static DelimitedTable Read(TextLines lines, ReadOptions options)
    {
        var heading = TableHeading.Read(lines, options.Separator);
        var table = new DelimitedTable(lines, heading, options.Annotations);
        table.ReadRows();
        return table;
    }

    /// <summary>The values, rows as in the file or transposed.</summary>
    public ExpressionMatrix ToMatrix(bool transpose, string file)
    {
        var all = _rows.ToMatrix(transpose, file);
        var first = _rows.Columns - ColumnNames.Count;
        if (first == 0) return all;
        int[] kept = [.. Enumerable.Range(first, ColumnNames.Count)];
        return transpose ? all.SelectRows(kept) : all.SelectColumns(kept);
    }

    // A column is text where its first value is no number.
    private void Divide(List<string> fields)
    {
        for (var i = 1; i < fields.Count; i++)
        {
            var name = _heading.Names[i];
            // A separator at the end of every line makes a last column of nothing.
            var nothing = name.Length == 0 && TextValues.IsMissing(fields[i]);
            if (!nothing && !_annotations.Contains(name) && TableNumber.IsNumber(fields[i], _heading.Separator))
                ColumnNames.Add(name);
            else
                Texts.Add((name, _texts[i] = []));
        }
        if (ColumnNames.Count == 0)
        {
            throw DelimitedReader.Fault(
                _lines, "fields", TextLines.Excerpt(_lines.Line), "at least one number after the name");
        }
    }

    private void ReadRows()
    {
        var first = _firstMayBeValues ? 1 : 0;
        _rows = new RowCollector(ColumnNames.Count + first);
        var values = new float[ColumnNames.Count + first];
        do
        {
            ReadRow(values, first);
            _rows.Add(values);
        }
        while (TableHeading.NextLine(_lines));
        if (_firstAreNumbers) NameRows();
        CheckTexts();
        Remarks.Add(_heading.Remark);
        Remarks.Add(_numbers.Remark(_lines));
        Remarks.Add(_lines.EncodingRemark);
    }

    private void ReadRow(float[] values, int first)
    {
        var fields = new FieldReader(_lines.Line, _heading.Separator);
        int at = 0, column = first;
        try
        {
            while (fields.Next(out var field, out var quoted))
            {
                if (at == _texts.Length)
                    throw DelimitedReader.Fault(_lines, "fields", $"more than {at}", $"{at}, as in the lines before");
                if (at == 0)
                {
                    RowNames.Add(FieldReader.Text(field, quoted));
                    if (_firstAreNumbers) _firstAreNumbers = IsValue(RowNames[^1]);
                    if (first == 1 && !(_firstAreNumbers && _numbers.TryRead(field, _lines.Number, out values[0])))
                        values[0] = 0;
                }
                else if (_texts[at] is { } list)
                {
                    list.Add(TextValues.OrNull(FieldReader.Text(field, quoted)));
                }
                else if (!_numbers.TryRead(field, _lines.Number, out values[column++]))
                {
                    throw NoNumber(_lines.Number, at, TextLines.Excerpt(field));
                }
                at++;
            }
        }
        catch (FormatException error)
        {
            throw DelimitedReader.Fault(_lines, $"field {at + 1}", error.Message, "quotes in pairs");
        }
        if (at < _texts.Length)
            throw DelimitedReader.Fault(_lines, "fields", $"{at}", $"{_texts.Length}, as in the lines before");
    }

    // Row names that are numbers: values where they repeat or are fractions, under a heading that is no name's.
    private void NameRows()
    {
        var distinct = RowNames.Distinct().Count() == RowNames.Count && RowNames.TrueForAll(name =>
            long.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _));
        if (!_firstMayBeValues || distinct)
        {
            Remarks.Add($"The rows are named by numbers, from {RowNames[0]} in line {_firstLine} on.");
            return;
        }
        Remarks.Add($"The first column, '{Heading}', holds numbers that are no names: it was read as values, and the "
            + "rows were numbered from 0.");
        ColumnNames.Insert(0, Heading);
        Heading = "";
        RowNames = [.. AnnotationTable.Numbered(RowNames.Count).Names];
    }

    // A column of numbers whose first field alone is none would be a gene that is lost.
    private void CheckTexts()
    {
        Texts.RemoveAll(text => text.Name.Length == 0 && text.Values.TrueForAll(value => value is null));
        for (var i = 1; i < _texts.Length; i++)
        {
            if (_texts[i] is not { } values || _annotations.Contains(_heading.Names[i])) continue;
            string[] present = [.. values.OfType<string>()];
            var numbers = present.Count(text => TableNumber.IsNumber(text, _heading.Separator));
            if (2 * numbers > present.Length)
                throw NoNumber(_firstLine, i, TextLines.Excerpt(Encoding.UTF8.GetBytes(values[0] ?? "")));
        }
    }

    private bool IsValue(string field) =>
        !TextValues.IsMissing(field) && TableNumber.IsNumber(field, _heading.Separator);

    private DataFormatException NoNumber(long line, int field, string found)
    {
        var name = _heading.Names[field];
        return new DataFormatException(_lines.Name, null,
            $"line {line}, field {field + 1} ('{(name.Length > 40 ? name[..40] + "..." : name)}')", found,
            "a number", "Write a number there, or name the column as an annotation (Annotations).");
    }
}
