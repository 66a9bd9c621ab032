import * as vscode from "vscode";
import type { Content } from "./kernel";
import { languageOf, type Session } from "./session";

/** The kernel's debug adapter, for VS Code: it has an address for each cell where the kernel has a path for its code. */
class CellDebugger implements vscode.DebugAdapter {
  private readonly sent = new vscode.EventEmitter<vscode.DebugProtocolMessage>();
  private readonly addresses = new Map<string, string>();
  private configured = () => {};
  readonly onDidSendMessage = this.sent.event;
  readonly dispose = () => this.sent.dispose();
  /** Done when the kernel knows the breakpoints. */
  readonly ready = new Promise<void>(resolve => (this.configured = resolve));

  constructor(private readonly session: Session) {
    void session.kernel().then(kernel => (kernel.onDebugEvent = event => this.sent.fire(event)));
  }

  handleMessage(request: Content): void {
    void this.answer(request)
      .catch(error => ({ type: "response", seq: 0, request_seq: request.seq, command: request.command, success: false, message: `${error}` }))
      .then(response => this.sent.fire(response));
  }

  private async answer(request: Content): Promise<Content> {
    const kernel = await this.session.kernel();
    const ask = (content: Content) => kernel.request("debug_request", content, "control");
    const source = request.arguments?.source;
    const cell = this.session.notebook.getCells().find(({ document }) => document.uri.toString() === source?.path);
    if (cell) {
      const dumped = await ask({ command: "dumpCell", arguments: { code: cell.document.getText() } });
      this.addresses.set(dumped.body.sourcePath, source.path);
      source.path = dumped.body.sourcePath;
    }
    const response = await ask(request);
    for (const { source } of [...response.body?.stackFrames ?? [], ...response.body?.breakpoints ?? []])
      source.path = this.addresses.get(source.path) ?? source.path;
    if (request.command === "configurationDone") this.configured();
    return response;
  }
}

const debuggers = new Map<string, CellDebugger>();

export const debugAdapters: vscode.DebugAdapterDescriptorFactory = { createDebugAdapterDescriptor: ({ configuration }) =>
  new vscode.DebugAdapterInlineImplementation(debuggers.get(configuration.notebook)!) };

/** Runs a cell that stops at its breakpoints. */
export async function debugCell(session: Session | undefined, cell: vscode.NotebookCell): Promise<void> {
  if (!session || languageOf(cell) !== "csharp") throw new Error("Cells in C#, in a trusted folder, can be debugged.");
  if (session.current) throw new Error("Other cells run. Wait for them, or interrupt them.");
  const notebook = session.notebook.uri.toString();
  const adapter = new CellDebugger(session);
  debuggers.set(notebook, adapter);
  // Nothing can be asked in the console, which would cover half of the notebook.
  const configuration = { type: "gsr", request: "attach", name: "Cell", notebook, internalConsoleOptions: "neverOpen" };
  if (!await vscode.debug.startDebugging(undefined, configuration, { suppressSaveBeforeStart: true })) return;
  await adapter.ready;
  await session.run([cell]);
  const { activeDebugSession } = vscode.debug;
  if (activeDebugSession?.configuration.notebook === notebook) await vscode.debug.stopDebugging(activeDebugSession);
}
