import { dirname, join } from "node:path";
import * as vscode from "vscode";
import { debugAdapters, debugCell } from "./debugger";
import { DibSerializer } from "./dib";
import { engineCommand, runEngine } from "./engine";
import { Diagnostics, LanguageServices, type Find } from "./languages";
import { Session } from "./session";
import { VariablesView, showError } from "./variables";

const kernelspec = { display_name: ".NET (C#)", language: "C#", name: ".net-csharp" };
const ours = new Map([[kernelspec.name, "csharp"], [".net-fsharp", "fsharp"]]);
const sessions = new Map<string, Session>();
const below = (folder: vscode.Uri) => [...sessions].filter(([uri]) => `${uri}/`.startsWith(`${folder}/`));
const at = (notebook?: vscode.NotebookDocument) => sessions.get(`${notebook?.uri}`);

export function activate(context: vscode.ExtensionContext): void {
  const extension = context.extensionUri;
  const chosen = new WeakMap<vscode.NotebookDocument, vscode.NotebookController>();
  const sessionOf = (notebook: vscode.NotebookDocument, controller = chosen.get(notebook)) => {
    if (!controller || !vscode.workspace.isTrusted || notebook.isClosed) return undefined;
    // VS Code opens a notebook anew that is renamed, or saved for the first time, when both are there. The kernel stays.
    const text = (one: vscode.NotebookDocument) => one.getCells().map(cell => cell.document.getText()).join("\n");
    const untitled = () => [...sessions.values()].find(({ notebook: old }) =>
      old.isUntitled && !notebook.isUntitled && text(old) === text(notebook));
    const session = at(notebook) ?? untitled() ?? new Session(
      notebook, controller, () => engineCommand(extension), changed => { diagnostics.refresh(changed); void view.refresh(); });
    sessions.delete(`${session.notebook.uri}`);
    session.move(notebook);
    sessions.set(`${notebook.uri}`, session);
    return session;
  };
  const activeNotebook = () => vscode.window.activeNotebookEditor?.notebook;
  const find: Find = document => {
    const cell = vscode.workspace.notebookDocuments.flatMap(open => open.getCells()).find(one => one.document === document);
    const session = cell && sessionOf(cell.notebook);
    return session && { session, cell };
  };
  const diagnostics = new Diagnostics(find);
  const view = new VariablesView(() => at(activeNotebook()));
  const controllers = ["jupyter-notebook", "gsr-dib"].map(type => {
    const controller = vscode.notebooks.createNotebookController(`gsr.${type}`, type, ".NET (C#)");
    controller.supportedLanguages = ["csharp", "fsharp", "html", "markdown", "javascript", "mermaid"];
    controller.supportsExecutionOrder = true;
    controller.executeHandler = async (cells, notebook) => {
      await nameLanguage(notebook);
      await sessionOf(notebook, controller)?.run(cells);
    };
    controller.interruptHandler = notebook => at(notebook)?.interrupt();
    controller.onDidChangeSelectedNotebooks(({ notebook, selected }) => {
      void context.workspaceState.update(`other kernel ${notebook.uri}`, selected || notebook.isClosed ? undefined : true);
      if (!selected) return void chosen.delete(notebook);
      chosen.set(notebook, controller);
      sessionOf(notebook)?.kernel().catch(showError); // so that the first cell does not wait for it
    });
    return controller;
  });
  const isOurs = ({ notebookType, metadata: { metadata } }: vscode.NotebookDocument) => notebookType === "gsr-dib"
    || (metadata?.kernelspec ? ours.has(metadata.kernelspec.name) : /^(c#|csharp|polyglot-notebook)$/i.test(metadata?.language_info?.name));
  // What is preferred is only suggested. It is chosen, unless the user chose another kernel for this notebook.
  const choose = (editor?: vscode.NotebookEditor) => {
    const notebook = editor?.notebook;
    if (!notebook || !isOurs(notebook)) return;
    const controller = controllers.find(({ notebookType }) => notebookType === notebook.notebookType)!;
    controller.updateNotebookAffinity(notebook, vscode.NotebookControllerAffinity.Preferred);
    // A cell in a language that is not among them would be passed over without a word; the kernel says what it knows.
    const others = notebook.getCells().map(({ document }) => document.languageId).filter(language => language !== "raw");
    controller.supportedLanguages = [...new Set([...controller.supportedLanguages!, ...others])];
    if (chosen.has(notebook) || context.workspaceState.get(`other kernel ${notebook.uri}`)) return;
    void vscode.commands.executeCommand(
      "notebook.selectKernel", { id: `gsr.${notebook.notebookType}`, extension: context.extension.id });
  };

  // VS Code may keep a notebook whose tab is closed. Its kernel stays for half a minute, and while cells run.
  const timer = setInterval(() => {
    const inputs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(tab => tab.input as vscode.TabInputNotebook));
    for (const [uri, session] of sessions) {
      const isShown = inputs.some(input => `${input?.uri}` === uri);
      session.unseen = !session.notebook.isClosed && (isShown || session.current) ? 0 : session.unseen + 1;
      if (session.unseen === 3 && sessions.delete(uri)) void session.restart();
    }
  }, 10_000);
  const command = (name: string, run: (notebook: vscode.NotebookDocument, cell?: vscode.NotebookCell) => unknown) =>
    vscode.commands.registerCommand(`gsr.${name}`, async (cell?: vscode.NotebookCell) => {
      const notebook = activeNotebook();
      if (notebook) await (async () => run(notebook, cell))().catch(showError);
    });
  context.subscriptions.push(
    ...controllers, diagnostics, new LanguageServices(find).register(),
    vscode.workspace.registerNotebookSerializer("gsr-dib", new DibSerializer(extension)),
    vscode.window.registerWebviewViewProvider("gsr.variables", view),
    new vscode.Disposable(() => clearInterval(timer)),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) =>
      document.uri.scheme === "vscode-notebook-cell" && contentChanges.length > 0 && diagnostics.change(document)),
    vscode.workspace.onWillRenameFiles(event => event.waitUntil(Promise.all(
      event.files.flatMap(({ oldUri }) => below(oldUri)).map(([, session]) => session.hold())))),
    vscode.workspace.onDidRenameFiles(({ files }) =>
      files.forEach(({ oldUri, newUri }) => below(oldUri).forEach(([uri, session]) =>
        sessions.delete(uri) && sessions.set(uri.replace(`${oldUri}`, `${newUri}`), session)))),
    vscode.workspace.onDidCloseTextDocument(document => diagnostics.forget(document)),
    vscode.window.onDidChangeActiveNotebookEditor(editor => (choose(editor), view.refresh())),
    command("restart", notebook => at(notebook)?.restart()),
    command("restartAndRunAll", notebook =>
      Promise.resolve(at(notebook)?.restart()).then(() => vscode.commands.executeCommand("notebook.execute"))),
    vscode.debug.registerDebugAdapterDescriptorFactory("gsr", debugAdapters),
    command("debugCell", (notebook, cell = notebook.cellAt(vscode.window.activeNotebookEditor!.selection.start)) =>
      debugCell(sessionOf(notebook), cell)),
    command("exportPage", async notebook => {
      const file = await saved(notebook);
      await runEngine(extension, dirname(file), "export", "--html", file, "--out", dirname(file));
      const page = file.replace(/\.\w+$/, ".html"); // which the browser of another machine cannot open
      if (vscode.env.uiKind === vscode.UIKind.Web || vscode.env.remoteName) void vscode.window.showInformationMessage(page);
      else await vscode.env.openExternal(vscode.Uri.file(page));
    }),
    command("runWithParameters", notebook => runWithParameters(extension, notebook)),
    vscode.commands.registerCommand("gsr.showVariables", () => vscode.commands.executeCommand("gsr.variables.focus")),
    vscode.commands.registerCommand("gsr.newNotebook", newNotebook));
  choose(vscode.window.activeNotebookEditor);
}

export const deactivate = () => Promise.all([...sessions.values()].map(session => session.restart()));

// VS Code notes in every cell that has run the language that differs from the notebook's; by its own name none does.
async function nameLanguage(notebook: vscode.NotebookDocument): Promise<void> {
  const metadata = notebook.metadata.metadata ?? {};
  const name = ours.get(metadata.kernelspec?.name) ?? "csharp";
  if (notebook.notebookType !== "jupyter-notebook" || [name, "polyglot-notebook"].includes(metadata.language_info?.name)) return;
  const edit = new vscode.WorkspaceEdit();
  const named = { kernelspec, ...metadata, language_info: { ...metadata.language_info, name } };
  edit.set(notebook.uri, [vscode.NotebookEdit.updateNotebookMetadata({ ...notebook.metadata, metadata: named })]);
  await vscode.workspace.applyEdit(edit);
}

async function newNotebook(): Promise<void> {
  const data = new vscode.NotebookData([new vscode.NotebookCellData(vscode.NotebookCellKind.Code, "", "csharp")]);
  data.metadata = { metadata: { kernelspec, language_info: { name: "csharp" } }, nbformat: 4, nbformat_minor: 5 };
  await vscode.window.showNotebookDocument(await vscode.workspace.openNotebookDocument("jupyter-notebook", data));
}

async function saved(notebook: vscode.NotebookDocument): Promise<string> {
  if (notebook.isUntitled || !(await notebook.save())) throw new Error("Save the notebook first.");
  return notebook.uri.fsPath;
}

// The parameters cell tells the names and values to begin with.
async function runWithParameters(extension: vscode.Uri, notebook: vscode.NotebookDocument): Promise<void> {
  const file = await saved(notebook);
  const cell = notebook.getCells().find(({ metadata }) => metadata.metadata?.tags?.includes("parameters"));
  const lines = cell?.document.getText().matchAll(/^\s*\w+\s+(\w+)\s*=\s*("[^"]*"|-?[\d.][\w.]*|true|false)\s*;/gm) ?? [];
  const value = [...lines].map(([, name, literal]) => `${name}=${literal}`).join(" ");
  const prompt = "The notebook runs in a terminal, with these values, into a file of its own.";
  const parameter = /(?<!\S)\w+=("[^"]*"|[^\s"]\S*)(?!\S)/g;
  const validateInput = (text: string) => text.replace(parameter, "").trim()
    && `${text.replace(parameter, "").trim()}: write NAME=VALUE, and what holds spaces in double quotes.`;
  const given = await vscode.window.showInputBox(
    { title: "Run with Parameters", prompt, value, validateInput, ignoreFocusOut: true });
  if (given === undefined) return;
  const [shellPath, ...rest] = engineCommand(extension);
  vscode.window.createTerminal({
    name: "gsr run", cwd: dirname(file), shellPath,
    shellArgs: [...rest, "run", file, "--out", join(dirname(file), "runs"),
      ...(given.match(parameter) ?? []).flatMap(one => ["-p", one.replace(/="(.*)"$/, "=$1")])],
  }).show();
}
