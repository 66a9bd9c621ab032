import { dirname } from "node:path";
import { homedir } from "node:os";
import * as vscode from "vscode";
import { Kernel } from "./kernel";
import { CellOutputs, Displays, Edit } from "./outputs";

/** The language in which a cell runs: its picker's, or that which .NET Interactive noted. */
export function languageOf(cell: vscode.NotebookCell): string {
  const { metadata: { metadata }, document: { languageId } } = cell;
  const noted = metadata?.polyglot_notebook?.kernelName ?? metadata?.dotnet_interactive?.language;
  return languageId === "csharp" || languageId === "polyglot-notebook" ? noted ?? "csharp" : languageId;
}

/** A notebook with its kernel and the cells that wait for it. */
export class Session {
  private readonly waiting: vscode.NotebookCellExecution[] = [];
  private readonly displays: Displays = new Map();
  private readonly late = new Map<vscode.NotebookCell, ((execution: vscode.NotebookCellExecution) => void)[]>();
  private executed = new Map<vscode.NotebookCell, string>();

  /** The kernel if it runs already, the cell that runs, and how often nobody was seen to look at the notebook. */
  started?: Promise<Kernel>;
  current?: vscode.NotebookCellExecution;
  unseen = 0;

  constructor(
    public notebook: vscode.NotebookDocument,
    private readonly controller: vscode.NotebookController,
    private readonly engine: () => string[],
    private readonly changed: (session: Session) => void) {}

  /** The kernel, started when it is first asked for; after a failure again, since it may have been mended. */
  kernel(): Promise<Kernel> {
    return (this.started ??= this.start().catch(error => { this.started = undefined; throw error; }));
  }

  /** True when all cells above one have run as they stand, so that the kernel knows what it may use. */
  isReached(cell: vscode.NotebookCell): boolean {
    return this.notebook.getCells(new vscode.NotebookRange(0, cell.index)).every(above =>
      above.kind !== vscode.NotebookCellKind.Code || !above.document.getText().trim()
        || this.executed.get(above) === above.document.getText());
  }

  /** Runs cells after those that wait already; all show at once that they wait. */
  async run(cells: vscode.NotebookCell[]): Promise<void> {
    for (const cell of cells) {
      this.late.delete(cell);
      this.waiting.push(this.controller.createNotebookCellExecution(cell));
    }
    if (this.current) return;
    for (let next = this.waiting.shift(); next; next = this.waiting.shift()) {
      this.current = next;
      const isGood = await this.execute(next).catch(() => false); // a cell may be deleted while it runs
      this.current = undefined;
      if (!isGood) this.abort();
      this.changed(this);
    }
  }

  async interrupt(): Promise<void> {
    this.abort();
    if (this.current) await (await this.started)?.interrupt();
  }

  /** Ends the kernel; the next cell finds another one. */
  async restart(): Promise<void> {
    this.abort();
    const kernel = this.started;
    this.started = undefined;
    this.executed.clear();
    this.displays.clear();
    await kernel?.then(running => running.shutdown(), () => undefined);
    this.changed(this);
  }

  private async start(): Promise<Kernel> {
    const folder = this.notebook.uri.scheme === "file" ? dirname(this.notebook.uri.fsPath)
      : vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? homedir();
    const kernel = await Kernel.start(this.engine(), folder);
    void kernel.ended.then(() => {
      if (kernel.isTold) return;
      this.started = undefined;
      this.executed.clear();
      this.changed(this);
    });
    return kernel;
  }

  private async execute(execution: vscode.NotebookCellExecution): Promise<boolean> {
    const { cell } = execution;
    const code = cell.document.getText();
    execution.start(Date.now());
    await execution.clearOutput();
    if (!code.trim()) {
      execution.end(undefined, Date.now());
      return true;
    }
    const outputs = new CellOutputs(this.editing(cell), this.displays);
    const input = new vscode.CancellationTokenSource();
    let isGood = false;
    try {
      const kernel = await this.kernel();
      this.executed.delete(cell);
      const reply = await kernel.execute(code, languageOf(cell), (type, content) => {
        if (type === "execute_input") execution.executionOrder = content.execution_count;
        else if (type === "input_request") void this.ask(kernel, content.prompt, content.password, input.token);
        else outputs.receive(type, content);
      });
      isGood = reply.status === "ok";
      this.executed.set(cell, code);
      for (const page of reply.payload ?? []) outputs.receive("display_data", { data: page.data, metadata: {} });
    } catch (error) {
      const reason = (error as Error).message;
      outputs.fail("KernelError", reason, [reason, "The next cell starts another kernel, without the variables of this one."]);
    }
    input.cancel();
    execution.end(isGood, Date.now());
    return isGood;
  }

  private async ask(kernel: Kernel, prompt: string, password: boolean, token: vscode.CancellationToken): Promise<void> {
    const value = await vscode.window.showInputBox(
      { prompt: prompt || "The cell reads a line.", password, ignoreFocusOut: true }, token);
    if (!token.isCancellationRequested) kernel.answerInput(value ?? "");
  }

  private abort(): void {
    for (const execution of this.waiting.splice(0)) {
      execution.start();
      execution.end(undefined);
    }
  }

  // An output changes within an execution only. For a cell that has ended one is made, for all changes of a moment, which
  // leaves its count, mark and time as they were.
  private editing(cell: vscode.NotebookCell): Edit {
    return change => {
      if (this.current?.cell === cell) return change(this.current);
      if (this.waiting.some(execution => execution.cell === cell) || cell.index < 0) return; // it is to run anew, or gone
      const changes = this.late.get(cell);
      if (changes) return void changes.push(change);
      this.late.set(cell, [change]);
      setTimeout(() => this.editLate(cell), 100);
    };
  }

  private editLate(cell: vscode.NotebookCell): void {
    const changes = this.late.get(cell) ?? [];
    this.late.delete(cell);
    if (changes.length === 0 || cell.index < 0) return;
    const { executionOrder, success, timing } = cell.executionSummary ?? {};
    const execution = this.controller.createNotebookCellExecution(cell);
    execution.executionOrder = executionOrder;
    execution.start(timing?.startTime);
    for (const change of changes) change(execution);
    execution.end(success, timing?.endTime);
  }
}
