"use strict";
var __createBinding = (this && this.__createBinding) || (Object.create ? (function(o, m, k, k2) {
    if (k2 === undefined) k2 = k;
    var desc = Object.getOwnPropertyDescriptor(m, k);
    if (!desc || ("get" in desc ? !m.__esModule : desc.writable || desc.configurable)) {
      desc = { enumerable: true, get: function() { return m[k]; } };
    }
    Object.defineProperty(o, k2, desc);
}) : (function(o, m, k, k2) {
    if (k2 === undefined) k2 = k;
    o[k2] = m[k];
}));
var __setModuleDefault = (this && this.__setModuleDefault) || (Object.create ? (function(o, v) {
    Object.defineProperty(o, "default", { enumerable: true, value: v });
}) : function(o, v) {
    o["default"] = v;
});
var __importStar = (this && this.__importStar) || (function () {
    var ownKeys = function(o) {
        ownKeys = Object.getOwnPropertyNames || function (o) {
            var ar = [];
            for (var k in o) if (Object.prototype.hasOwnProperty.call(o, k)) ar[ar.length] = k;
            return ar;
        };
        return ownKeys(o);
    };
    return function (mod) {
        if (mod && mod.__esModule) return mod;
        var result = {};
        if (mod != null) for (var k = ownKeys(mod), i = 0; i < k.length; i++) if (k[i] !== "default") __createBinding(result, mod, k[i]);
        __setModuleDefault(result, mod);
        return result;
    };
})();
Object.defineProperty(exports, "__esModule", { value: true });
exports.debugAdapters = void 0;
exports.debugCell = debugCell;
const vscode = __importStar(require("vscode"));
const session_1 = require("./session");
/** The kernel's debug adapter, for VS Code: it has an address for each cell where the kernel has a path for its code. */
class CellDebugger {
    session;
    sent = new vscode.EventEmitter();
    addresses = new Map();
    configured = () => { };
    onDidSendMessage = this.sent.event;
    dispose = () => this.sent.dispose();
    /** Done when the kernel knows the breakpoints. */
    ready = new Promise(resolve => (this.configured = resolve));
    constructor(session) {
        this.session = session;
        void session.kernel().then(kernel => (kernel.onDebugEvent = event => this.sent.fire(event)));
    }
    handleMessage(request) {
        void this.answer(request)
            .catch(error => ({ type: "response", seq: 0, request_seq: request.seq, command: request.command, success: false, message: `${error}` }))
            .then(response => this.sent.fire(response));
    }
    async answer(request) {
        const kernel = await this.session.kernel();
        const ask = (content) => kernel.request("debug_request", content, "control");
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
        if (request.command === "configurationDone")
            this.configured();
        return response;
    }
}
const debuggers = new Map();
exports.debugAdapters = { createDebugAdapterDescriptor: ({ configuration }) => new vscode.DebugAdapterInlineImplementation(debuggers.get(configuration.notebook)) };
/** Runs a cell that stops at its breakpoints. */
async function debugCell(session, cell) {
    if (!session || (0, session_1.languageOf)(cell) !== "csharp")
        throw new Error("Cells in C#, in a trusted folder, can be debugged.");
    if (session.current)
        throw new Error("Other cells run. Wait for them, or interrupt them.");
    const notebook = session.notebook.uri.toString();
    const adapter = new CellDebugger(session);
    debuggers.set(notebook, adapter);
    // Nothing can be asked in the console, which would cover half of the notebook.
    const configuration = { type: "gsr", request: "attach", name: "Cell", notebook, internalConsoleOptions: "neverOpen" };
    if (!await vscode.debug.startDebugging(undefined, configuration, { suppressSaveBeforeStart: true }))
        return;
    await adapter.ready;
    await session.run([cell]);
    const { activeDebugSession } = vscode.debug;
    if (activeDebugSession?.configuration.notebook === notebook)
        await vscode.debug.stopDebugging(activeDebugSession);
}
