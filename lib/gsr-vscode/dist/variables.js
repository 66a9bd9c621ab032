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
exports.showError = exports.VariablesView = void 0;
const node_crypto_1 = require("node:crypto");
const node_fs_1 = require("node:fs");
const node_path_1 = require("node:path");
const vscode = __importStar(require("vscode"));
const page = (name) => (0, node_fs_1.readFileSync)((0, node_path_1.join)(__dirname, `${name}.html`), "utf8");
/** The variables of the notebook that is looked at, as a table that is sorted by a click; a row opens a preview. */
class VariablesView {
    active;
    view;
    asked = 0;
    constructor(active) {
        this.active = active;
    }
    resolveWebviewView(view) {
        this.view = view;
        view.webview.options = { enableScripts: true };
        view.webview.onDidReceiveMessage((message) => message.isReady ? this.refresh() : this.preview(message.name, message.language).catch(exports.showError));
        view.onDidChangeVisibility(() => this.refresh());
        view.onDidDispose(() => (this.view = undefined));
        view.webview.html = page("variables").replaceAll("${nonce}", (0, node_crypto_1.randomBytes)(16).toString("hex"));
    }
    /** Asks the kernel anew; what runs meanwhile is waited for. */
    async refresh() {
        if (!this.view?.visible)
            return;
        const turn = ++this.asked;
        const kernel = await this.active()?.started?.catch(() => undefined);
        const { variables } = await kernel?.request("variables_request").catch(() => undefined) ?? { variables: [] };
        if (turn === this.asked)
            await this.view?.webview.postMessage(variables);
    }
    async preview(name, language) {
        const kernel = await this.active()?.started;
        const { html, status, evalue } = await kernel?.request("preview_request", { name, language }) ?? {};
        if (status !== "ok")
            throw new Error(evalue ?? "The kernel has ended.");
        const panel = vscode.window.createWebviewPanel("gsr.preview", name, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }, { enableScripts: false });
        panel.webview.html = page("preview").replace("${html}", () => html);
    }
}
exports.VariablesView = VariablesView;
const showError = (error) => void vscode.window.showErrorMessage(error.message);
exports.showError = showError;
