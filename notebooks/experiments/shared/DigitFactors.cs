namespace Gsr.Experiments;

/// <summary>How a digit of <see cref="DigitGenerator"/> is drawn: its known factors of variation.</summary>
/// <param name="RotationDegrees">
/// Counter-clockwise turn about the digit's centre, after the slant; generated: -20 to 20.
/// </param>
/// <param name="Slant">
/// Shear: what a point moves to the right for each unit that it lies higher, so that positive leans as handwriting
/// does; generated: -0.15 to 0.35.
/// </param>
/// <param name="Thickness">
/// Full width of the stroke in pixels, whatever the scale, above 0; generated: 1.5 to 3.5.
/// </param>
/// <param name="Scale">
/// Size, above 0; a digit of scale 1 is 16 pixels high along its middle line; generated: 0.85 to 1.1.
/// </param>
/// <param name="ShiftX">Pixels by which the centre of mass is right of the image's centre; generated: -1 to 1.</param>
/// <param name="ShiftY">Pixels by which the centre of mass is below the image's centre; generated: -1 to 1.</param>
/// <param name="Style">
/// Which way of writing the digit, 0 to <see cref="DigitGenerator.Styles"/> - 1; a number says nothing across digits.
/// </param>
/// <param name="Noise">
/// Standard deviation of the Gaussian noise of each pixel, as a share of full ink, before clipping, 0 or more;
/// generated: 0 to 0.05.
/// </param>
public sealed record DigitFactors(
    double RotationDegrees,
    double Slant,
    double Thickness,
    double Scale,
    double ShiftX,
    double ShiftY,
    int Style,
    double Noise)
{
    internal void Check(int styles)
    {
        Finite(RotationDegrees, nameof(RotationDegrees));
        Finite(Slant, nameof(Slant));
        Finite(ShiftX, nameof(ShiftX));
        Finite(ShiftY, nameof(ShiftY));
        if (!(Thickness > 0 && double.IsFinite(Thickness)))
            throw Bad(Thickness, nameof(Thickness), "finite and above 0");
        if (!(Scale > 0 && double.IsFinite(Scale))) throw Bad(Scale, nameof(Scale), "finite and above 0");
        if (!(Noise >= 0 && double.IsFinite(Noise))) throw Bad(Noise, nameof(Noise), "finite and not negative");
        if (Style < 0 || Style >= styles) throw Bad(Style, nameof(Style), $"0 to {styles - 1} for this digit");
    }

    private static void Finite(double value, string name)
    {
        if (!double.IsFinite(value)) throw Bad(value, name, "finite");
    }

    private static ArgumentOutOfRangeException Bad(double value, string name, string rule) =>
        new(name, value, $"DigitFactors.{name} is {value}; it must be {rule}.");
}
