namespace Gsr.Experiments;

/// <summary>
/// The pen's path for each digit and style, in a box of height 1 with x to the right and y down. Strokes that meet
/// share a point, so that a deformation of the plane keeps them joined.
/// </summary>
internal static class DigitShapes
{
    /// <summary>By digit, then style, then stroke: dense polylines.</summary>
    internal static (double X, double Y)[][][][] Strokes { get; } =
    [
        [ // 0: wide, and narrow with the ends of the stroke crossing at the top
            [Loop(.5, 0, .28, .12, .19, .42, .22, .74, .36, .95, .52, 1, .7, .92, .81, .66, .8, .32, .7, .09)],
            [Curve(.62, .08, .46, .01, .32, .18, .26, .5, .34, .86, .5, 1, .66, .86, .73, .5, .66, .16, .5, .02,
                .38, .08)],
        ],
        [ // 1: a bar, with a flag, with flag and foot
            [Curve(.5, 0, .5, 1)],
            [Curve(.33, .2, .42, .12, .52, 0), Curve(.52, 0, .52, 1)],
            [Curve(.28, .24, .42, .14, .52, 0), Curve(.52, 0, .52, 1), Curve(.26, 1, .78, 1)],
        ],
        [ // 2: a flat foot, a looped foot
            [Curve(.18, .24, .3, .06, .52, 0, .73, .09, .77, .3, .62, .56, .38, .8, .16, 1), Curve(.16, 1, .84, .98)],
            [Curve(.2, .2, .35, .03, .58, .01, .74, .17, .7, .42, .52, .69, .33, .91, .18, .97, .12, .88, .2, .79,
                .38, .82, .58, .95, .74, .98, .88, .91)],
        ],
        [ // 3: round, flat on top
            [Curve(.2, .14, .42, 0, .67, .06, .73, .24, .62, .4, .4, .47),
                Curve(.4, .47, .66, .52, .8, .71, .69, .93, .42, 1, .17, .89)],
            [Curve(.2, .03, .76, .01), Curve(.76, .01, .44, .4),
                Curve(.44, .4, .69, .45, .8, .67, .69, .92, .42, 1, .16, .92)],
        ],
        [ // 4: open, closed
            [Curve(.26, .02, .2, .28, .17, .53), Curve(.17, .53, .48, .55, .84, .5), Curve(.74, 0, .71, .5, .66, 1)],
            [Curve(.64, 0, .38, .34, .12, .66), Curve(.12, .66, .9, .66), Curve(.64, 0, .64, 1)],
        ],
        [ // 5: with corners, in one sweep
            [Curve(.3, .03, .8, 0), Curve(.3, .03, .25, .45),
                Curve(.25, .45, .48, .37, .73, .47, .8, .7, .67, .93, .42, 1, .16, .91)],
            [Curve(.82, .02, .56, .02, .36, .08, .29, .26, .4, .42, .62, .52, .74, .71, .63, .93, .4, 1, .18, .92)],
        ],
        [ // 6: round, upright with a small bowl
            [Curve(.7, .02, .46, .17, .29, .43, .22, .72, .34, .95, .56, 1, .75, .85, .72, .63, .54, .53, .36, .61,
                .23, .8)],
            [Curve(.5, 0, .35, .28, .27, .58, .3, .88, .47, 1, .66, .94, .71, .77, .58, .65, .42, .69, .3, .88)],
        ],
        [ // 7: plain, with a bar, with a serif
            [Curve(.16, .05, .82, .02), Curve(.82, .02, .63, .38, .5, .7, .44, 1)],
            [Curve(.16, .04, .82, .02), Curve(.82, .02, .63, .38, .5, .7, .42, 1), Curve(.34, .52, .78, .48)],
            [Curve(.17, .2, .18, .04), Curve(.18, .04, .82, .02), Curve(.82, .02, .63, .38, .53, .7, .5, 1)],
        ],
        [ // 8: closed, begun and ended at the upper right
            [Loop(.5, .46, .31, .33, .28, .13, .5, 0, .71, .13, .68, .33, .5, .46, .28, .63, .23, .85, .5, 1, .77, .85,
                .72, .63)],
            [Curve(.78, .1, .53, 0, .31, .12, .35, .33, .55, .49, .71, .68, .67, .91, .46, 1, .26, .9, .27, .7, .5, .48,
                .68, .3, .74, .07)],
        ],
        [ // 9: a straight leg, a curled leg
            [Loop(.74, .24, .66, .07, .46, 0, .28, .1, .24, .3, .36, .46, .54, .46, .68, .37),
                Curve(.74, .24, .72, .6, .66, 1)],
            [Curve(.74, .16, .56, .01, .36, .06, .26, .26, .36, .44, .56, .44, .7, .3, .74, .16),
                Curve(.74, .16, .77, .42, .75, .72, .62, .93, .44, 1, .26, .91)],
        ],
    ];

    /// <summary>
    /// A smooth open stroke through points given as x, y, x, y, ...; two points make a straight line.
    /// </summary>
    private static (double X, double Y)[] Curve(params double[] points) => Spline(points, closed: false);

    /// <summary>A smooth closed stroke.</summary>
    private static (double X, double Y)[] Loop(params double[] points) => Spline(points, closed: true);

    // A Catmull-Rom spline: it passes through each point in the direction from the point before to the point after, so
    // the table above can be read, and mended, as places on the paper.
    private static (double X, double Y)[] Spline(double[] coordinates, bool closed)
    {
        const int Steps = 5;
        var count = coordinates.Length / 2;
        var spans = closed ? count : count - 1;
        var path = new (double X, double Y)[(spans * Steps) + 1];
        for (var i = 0; i < path.Length; i++)
        {
            var span = Math.Min(i / Steps, spans - 1);
            var t = (i - (span * Steps)) / (double)Steps;
            path[i] = (Interpolate(span, t, 0), Interpolate(span, t, 1));
        }
        return path;

        // The ends of an open stroke are repeated.
        double At(int index, int axis) =>
            coordinates[(2 * (closed ? (index + count) % count : Math.Clamp(index, 0, count - 1))) + axis];

        double Interpolate(int span, double t, int axis)
        {
            var (before, a) = (At(span - 1, axis), At(span, axis));
            var (b, after) = (At(span + 1, axis), At(span + 2, axis));
            return a + (0.5 * t * (b - before
                + (t * ((2 * before) - (5 * a) + (4 * b) - after
                + (t * (after - before + (3 * (a - b))))))));
        }
    }
}
