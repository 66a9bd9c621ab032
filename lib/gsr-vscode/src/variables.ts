import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import type { Content } from "./kernel";
import type { Session } from "./session";

const page = (name: string) => readFileSync(join(__dirname, `${name}.html`), "utf8");

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
    view.webview.html = page("variables").replaceAll("${nonce}", randomBytes(16).toString("hex"));
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
    panel.webview.html = page("preview").replace("${html}", () => html);
  }
}

export const showError = (error: Error) => void vscode.window.showErrorMessage(error.message);
