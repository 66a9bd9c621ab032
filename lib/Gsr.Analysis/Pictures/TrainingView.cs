using Gsr.Training;

namespace Gsr.Analysis.Pictures;

/// <summary>One picture of a training: HTML with a drawing inside and no script, or one line of text.</summary>
[TypeFormatterSource(typeof(TrainingViewFormats), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class TrainingView
{
    private readonly string _line;
    private readonly TrainingStatus _status;
    private readonly TrainingHistory _rows;

    internal TrainingView(string label, TrainingStatus status, TrainingHistory rows) =>
        (_line, _status, _rows) = (ProgressLine.Line(label, status), status, rows);

    /// <summary>The picture as well-formed HTML in the page's own font and colour, for light and dark pages.</summary>
    public string ToHtml() => ProgressDrawing.Html(_line, _status, _rows);

    /// <summary>Such as "autoencoder: step 1,200/5,000 (24 %)  loss 0.01234  3,100 steps/s  0:02 left".</summary>
    public override string ToString() => _line;
}

/// <summary>The two representations of a <see cref="TrainingView"/>, in the shape that engines look for.</summary>
internal sealed class TrainingViewFormats
{
    /// <summary>Called by engines.</summary>
    public IEnumerable<object> CreateTypeFormatters() =>
        [new ValueFormat<TrainingView>("text/html", view => view.ToHtml()),
            new ValueFormat<TrainingView>("text/plain", view => view.ToString())];
}
