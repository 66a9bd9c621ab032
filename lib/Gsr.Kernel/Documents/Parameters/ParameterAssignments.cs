namespace Gsr.Kernel.Documents.Parameters;

/// <summary>The <c>NAME=VALUE</c> pairs of a command line.</summary>
public static class ParameterAssignments
{
    /// <summary>Takes the pairs apart.</summary>
    /// <param name="pairs">One or more of <c>NAME=VALUE</c>; the value may itself hold equals signs, or be empty.</param>
    /// <exception cref="ParameterException">A pair has no name or no equals sign, or a name is given twice.</exception>
    public static IReadOnlyDictionary<string, string> Parse(IEnumerable<string> pairs)
    {
        var values = new Dictionary<string, string>();
        foreach (var pair in pairs)
        {
            var equals = pair.IndexOf('=');
            if (equals < 1)
                throw new ParameterException($"\"{pair}\" is not of the form NAME=VALUE.");
            var name = pair[..equals].Trim();
            if (!values.TryAdd(name, pair[(equals + 1)..]))
                throw new ParameterException($"The parameter {name} is given twice.");
        }
        return values;
    }
}
