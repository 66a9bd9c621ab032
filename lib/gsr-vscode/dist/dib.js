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
exports.DibSerializer = void 0;
const promises_1 = require("node:fs/promises");
const node_os_1 = require("node:os");
const node_path_1 = require("node:path");
const vscode = __importStar(require("vscode"));
const engine_1 = require("./engine");
/** .NET Interactive's text notebooks, read and written by the engine, which turns them into notebooks and back. */
class DibSerializer {
    extension;
    constructor(extension) {
        this.extension = extension;
    }
    async deserializeNotebook(content) {
        const { cells, metadata } = JSON.parse(await this.convert("a.dib", Buffer.from(content), "a.ipynb"));
        return Object.assign(new vscode.NotebookData(cells.map((cell) => {
            const isCode = cell.cell_type === "code";
            const language = isCode ? cell.metadata?.polyglot_notebook?.kernelName ?? "csharp" : "markdown";
            return Object.assign(new vscode.NotebookCellData(isCode ? vscode.NotebookCellKind.Code : vscode.NotebookCellKind.Markup, [cell.source].flat().join(""), language), { metadata: { metadata: cell.metadata } });
        })), { metadata: { metadata } });
    }
    async serializeNotebook(data) {
        const cells = data.cells.map((cell, index) => {
            const isCode = cell.kind === vscode.NotebookCellKind.Code;
            const metadata = { ...cell.metadata?.metadata };
            if (isCode)
                metadata.polyglot_notebook = { kernelName: cell.languageId };
            return { cell_type: isCode ? "code" : "markdown", id: `cell-${index}`, metadata, source: cell.value,
                ...(isCode && { outputs: [], execution_count: null }) };
        });
        const notebook = { cells, metadata: data.metadata?.metadata ?? {}, nbformat: 4, nbformat_minor: 5 };
        return this.convert("a.ipynb", Buffer.from(JSON.stringify(notebook)), "a.dib");
    }
    async convert(from, content, to) {
        if (content.length === 0)
            content = Buffer.from(from.endsWith(".dib") ? "#!csharp\n\n" : "");
        const folder = await (0, promises_1.mkdtemp)((0, node_path_1.join)((0, node_os_1.tmpdir)(), "gsr-"));
        try {
            await (0, promises_1.writeFile)((0, node_path_1.join)(folder, from), content);
            await (0, engine_1.runEngine)(this.extension, folder, "convert", from, to);
            return await (0, promises_1.readFile)((0, node_path_1.join)(folder, to));
        }
        finally {
            await (0, promises_1.rm)(folder, { recursive: true, force: true });
        }
    }
}
exports.DibSerializer = DibSerializer;
