using System.Text.Json;
using System.Text.Json.Nodes;
using Gsr.Kernel.Documents;
using Gsr.Kernel.Pages.Pictures;

namespace Gsr.Kernel.Tests.Clients;

/// <summary>The extension for VS Code: what it is made of, its half of the line, and its use in a browser.</summary>
public sealed class VsCodeTests
{
    private static string Source => Path.Combine(JupyterHome.Repository, "lib", "gsr-vscode");

    private static string Built => Path.Combine(JupyterHome.Repository, "artifacts", "gsr-vscode");

    [Fact]
    public async Task What_is_installed_is_what_the_sources_say()
    {
        await CompileAsync();
        foreach (var file in Directory.GetFiles(Path.Combine(Built, "src")))
        {
            var committed = Path.Combine(Source, "dist", Path.GetFileName(file));
            Assert.True(File.Exists(committed), $"{committed} is missing: npm run build in lib/gsr-vscode");
            Assert.Equal(File.ReadAllText(file), File.ReadAllText(committed));
        }
        Assert.Equal(Directory.GetFiles(Path.Combine(Built, "src")).Length,
            Directory.GetFiles(Path.Combine(Source, "dist")).Length);
    }

    [Fact]
    public async Task The_extensions_half_of_the_line_speaks_to_the_kernel()
    {
        await CompileAsync();
        var environment = new Dictionary<string, string>
        {
            ["GSR_COMMAND"] = JsonSerializer.Serialize(new[] { JupyterHome.Engine }),
        };
        var (exitCode, output) = await ClientProgram.RunAsync(
            Built, environment, ClientProgram.Find("node")!, "--test", Path.Combine(Built, "test"));
        Assert.True(exitCode == 0, output);
        Assert.Contains("# pass 11", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Draws_runs_completes_interrupts_lists_variables_and_saves_without_noise()
    {
        var server = Path.Combine(
            Environment.GetEnvironmentVariable("GSR_CODE_SERVER") ?? Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "gsr", "code-server"),
            "node_modules", "code-server", "out", "node", "entry.js");
        Assert.SkipUnless(File.Exists(server), "code-server is not installed: .ci/clients code-server");
        var browser = BrowserLocation.Find();
        Assert.SkipWhen(browser.Path is null, $"{browser.Reason}: apt-get install chromium");
        Assert.SkipWhen(ClientProgram.Find("node") is null, "node is not installed: apt-get install nodejs");
        using var home = await JupyterHome.CreateAsync();
        var editor = await PrepareAsync(home, server);
        var (installed, said) =
            await ClientProgram.RunAsync(home.Path, null, JupyterHome.Engine, "vscode", "install", "--command", editor);
        Assert.True(installed == 0, said);

        var pictures = Environment.GetEnvironmentVariable("GSR_PICTURES");
        var (exitCode, output) = await NodePackages.RunAsync(
            home, "vscode.js", [home.Path, server, browser.Path!, .. pictures is null ? [] : new[] { pictures }]);

        foreach (var line in output.Split('\n').Where(line => line.StartsWith("measured: ", StringComparison.Ordinal)))
            TestContext.Current.TestOutputHelper?.WriteLine(line);
        Assert.True(exitCode == 0, output);
        string[] seen =
        [
            "stored charts and diagrams are drawn without a run",
            "C#, F# and HTML cells run",
            "an output of a cell that has ended is updated in place",
            "an error is shown",
            "a cell reads a line",
            "variables are listed, and one is seen closely",
            "a kernel that dies says so in the cell, and the next cell runs",
            "after a restart the state is gone",
            "a saved notebook differs in outputs and counts only, tracebacks kept",
            "the cells above one, and one with those below, run by their buttons",
            "after a failure the cells that wait do not run, and do not wait on",
            "cells in JavaScript, Mermaid and Markdown run, by the language picker",
            "a training's progress is drawn in place",
            "a frame is seen as a table, a tensor by statistics and a heat map",
            "a notebook of Polyglot Notebooks runs, and a cell in a language that there is not says so",
            "a notebook that is renamed keeps its kernel, and cells that have ended are updated in place",
            "text is shown that comes after the outputs were cleared",
            "a notebook in F# finds its kernel by itself, and runs beside another one",
            "a notebook that is renamed while it runs goes on running",
            "completion answers while a cell runs",
            "a loop is interrupted, state kept",
            "hover, signatures and errors while typing",
            "the kernel is restarted and all cells run",
            "a notebook runs with other parameters into a file of its own",
            "a notebook is exported as a page",
            "a cell stops at a breakpoint, shows its variables and goes on by steps",
            "a new notebook is begun",
            "a new notebook that is saved for the first time while it runs goes on running",
            "a .dib notebook runs and is saved as text",
            "the workbook's first notebook runs",
            "the kernel of a closed notebook ends, that of a cell at work with the window",
            "stored charts are drawn in the dark, where nothing may run",
            "nothing is fetched from elsewhere",
        ];
        Assert.Equal(seen, output.Split('\n').Where(seen.Contains));
        await RunHeadlessAsync(home);
    }

    // What VS Code has saved, with the languages that were picked there.
    private static async Task RunHeadlessAsync(JupyterHome home)
    {
        var notebooks = Path.Combine(home.Path, "work", "notebooks");
        var (exitCode, said) = await ClientProgram.RunAsync(
            notebooks, null, JupyterHome.Engine, "run", "languages.ipynb", "--out", "headless");
        Assert.True(exitCode == 0, said);
        var ran = JsonNode.Parse(
            await File.ReadAllTextAsync(Path.Combine(notebooks, "headless", "languages.ipynb")))!["cells"]!.AsArray();
        Assert.Equal(["text/plain", "text/plain", "text/html", "text/html", "text/markdown", "text/markdown"],
            ran.Select(cell => cell!["outputs"]!.AsArray().Single()!["data"]!.AsObject().First().Key));
    }

    // The home of somebody who has VS Code, the workbook's first notebook and a few of their own.
    private static async Task<string> PrepareAsync(JupyterHome home, string server)
    {
        var notebooks = Directory.CreateDirectory(Path.Combine(home.Path, "work", "notebooks")).FullName;
        Directory.CreateSymbolicLink(Path.Combine(home.Path, "work", "artifacts"), home["artifacts"]);
        const string First = "00-start-here.ipynb";
        var workbook = await File.ReadAllTextAsync(Path.Combine(JupyterHome.Repository, "notebooks", First));
        await File.WriteAllTextAsync(Path.Combine(notebooks, First), workbook.Replace(
            """var PROFILE = \"full\";""", """var PROFILE = \"quick\";""", StringComparison.Ordinal));

        var chart = JsonNode.Parse("""
            { "data": { "application/vnd.plotly.v1+json": { "data": [{ "type": "bar", "x": [1, 2, 3], "y": [3, 1, 2] }],
              "layout": { "title": { "text": "Stored" } } }, "text/plain": ["Chart"] },
              "metadata": {}, "output_type": "display_data" }
            """)!;
        var tour = Write(
            Cell("markdown", "# Tour\n\n```mermaid\nflowchart LR\n  A --> B\n```"),
            Cell("code", "// a stored chart", output: chart),
            Cell("code", "var kept = new List<int> { 1 }; Console.WriteLine(\"written\");"),
            Cell("code", "List.sum [1..4]", "fsharp"),
            Cell("code", "<b id=\"bold\">bold text</b>", "html"),
            Cell("code", "var shown = display(\"first\");"),
            Cell("code", "shown.Update(\"second\");"),
            Cell("code", "throw new Exception(\"on purpose\");"),
            Cell("code", "Console.ReadLine() + \"!\""),
            Cell("code", "var matrix = new double[,] { { 1, -2 }, { 3, 4 } };"),
            Cell("code", "Environment.Exit(3);"),
            Cell("code", "kept"));
        await File.WriteAllTextAsync(Path.Combine(notebooks, "tour.ipynb"), tour);
        await File.WriteAllTextAsync(Path.Combine(notebooks, "tour.before.json"), tour);
        await File.WriteAllTextAsync(Path.Combine(notebooks, "stored.ipynb"), Write(
            Cell("code", "// a stored chart", output: chart.DeepClone())));
        await File.WriteAllTextAsync(Path.Combine(notebooks, "queue.ipynb"), Write(
            Cell("code", "var order = new List<int> { 0 };"),
            Cell("code", "order.Add(1);"),
            Cell("code", "order.Add(2);"),
            Cell("code", "order.Add(3); string.Join(\" \", order)")));
        await File.WriteAllTextAsync(Path.Combine(notebooks, "languages.ipynb"), Write(
            Cell("code", "40 + 2"),
            Cell("code", "2 * 21", "fsharp"),
            Cell("code", "<b>bold</b>", "html"),
            Cell("code", "const made = document.createElement(\"p\"); made.id = \"made\"; "
                + "made.textContent = \"by \" + \"script\"; document.body.append(made);"),
            Cell("code", "flowchart LR\n  first --> second", "mermaid"),
            Cell("code", "# Written by a cell", "markdown")));
        await File.WriteAllTextAsync(Path.Combine(notebooks, "library.ipynb"), Write(
            Cell("code", """
                #r "../artifacts/bin/Gsr.Experiments/release/Gsr.Experiments.dll"
                using System.Threading;
                using Deedle;
                using Gsr.Analysis.Pictures;
                using Gsr.Penalties;
                using Gsr.Training;
                using TorchSharp;
                using static TorchSharp.torch.nn;
                Gsr.Native.TorchNatives.Load();
                """),
            Cell("code", """
                var model = Linear(20, 20);
                Objective task = batch =>
                {
                    Thread.Sleep(20);
                    return [new("error", functional.mse_loss(model.call(batch[0]), batch[0]))];
                };
                var progress = LiveProgress.On(view => display(view).Update);
                new Trainer(model, task, new Regularizer()).Fit(
                    [torch.randn(5000, 20)], new TrainingOptions { Steps = 200, Progress = progress });
                """),
            Cell("code", """
                var rows = Enumerable.Range(1, 3).Select(i => new { Cell = $"c{i}", Weight = i + 0.5 });
                var frame = Frame.FromRecords(rows);
                var tensor = torch.arange(24, torch.float32).reshape(4, 6) - 12;
                Console.WriteLine($"process {Environment.ProcessId}");
                """)));
        await File.WriteAllTextAsync(Path.Combine(notebooks, "polyglot.ipynb"), Write(
            Polyglot("csharp", "var poly = 2; var note = display(\"first note\"); $\"poly {poly}\""),
            Polyglot("fsharp", "List.sum [40; 1]"), Polyglot("pwsh", "Get-Date"), Polyglot("csharp", "poly + 1"))
            .Replace("\"name\": \"csharp\"", "\"name\": \"polyglot-notebook\"", StringComparison.Ordinal));
        await File.WriteAllTextAsync(Path.Combine(notebooks, "moving.ipynb"), Write(
            Cell("code", """
                for (var i = 0; !System.IO.File.Exists("end"); i++)
                {
                    Console.WriteLine($"tick {i}");
                    await Task.Delay(20);
                }
                Console.WriteLine("at the end");
                """),
            Cell("code", "Console.WriteLine(\"second\");")));
        await File.WriteAllTextAsync(Path.Combine(notebooks, "fs.ipynb"), Write(
            Cell("code", "let x = List.sum [1..4]\n$\"sum {x}\""))
            .Replace(".net-csharp", ".net-fsharp", StringComparison.Ordinal)
            .Replace("C#", "F#", StringComparison.Ordinal).Replace("\"csharp\"", "\"F#\"", StringComparison.Ordinal));
        await File.WriteAllTextAsync(Path.Combine(notebooks, "typing.ipynb"), Write(
            Cell("code", "var kept = new List<int> { 1 };"),
            Cell("code", "Console.WriteLine(\"begun\"); while (true) ;"),
            Cell("code", "kept")));
        await File.WriteAllTextAsync(Path.Combine(notebooks, "params.ipynb"), Write(
            Cell("markdown", "# Parameters"),
            Cell("code", "var SEED = 7;\nvar NAME = \"a b\"; // text\nvar NOW = DateTime.Now;", tag: "parameters"),
            Cell("code", "Console.WriteLine($\"{SEED} {NAME}\");"),
            Cell("code", "int Twice(int n)\n{\n    var half = n;\n    return n + half;\n}\nTwice(21)")));
        const string Kernels = """[{"name":"csharp"},{"name":"fsharp","aliases":["f#","fs"]}]""";
        const string Info = """{"kernelInfo":{"defaultKernelName":"csharp","items":""" + Kernels + "}}";
        var text = $"#!meta\n\n{Info}\n\n#!csharp\n\nConsole.Write(\"from text\");\n\n#!markdown\n\nProse.\n\n"
            + "#!fsharp\n\nlet x = 1\n";
        foreach (var name in new[] { "text.dib", "before.dib" })
            await File.WriteAllTextAsync(Path.Combine(home.Path, "work", name), text);

        foreach (var (user, theme) in new[] { ("user", "Light"), ("stranger", "Dark") })
        {
            var settings = Directory.CreateDirectory(Path.Combine(home.Path, user, "User")).FullName;
            await File.WriteAllTextAsync(Path.Combine(settings, "settings.json"), $$"""
                { "workbench.startupEditor": "none", "git.enabled": false, "files.autoSave": "off",
                  "workbench.colorTheme": "Default {{theme}} Modern", "extensions.ignoreRecommendations": true,
                  "security.workspace.trust.startupPrompt": "never",
                  "typescript.disableAutomaticTypeAcquisition": true }
                """);
        }
        var editor = home["editor"];
        await File.WriteAllTextAsync(editor, $"""
            #!/bin/sh
            exec node "{server}" --user-data-dir "{home["user"]}" --extensions-dir "{home["extensions"]}" \
              --config "{home["config.yaml"]}" "$@"

            """);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(editor, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return editor;
    }

    private static JsonObject Cell(
        string type, string source, string? language = null, JsonNode? output = null, string? tag = null)
    {
        var cell = new JsonObject { ["cell_type"] = type };
        if (type == "code")
            cell["execution_count"] = null;
        cell["id"] = "";
        cell["metadata"] =
            language is null ? [] : new JsonObject { ["vscode"] = new JsonObject { ["languageId"] = language } };
        if (tag is not null)
            cell["metadata"]!["tags"] = new JsonArray(tag);
        if (type == "code")
            cell["outputs"] = output is null ? [] : new JsonArray(output);
        var lines = source.Split('\n');
        cell["source"] = new JsonArray(
            [.. lines.Select((line, i) => (JsonNode)(i < lines.Length - 1 ? line + "\n" : line))]);
        return cell;
    }

    private static JsonObject Polyglot(string kernel, string source)
    {
        var cell = Cell("code", source);
        cell["metadata"]!["polyglot_notebook"] = new JsonObject { ["kernelName"] = kernel };
        return cell;
    }

    private static string Write(params JsonObject[] cells)
    {
        for (var i = 0; i < cells.Length; i++)
            cells[i]["id"] = $"cell-{i:00}";
        return JupyterJson.Write(new JsonObject
        {
            ["cells"] = new JsonArray([.. cells]),
            ["metadata"] = JsonNode.Parse("""
                { "kernelspec": { "display_name": ".NET (C#)", "language": "C#", "name": ".net-csharp" },
                  "language_info": { "name": "csharp" } }
                """),
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        });
    }

    // Once for both tests: the compiler's packages, then sources and tests beside each other.
    private static async Task CompileAsync()
    {
        var (node, npm) = (ClientProgram.Find("node"), ClientProgram.Find("npm"));
        Assert.SkipWhen(node is null, "node is not installed: apt-get install nodejs");
        Assert.SkipWhen(npm is null, "npm is not installed: apt-get install npm");
        await Turn.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            var compiler = Path.Combine(Source, "node_modules", "typescript", "bin", "tsc");
            if (!File.Exists(compiler))
            {
                var (restored, said) = await ClientProgram.RunAsync(
                    Source, null, npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1");
                Assert.SkipUnless(restored == 0, $"npm cannot fetch the packages (offline?): {said}");
            }
            var (exitCode, output) = await ClientProgram.RunAsync(Source, null, node, compiler, "-p", "test");
            Assert.True(exitCode == 0, output);
        }
        finally
        {
            Turn.Release();
        }
    }

    private static readonly SemaphoreSlim Turn = new(1);
}
