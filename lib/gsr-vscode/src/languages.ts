import * as vscode from "vscode";
import type { Content } from "./kernel";
import { languageOf, type Session } from "./session";

/** Finds the session of a cell's text; none for a notebook that another kernel runs. */
export type Find = (document: vscode.TextDocument) => { session: Session; cell: vscode.NotebookCell } | undefined;

// The kernel's words are VS Code's names in small letters, but for these.
const { Function, Method, Keyword, ...named } = vscode.CompletionItemKind;
const kinds = new Map(Object.entries({ ...named, Keyword }).map(([name, kind]) => [name.toLowerCase(), Number(kind)]))
  .set("delegate", Function).set("function", Method).set("magic", Keyword);

// The protocol counts code points, VS Code UTF-16 units.
const points = (text: string, offset: number) => [...text.slice(0, offset)].length;
const units = (text: string, count: number) => [...text].slice(0, count).join("").length;
const markdown = (data?: Content) => new vscode.MarkdownString(data?.["text/markdown"] ?? data?.["text/plain"] ?? "");

/** Completion, hover and signatures of C# cells, from the kernel. */
export class LanguageServices implements vscode.CompletionItemProvider, vscode.HoverProvider, vscode.SignatureHelpProvider {
  private readonly asked = new WeakMap<vscode.CompletionItem, [vscode.TextDocument, number, vscode.Position]>();
  constructor(private readonly find: Find) {}

  register(): vscode.Disposable {
    const cells = ["csharp", "polyglot-notebook"].map(language => ({ scheme: "vscode-notebook-cell", language }));
    return vscode.Disposable.from(
      vscode.languages.registerCompletionItemProvider(cells, this, ".", "#", "!"),
      vscode.languages.registerHoverProvider(cells, this),
      vscode.languages.registerSignatureHelpProvider(cells, this, "(", ",", "<"));
  }

  async provideCompletionItems(document: vscode.TextDocument, position: vscode.Position, token: vscode.CancellationToken) {
    const code = document.getText();
    const found = await this.ask("complete_request", document, document.offsetAt(position), token);
    if (!found) return undefined;
    const range = new vscode.Range(
      document.positionAt(units(code, found.cursor_start)), document.positionAt(units(code, found.cursor_end)));
    const entries: { text: string; type: string }[] = found.metadata._jupyter_types_experimental;
    return entries.map(({ text, type }) => {
      const item = Object.assign(new vscode.CompletionItem(text, kinds.get(type)), { range });
      this.asked.set(item, [document, document.version, range.start]);
      return item;
    });
  }

  // What an entry is, the kernel tells of the code as it would be with it.
  async resolveCompletionItem(item: vscode.CompletionItem, token: vscode.CancellationToken) {
    const [document, version, start] = this.asked.get(item) ?? [];
    if (!document || !start || document.isClosed || document.version !== version) return item;
    const before = document.getText().slice(0, document.offsetAt(start)) + (item.label as string);
    const found = await this.ask("inspect_request", document, before.length - 1, token, before);
    if (found?.found) item.documentation = markdown(found.data);
    return item;
  }

  async provideHover(document: vscode.TextDocument, position: vscode.Position, token: vscode.CancellationToken) {
    const word = document.getWordRangeAtPosition(position);
    if (!word) return undefined;
    const found = await this.ask("inspect_request", document, document.offsetAt(position), token);
    return found?.found ? new vscode.Hover(markdown(found.data), word) : undefined;
  }

  async provideSignatureHelp(document: vscode.TextDocument, position: vscode.Position, token: vscode.CancellationToken) {
    const found = await this.ask("signature_request", document, document.offsetAt(position), token);
    if (!found?.signatures?.length) return undefined;
    const signatures = found.signatures.map(({ label, documentation, parameters }: Content) => Object.assign(
      new vscode.SignatureInformation(label, documentation), { parameters: parameters.map((parameter: Content) =>
        new vscode.ParameterInformation([parameter.start, parameter.end], parameter.documentation)) }));
    return Object.assign(new vscode.SignatureHelp(),
      { signatures, activeSignature: found.active_signature, activeParameter: found.active_parameter });
  }

  // What nobody waits for any more is not asked for, and not answered.
  private async ask(
    type: string, document: vscode.TextDocument, at: number, token: vscode.CancellationToken, code = document.getText()) {
    const place = this.find(document);
    if (!place || languageOf(place.cell) !== "csharp") return undefined;
    const kernel = await place.session.kernel();
    if (token.isCancellationRequested) return undefined;
    const reply = await kernel.request(type, { code, cursor_pos: points(code, at), detail_level: 0 });
    return token.isCancellationRequested ? undefined : reply;
  }
}

/** Errors and warnings while typing: of syntax at once, of meaning as soon as the cells above have run. */
export class Diagnostics implements vscode.Disposable {
  private readonly shown = vscode.languages.createDiagnosticCollection("gsr");
  private readonly timers = new WeakMap<vscode.TextDocument, NodeJS.Timeout>();
  constructor(private readonly find: Find) {}

  /** A cell's text has changed. */
  change(document: vscode.TextDocument): void {
    clearTimeout(this.timers.get(document));
    this.timers.set(document, setTimeout(() => this.check(document).catch(() => undefined), 400));
  }

  /** Cells have run: what was unknown may be known now. */
  refresh(session: Session): void {
    if (session.current) return;
    for (const cell of session.notebook.getCells()) this.change(cell.document);
  }

  readonly forget = (document: vscode.TextDocument) => this.shown.delete(document.uri);
  readonly dispose = () => this.shown.dispose();

  private async check(document: vscode.TextDocument): Promise<void> {
    const place = this.find(document);
    const starting = place?.session.started;
    if (!place || !starting || languageOf(place.cell) !== "csharp") return this.shown.delete(document.uri);
    const code = document.getText();
    const kernel = await starting;
    const { diagnostics = [] } =
      await kernel.request("diagnostics_request", { code, semantic: place.session.isReached(place.cell) });
    if (document.isClosed || document.getText() !== code) return;
    this.shown.set(document.uri, diagnostics.map((found: Content) => {
      const [start, end] = [found.start, found.end].map(count => document.positionAt(units(code, count)));
      const severity = vscode.DiagnosticSeverity[found.severity === "error" ? "Error" : "Warning"];
      return Object.assign(new vscode.Diagnostic(new vscode.Range(start, end), found.message, severity), { code: found.code, source: "gsr" });
    }));
  }
}
