namespace Gsr.Kernel.Sessions.Languages;

/// <summary>A piece of a cell.</summary>
/// <param name="Line">Where it begins in the cell, from 1.</param>
internal abstract record CellPart(int Line);

/// <summary>Code of one language.</summary>
/// <param name="Language">Which.</param>
/// <param name="Options">What follows the language's name on its line, <c>--name x</c> for example.</param>
/// <param name="Code">The code; empty lines stand in front of it, so that its line numbers are those of the cell.</param>
/// <param name="Cell">How the cell is named in messages.</param>
/// <param name="Line">Where it begins.</param>
internal sealed record CodePart(CellLanguage Language, string Options, string Code, string Cell, int Line) : CellPart(Line)
{
    /// <summary>The code alone.</summary>
    public string Text => Code.TrimStart('\n', '\r');
}

/// <summary>A magic command.</summary>
/// <param name="Name">Its name without <c>#!</c>.</param>
/// <param name="Arguments">What follows on its line.</param>
/// <param name="Into">The language of the code around it, which <c>#!share</c> gives values to.</param>
/// <param name="Line">Its line.</param>
internal sealed record CommandPart(string Name, string Arguments, CellLanguage Into, int Line) : CellPart(Line);
