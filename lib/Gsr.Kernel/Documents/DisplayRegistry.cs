using System.Text.Json.Nodes;
using Gsr.Kernel.Outputs;

namespace Gsr.Kernel.Documents;

/// <summary>The displays of one run of a notebook by id; a later cell may replace what an earlier one showed.</summary>
internal sealed class DisplayRegistry
{
    private readonly Dictionary<string, List<JsonObject>> _outputs = [];

    /// <summary>Remembers an output under its display id.</summary>
    public void Add(string id, JsonObject output)
    {
        if (!_outputs.TryGetValue(id, out var known))
            _outputs[id] = known = [];
        known.Add(output);
    }

    /// <summary>Replaces the content of every output of that id; of an id never displayed there is nothing to replace.</summary>
    public void Update(string id, MimeBundle bundle)
    {
        foreach (var output in _outputs.GetValueOrDefault(id, []))
        {
            output["data"] = OutputJson.Data(bundle);
            output["metadata"] = bundle.Metadata.DeepClone();
        }
    }
}
