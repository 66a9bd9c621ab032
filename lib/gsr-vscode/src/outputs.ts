import * as vscode from "vscode";
import type { Content, Listener } from "./kernel";

/** Where outputs of one cell may still be changed: by whoever runs it, or for a moment after its end. */
export type Edit = (change: Change) => void;
export type Change = (execution: vscode.NotebookCellExecution) => Thenable<unknown>;

/** The outputs that have a name, in all cells of a notebook. */
export type Displays = Map<string, { edit: Edit; output: vscode.NotebookCellOutput }[]>;

// The order in which VS Code's own reader of notebooks puts them, so that a chart looks the same when it is stored.
const order = [/^application\/vnd\./, /^text\/html$/, /^text\/latex$/, /^text\/markdown$/, /^image\//, /^application\//];

/** The representations of a value, the richest first. */
export function items(data: Content): vscode.NotebookCellOutputItem[] {
  const rank = (mime: string) => (order.findIndex(pattern => pattern.test(mime)) + order.length + 1) % (order.length + 1);
  return Object.entries(data).sort(([a], [b]) => rank(a) - rank(b)).map(([mime, value]) => {
    if (/^image\//.test(mime) && mime !== "image/svg+xml")
      return new vscode.NotebookCellOutputItem(Buffer.from(String(value), "base64"), mime);
    return vscode.NotebookCellOutputItem.text(typeof value === "string" ? value : JSON.stringify(value), mime);
  });
}

/** Puts what the kernel says about one execution into its cell. */
export class CellOutputs {
  private stream?: { name: string; output: vscode.NotebookCellOutput; cell?: vscode.NotebookCell };
  private isToClear = false;
  constructor(private readonly edit: Edit, private readonly displays: Displays) {}

  readonly receive: Listener = (type, content) => {
    switch (type) {
      case "stream": return this.write(content.name, content.text);
      case "display_data": case "execute_result": return this.show(type, content);
      case "update_display_data":
        for (const { edit, output } of this.displays.get(content.transient?.display_id) ?? [])
          edit(execution => execution.replaceOutputItems(items(content.data), output));
        return;
      case "error": return this.fail(content.ename, content.evalue, content.traceback);
      case "clear_output":
        if (!(this.isToClear = content.wait)) this.clear();
    }
  };

  /** An error, with what VS Code needs to write its lines into the file. */
  fail(ename: string, evalue: string, traceback: string[]): void {
    const item = vscode.NotebookCellOutputItem.error({ name: ename, message: evalue, stack: traceback.join("\n") });
    this.append(new vscode.NotebookCellOutput([item],
      { outputType: "error", originalError: { output_type: "error", ename, evalue, traceback } }));
  }

  private write(name: string, text: string): void {
    const item = name === "stderr" ? vscode.NotebookCellOutputItem.stderr(text) : vscode.NotebookCellOutputItem.stdout(text);
    const { stream } = this;
    if (stream?.name === name && !this.isToClear) return this.edit(execution => {
      const { cell } = execution;
      if (cell.outputs.length > 0) stream.cell = cell;
      if (cell.outputs.length > 0 || stream.cell !== cell) return execution.appendOutputItems(item, stream.output);
      // It was shown there, and has been cleared by hand since: it takes nothing any more.
      [stream.cell, stream.output.items] = [undefined, [item]];
      return execution.appendOutput(stream.output);
    });
    const begun: typeof stream = { name, output: new vscode.NotebookCellOutput([item], { outputType: "stream" }) };
    this.append(begun.output, cell => (begun.cell = cell));
    this.stream = begun;
  }

  private show(type: string, content: Content): void {
    const id: string | undefined = content.transient?.display_id;
    const output = new vscode.NotebookCellOutput(items(content.data), {
      outputType: type, metadata: content.metadata,
      ...(type === "execute_result" && { executionCount: content.execution_count }),
    });
    this.append(output);
    if (id) this.displays.set(id, [...(this.displays.get(id) ?? []), { edit: this.edit, output }]);
  }

  private append(output: vscode.NotebookCellOutput, shown = (_: vscode.NotebookCell): unknown => undefined): void {
    if (this.isToClear) this.clear();
    this.stream = undefined;
    // The cell knows of it a little later.
    this.edit(execution => execution.appendOutput(output).then(() => setTimeout(shown, 300, execution.cell)));
  }

  private clear(): void {
    [this.isToClear, this.stream] = [false, undefined];
    this.edit(execution => execution.clearOutput());
  }
}
