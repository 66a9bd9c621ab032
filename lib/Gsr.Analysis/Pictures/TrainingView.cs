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

    /// <summary>The picture: well-formed, of the page's own lettering and colour, so that it reads on light and dark.</summary>
    public string ToHtml() => ProgressDrawing.Html(_line, _status, _rows);

    /// <summary>Such as "autoencoder: step 1,200/5,000 (24 %)  loss 0.01234  penalty 0.5  3,100 steps/s  0:02 left".</summary>
    public override string ToString() => _line;
}
