namespace Gsr.Experiments;

/// <summary>How a digit of <see cref="DigitGenerator"/> is drawn: its known factors of variation.</summary>
/// <param name="RotationDegrees">
/// Counter-clockwise about the digit's centre, after the slant; generated: -20 to 20.
/// </param>
/// <param name="Slant">Shear: how far a point moves right per unit of height; generated: -0.15 to 0.35.</param>
/// <param name="Thickness">Full width of the stroke in pixels, whatever the scale; generated: 1.5 to 3.5.</param>
/// <param name="Scale">Size: 1 is 16 pixels high along the stroke's middle line; generated: 0.85 to 1.1.</param>
/// <param name="ShiftX">Pixels from the image's centre right to the centre of mass; generated: -1 to 1.</param>
/// <param name="ShiftY">Pixels from the image's centre down to the centre of mass; generated: -1 to 1.</param>
/// <param name="Style">The way of writing the digit, from 0; a number means something else for each digit.</param>
/// <param name="Noise">Standard deviation of each pixel's noise, as a share of full ink; generated: 0 to 0.05.</param>
public sealed record DigitFactors(
    double RotationDegrees, double Slant, double Thickness, double Scale, double ShiftX, double ShiftY, int Style,
    double Noise);
