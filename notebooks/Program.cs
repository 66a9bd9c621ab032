using System.Runtime.CompilerServices;
using Gsr.Kernel.Cli;
using Gsr.Notebooks;

// The workbook's main job: every notebook of this folder, or those that the arguments name, executed into
// artifacts/notebooks, each with a page beside it. Options are those of "gsr run".
// Instead, "keep NAME..." puts the outputs of a thorough run into the committed notebooks, with a PNG beside each
// chart, and "claims [FILE]" writes the page of all claims.
var folder = Path.GetDirectoryName(ThisFile())!;
if (!Directory.Exists(folder)) folder = Path.Combine(Environment.CurrentDirectory, "notebooks");
var workbook = Path.GetDirectoryName(folder)!;
if (args is ["claims", .. var page])
    return ClaimsPage.Write(workbook, page is [var file] ? file : Path.Combine(folder, "CLAIMS.md"));
if (args is ["keep", _, ..]) return await CommittedOutputs.TakeAsync(workbook, args[1..]);
List<string> command = ["run"];
var said = GsrCommand.SaidToRun(args);
if (!said.Notebooks) command.Add(folder);
if (!said.Output)
{
    command.AddRange(["--out", Path.Combine(workbook, "artifacts", "notebooks")]);
    Environment.SetEnvironmentVariable("GSR_RESULTS", Path.Combine(workbook, "artifacts", "results"));
}
if (!said.Pages) command.Add("--html");
return await GsrCommand.RunAsync([.. command, .. args]);

static string ThisFile([CallerFilePath] string path = "") => path;
