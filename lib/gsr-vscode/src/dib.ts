import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { runEngine } from "./engine";

/** .NET Interactive's text notebooks, read and written by the engine, which turns them into notebooks and back. */
export class DibSerializer implements vscode.NotebookSerializer {
  constructor(private readonly extension: vscode.Uri) {}

  async deserializeNotebook(content: Uint8Array): Promise<vscode.NotebookData> {
    const { cells, metadata } = JSON.parse(await this.convert("a.dib", Buffer.from(content), "a.ipynb"));
    return Object.assign(new vscode.NotebookData(cells.map((cell: Record<string, any>) => {
      const isCode = cell.cell_type === "code";
      const language = isCode ? cell.metadata?.polyglot_notebook?.kernelName ?? "csharp" : "markdown";
      return Object.assign(new vscode.NotebookCellData(isCode ? vscode.NotebookCellKind.Code : vscode.NotebookCellKind.Markup,
        [cell.source].flat().join(""), language), { metadata: { metadata: cell.metadata } });
    })), { metadata: { metadata } });
  }

  async serializeNotebook(data: vscode.NotebookData): Promise<Uint8Array> {
    const cells = data.cells.map((cell, index) => {
      const isCode = cell.kind === vscode.NotebookCellKind.Code;
      const metadata = { ...cell.metadata?.metadata };
      if (isCode) metadata.polyglot_notebook = { kernelName: cell.languageId };
      return { cell_type: isCode ? "code" : "markdown", id: `cell-${index}`, metadata, source: cell.value,
        ...(isCode && { outputs: [], execution_count: null }) };
    });
    const notebook = { cells, metadata: data.metadata?.metadata ?? {}, nbformat: 4, nbformat_minor: 5 };
    return this.convert("a.ipynb", Buffer.from(JSON.stringify(notebook)), "a.dib");
  }

  private async convert(from: string, content: Buffer, to: string): Promise<any> {
    if (content.length === 0) content = Buffer.from(from.endsWith(".dib") ? "#!csharp\n\n" : "");
    const folder = await mkdtemp(join(tmpdir(), "gsr-"));
    try {
      await writeFile(join(folder, from), content);
      await runEngine(this.extension, folder, "convert", from, to);
      return await readFile(join(folder, to));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}
