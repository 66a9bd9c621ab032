import { dirname } from "node:path";
import { homedir } from "node:os";
import * as vscode from "vscode";
import { Kernel } from "./kernel";
import { CellOutputs, Change, Displays, Edit } from "./outputs";

/** The language in which a cell runs: its picker's, or that which .NET Interactive noted. */
export function languageOf(cell: vscode.NotebookCell): string {
  const { metadata: { metadata }, document: { languageId } } = cell;
  const noted = metadata?.polyglot_notebook?.kernelName ?? metadata?.dotnet_interactive?.language;
  return languageId === "csharp" || languageId === "polyglot-notebook" ? noted ?? "csharp" : languageId;
}

// Shows outputs by the names that they have: in one step VS Code would keep its own of the same looks. Those it may add meanwhile.
async function show(execution: vscode.NotebookCellExecution, outputs: readonly vscode.NotebookCellOutput[], tries = 5): Promise<void> {
  await execution.clearOutput();
  await execution.appendOutput([...outputs]);
  await new Promise(resolve => setTimeout(resolve, 200));
  if (tries > 1 && execution.cell.outputs.length !== outputs.length) await show(execution, outputs, tries - 1);
}

/** A cell that runs or waits, by another execution when its notebook is opened anew. */
type Task = { execution: vscode.NotebookCellExecution };

/** A notebook with its kernel and the cells that wait for it. */
export class Session {
  private readonly waiting: Task[] = [];
  private readonly displays: Displays = new Map();
  private readonly late = new Map<vscode.NotebookCell, Change[]>();
  private executed = new Map<vscode.NotebookCell, string>();
  // What the cells of a notebook that was opened anew are now, and what they showed before, by the names that displays know.
  private readonly anew = new WeakMap<vscode.NotebookCell, vscode.NotebookCell>();
  private readonly before = new WeakMap<vscode.NotebookCell, readonly vscode.NotebookCellOutput[]>();
  private readonly now = (cell: vscode.NotebookCell): vscode.NotebookCell =>
    this.anew.has(cell) ? this.now(this.anew.get(cell)!) : cell;
  // What the running cell shows while its notebook is opened anew; without a file all of it, since what is on its way gets lost.
  private held: Change[] = [];
  private said: Change[] = [];
  private moving?: Promise<void>;
  private release = () => {};
  // Done when all that was shown so far is in VS Code's document.
  private taken: Promise<unknown> = Promise.resolve();
  private readonly track = (step: Thenable<unknown>) => (this.taken = Promise.allSettled([this.taken, step]).then(() => {}));

  /** The kernel if it runs already, the cell that runs, and how often nobody was seen to look at the notebook. */
  started?: Promise<Kernel>;
  current?: Task;
  unseen = 0;

  constructor(
    public notebook: vscode.NotebookDocument, private readonly controller: vscode.NotebookController,
    private readonly engine: () => string[], private readonly changed: (session: Session) => void) {}

  /** The kernel, started when it is first asked for; after a failure again, since it may have been mended. */
  kernel(): Promise<Kernel> {
    return (this.started ??= this.start().catch(error => { this.started = undefined; throw error; }));
  }

  /** Keeps what a cell shows while its notebook is renamed, since the old document would lose it. Done when the name may change. */
  async hold(): Promise<void> {
    if (this.moving) await this.moving;
    this.moving = new Promise<void>(resolve => (this.release = resolve)).then(() => {
      this.moving = undefined;
      for (const change of this.held.splice(0)) if (this.current) this.track(change(this.current.execution));
    });
    // A file that is still there was not renamed; for one that is gone, the new document is on its way.
    const { release, notebook: { uri } } = this;
    setTimeout(() => vscode.workspace.fs.stat(uri).then(release, () => setTimeout(release, 20_000)), 10_000);
    await this.taken;
  }

  /** The notebook was opened anew, since it was renamed or saved for the first time: what runs and waits goes on there. */
  move(notebook: vscode.NotebookDocument): void {
    if (notebook === this.notebook) return;
    for (const [i, cell] of this.notebook.getCells().entries()) {
      this.anew.set(cell, notebook.cellAt(i));
      this.before.set(notebook.cellAt(i), this.before.get(cell) ?? cell.outputs);
    }
    this.notebook = notebook;
    if (!this.moving) void this.hold();
    let shown = Promise.resolve();
    this.executed = new Map([...this.executed].map(([cell, code]) => [this.now(cell), code]));
    for (const task of [this.current ?? [], this.waiting].flat()) {
      const { cell, executionOrder } = task.execution;
      this.before.delete(this.now(cell));
      task.execution = this.controller.createNotebookCellExecution(this.now(cell));
      if (task !== this.current) continue;
      task.execution.executionOrder = executionOrder;
      task.execution.start(Date.now());
      shown = show(task.execution, this.said.length > 0 ? [] : cell.outputs);
      this.held.unshift(...this.said.splice(0));
    }
    void shown.then(this.release, this.release);
  }

  /** True when all cells above one have run as they stand, so that the kernel knows what it may use. */
  isReached(cell: vscode.NotebookCell): boolean {
    return this.notebook.getCells(new vscode.NotebookRange(0, cell.index)).every(above =>
      above.kind !== vscode.NotebookCellKind.Code || !above.document.getText().trim()
        || this.executed.get(above) === above.document.getText());
  }

  /** Runs cells after those that wait already; all show at once that they wait. */
  async run(cells: vscode.NotebookCell[]): Promise<void> {
    for (const known of [this.late, this.before]) cells.forEach(cell => known.delete(cell));
    this.waiting.push(...cells.map(cell => ({ execution: this.controller.createNotebookCellExecution(cell) })));
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
    for (const known of [this.executed, this.displays]) known.clear();
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

  private async execute(task: Task): Promise<boolean> {
    const { execution, execution: { cell } } = task;
    const code = cell.document.getText();
    this.said = [];
    execution.start(Date.now());
    await this.track(execution.clearOutput());
    if (!code.trim()) return execution.end(undefined, Date.now()), true;
    const outputs = new CellOutputs(this.editing(task), this.displays);
    const input = new vscode.CancellationTokenSource();
    let isGood = false;
    try {
      const kernel = await this.kernel();
      this.executed.delete(cell);
      const reply = await kernel.execute(code, languageOf(cell), (type, content) => {
        if (type === "execute_input") task.execution.executionOrder = content.execution_count;
        else if (type === "input_request") void this.ask(kernel, content.prompt, content.password, input.token);
        else outputs.receive(type, content);
      });
      isGood = reply.status === "ok";
      this.executed.set(task.execution.cell, code);
      for (const page of reply.payload ?? []) outputs.receive("display_data", { data: page.data, metadata: {} });
    } catch (error) {
      outputs.fail("KernelError", (error as Error).message, [(error as Error).message]);
    }
    input.cancel();
    await this.moving;
    task.execution.end(isGood, Date.now());
    return isGood;
  }

  private async ask(kernel: Kernel, prompt: string, password: boolean, token: vscode.CancellationToken): Promise<void> {
    const value = await vscode.window.showInputBox(
      { prompt: prompt || "The cell reads a line.", password, ignoreFocusOut: true }, token);
    if (!token.isCancellationRequested) kernel.answerInput(value ?? "");
  }

  private abort(): void {
    for (const { execution } of this.waiting.splice(0)) (execution.start(), execution.end(undefined));
  }

  // An output changes within an execution only. For a cell that has ended one is made, for all changes of a moment, which
  // leaves its count, mark and time as they were.
  private editing(task: Task): Edit {
    return change => {
      if (this.current === task && this.notebook.isUntitled) this.said.push(change);
      if (this.current === task) return void (this.moving ? this.held.push(change) : this.track(change(task.execution)));
      const cell = this.now(task.execution.cell);
      if (this.waiting.some(one => one.execution.cell === cell) || cell.index < 0) return; // it is to run anew, or gone
      const changes = this.late.get(cell);
      if (changes) return void changes.push(change);
      this.late.set(cell, [change]);
      setTimeout(() => this.track(this.editLate(cell)), 100);
    };
  }

  private async editLate(known: vscode.NotebookCell): Promise<void> {
    await this.moving;
    const [cell, changes] = [this.now(known), this.late.get(known)];
    if (!changes || cell.index < 0) return void this.late.delete(known);
    const { executionOrder, success, timing } = cell.executionSummary ?? {};
    const execution = this.controller.createNotebookCellExecution(cell);
    execution.executionOrder = executionOrder;
    execution.start(timing?.startTime);
    const before = this.before.get(cell);
    if (this.before.delete(cell) && before?.length === cell.outputs.length) await show(execution, before);
    this.late.delete(known);
    for (const change of changes) this.track(change(execution));
    execution.end(success, timing?.endTime);
  }
}
