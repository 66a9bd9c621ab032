import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import type { Content } from "./kernel";
import type { Session } from "./session";

const page = (nonce: string) => `<!DOCTYPE html><html><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'nonce-${nonce}'">
<style>
  table { border-collapse: collapse; width: 100%; font-family: var(--vscode-editor-font-family); }
  th, td { text-align: left; padding: 2px 10px 2px 0; white-space: nowrap; max-width: 40vw; overflow: hidden; text-overflow: ellipsis; }
  th, tbody tr { cursor: pointer; } tbody tr:hover, tbody tr:focus { background: var(--vscode-list-hoverBackground); }
  th[aria-sort]::after { content: " ▴"; } th[aria-sort=descending]::after { content: " ▾"; }
</style></head><body><table hidden><thead><tr></tr></thead><tbody></tbody></table><p>Run a cell to see its variables.</p>
<script nonce="${nonce}">
  const api = acquireVsCodeApi(), table = document.querySelector("table"), columns = ["name", "type", "shape", "value"];
  let rows = [], by = "name", sign = 1;
  const compare = (a, b) => a[by].localeCompare(b[by], undefined, { numeric: true });
  const cells = (row, tag, texts) => texts.forEach(text => row.append(Object.assign(document.createElement(tag), { textContent: text, title: text })));
  const draw = () => {
    table.hidden = !(document.querySelector("p").hidden = rows.length > 0);
    table.tBodies[0].replaceChildren(...rows.sort((a, b) => sign * compare(a, b)).map(variable => {
      const row = document.createElement("tr");
      row.tabIndex = 0;
      cells(row, "td", columns.map(name => variable[name]));
      row.onclick = () => api.postMessage(variable);
      row.onkeydown = event => event.key === "Enter" && row.onclick();
      return row;
    }));
    [...table.tHead.rows[0].cells].forEach((cell, i) => columns[i] === by
      ? cell.setAttribute("aria-sort", sign > 0 ? "ascending" : "descending") : cell.removeAttribute("aria-sort"));
  };
  cells(table.tHead.rows[0], "th", ["Name", "Type", "Shape", "Value"]);
  [...table.tHead.rows[0].cells].forEach((cell, i) => cell.onclick = () => {
    [sign, by] = [by === columns[i] ? -sign : 1, columns[i]];
    draw();
  });
  addEventListener("message", event => { rows = event.data; draw(); });
  api.postMessage({ isReady: true });
</script></body></html>`;

/** The variables of the notebook that is looked at, as a table that is sorted by a click; a row opens a preview. */
export class VariablesView implements vscode.WebviewViewProvider {
  private view?: vscode.WebviewView;
  private asked = 0;

  constructor(private readonly active: () => Session | undefined) {}

  resolveWebviewView(view: vscode.WebviewView): void {
    this.view = view;
    view.webview.options = { enableScripts: true };
    view.webview.onDidReceiveMessage((message: Content) =>
      message.isReady ? this.refresh() : this.preview(message.name, message.language).catch(showError));
    view.onDidChangeVisibility(() => this.refresh());
    view.onDidDispose(() => (this.view = undefined));
    view.webview.html = page(randomBytes(16).toString("hex"));
  }

  /** Asks the kernel anew; what runs meanwhile is waited for. */
  async refresh(): Promise<void> {
    if (!this.view?.visible) return;
    const turn = ++this.asked;
    const kernel = await this.active()?.started?.catch(() => undefined);
    const { variables } = await kernel?.request("variables_request").catch(() => undefined) ?? { variables: [] };
    if (turn === this.asked) await this.view?.webview.postMessage(variables);
  }

  private async preview(name: string, language: string): Promise<void> {
    const kernel = await this.active()?.started;
    const { html, status, evalue } = await kernel?.request("preview_request", { name, language }) ?? {};
    if (status !== "ok") throw new Error(evalue ?? "The kernel has ended.");
    const panel = vscode.window.createWebviewPanel(
      "gsr.preview", name, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }, { enableScripts: false });
    panel.webview.html = `<!DOCTYPE html><html><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<style>table { border-collapse: collapse; } th, td { padding: 2px 8px; text-align: right; } pre { overflow: auto; }
svg { max-width: 100%; }</style></head><body>${html}</body></html>`;
  }
}

export function showError(error: Error): void {
  void vscode.window.showErrorMessage(error.message);
}
