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
exports.CellOutputs = void 0;
exports.items = items;
const vscode = __importStar(require("vscode"));
// The order in which VS Code's own reader of notebooks puts them, so that a chart looks the same when it is stored.
const order = [/^application\/vnd\./, /^text\/html$/, /^text\/latex$/, /^text\/markdown$/, /^image\//, /^application\//];
/** The representations of a value, the richest first. */
function items(data) {
    const rank = (mime) => (order.findIndex(pattern => pattern.test(mime)) + order.length + 1) % (order.length + 1);
    return Object.entries(data).sort(([a], [b]) => rank(a) - rank(b)).map(([mime, value]) => {
        if (/^image\//.test(mime) && mime !== "image/svg+xml")
            return new vscode.NotebookCellOutputItem(Buffer.from(String(value), "base64"), mime);
        return vscode.NotebookCellOutputItem.text(typeof value === "string" ? value : JSON.stringify(value), mime);
    });
}
/** Puts what the kernel says about one execution into its cell. */
class CellOutputs {
    edit;
    displays;
    stream;
    isToClear = false;
    constructor(edit, displays) {
        this.edit = edit;
        this.displays = displays;
    }
    receive = (type, content) => {
        switch (type) {
            case "stream": return this.write(content.name, content.text);
            case "display_data":
            case "execute_result": return this.show(type, content);
            case "update_display_data":
                for (const { edit, output } of this.displays.get(content.transient?.display_id) ?? [])
                    edit(execution => execution.replaceOutputItems(items(content.data), output));
                return;
            case "error": return this.fail(content.ename, content.evalue, content.traceback);
            case "clear_output":
                if (!(this.isToClear = content.wait))
                    this.clear();
        }
    };
    /** An error, with what VS Code needs to write its lines into the file. */
    fail(ename, evalue, traceback) {
        const item = vscode.NotebookCellOutputItem.error({ name: ename, message: evalue, stack: traceback.join("\n") });
        this.append(new vscode.NotebookCellOutput([item], { outputType: "error", originalError: { output_type: "error", ename, evalue, traceback } }));
    }
    write(name, text) {
        const item = name === "stderr" ? vscode.NotebookCellOutputItem.stderr(text) : vscode.NotebookCellOutputItem.stdout(text);
        const { stream } = this;
        if (stream?.name === name && !this.isToClear)
            return this.edit(execution => {
                const { cell } = execution;
                if (cell.outputs.length > 0)
                    stream.cell = cell;
                if (cell.outputs.length > 0 || stream.cell !== cell)
                    return execution.appendOutputItems(item, stream.output);
                // It was shown there, and has been cleared by hand since: it takes nothing any more.
                [stream.cell, stream.output.items] = [undefined, [item]];
                return execution.appendOutput(stream.output);
            });
        const begun = { name, output: new vscode.NotebookCellOutput([item], { outputType: "stream" }) };
        this.append(begun.output, cell => (begun.cell = cell));
        this.stream = begun;
    }
    show(type, content) {
        const id = content.transient?.display_id;
        const output = new vscode.NotebookCellOutput(items(content.data), {
            outputType: type, metadata: content.metadata,
            ...(type === "execute_result" && { executionCount: content.execution_count }),
        });
        this.append(output);
        if (id)
            this.displays.set(id, [...(this.displays.get(id) ?? []), { edit: this.edit, output }]);
    }
    append(output, shown = (_) => undefined) {
        if (this.isToClear)
            this.clear();
        this.stream = undefined;
        // The cell knows of it a little later.
        this.edit(execution => execution.appendOutput(output).then(() => setTimeout(shown, 300, execution.cell)));
    }
    clear() {
        [this.isToClear, this.stream] = [false, undefined];
        this.edit(execution => execution.clearOutput());
    }
}
exports.CellOutputs = CellOutputs;
