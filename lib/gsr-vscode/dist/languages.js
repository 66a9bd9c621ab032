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
exports.Diagnostics = exports.LanguageServices = void 0;
const vscode = __importStar(require("vscode"));
const session_1 = require("./session");
// The kernel's words are VS Code's names in small letters, but for these.
const { Function, Method, Keyword, ...named } = vscode.CompletionItemKind;
const kinds = new Map(Object.entries({ ...named, Keyword }).map(([name, kind]) => [name.toLowerCase(), Number(kind)]))
    .set("delegate", Function).set("function", Method).set("magic", Keyword);
// The protocol counts code points, VS Code UTF-16 units.
const points = (text, offset) => [...text.slice(0, offset)].length;
const units = (text, count) => [...text].slice(0, count).join("").length;
const markdown = (data) => new vscode.MarkdownString(data?.["text/markdown"] ?? data?.["text/plain"] ?? "");
/** Completion, hover and signatures of C# cells, from the kernel. */
class LanguageServices {
    find;
    asked = new WeakMap();
    constructor(find) {
        this.find = find;
    }
    register() {
        const cells = ["csharp", "polyglot-notebook"].map(language => ({ scheme: "vscode-notebook-cell", language }));
        return vscode.Disposable.from(vscode.languages.registerCompletionItemProvider(cells, this, ".", "#", "!"), vscode.languages.registerHoverProvider(cells, this), vscode.languages.registerSignatureHelpProvider(cells, this, "(", ",", "<"));
    }
    async provideCompletionItems(document, position, token) {
        const code = document.getText();
        const found = await this.ask("complete_request", document, document.offsetAt(position), token);
        if (!found)
            return undefined;
        const range = new vscode.Range(document.positionAt(units(code, found.cursor_start)), document.positionAt(units(code, found.cursor_end)));
        const entries = found.metadata._jupyter_types_experimental;
        return entries.map(({ text, type }) => {
            const item = Object.assign(new vscode.CompletionItem(text, kinds.get(type)), { range });
            this.asked.set(item, [document, document.version, range.start]);
            return item;
        });
    }
    // What an entry is, the kernel tells of the code as it would be with it.
    async resolveCompletionItem(item, token) {
        const [document, version, start] = this.asked.get(item) ?? [];
        if (!document || !start || document.isClosed || document.version !== version)
            return item;
        const before = document.getText().slice(0, document.offsetAt(start)) + item.label;
        const found = await this.ask("inspect_request", document, before.length - 1, token, before);
        if (found?.found)
            item.documentation = markdown(found.data);
        return item;
    }
    async provideHover(document, position, token) {
        const word = document.getWordRangeAtPosition(position);
        if (!word)
            return undefined;
        const found = await this.ask("inspect_request", document, document.offsetAt(position), token);
        return found?.found ? new vscode.Hover(markdown(found.data), word) : undefined;
    }
    async provideSignatureHelp(document, position, token) {
        const found = await this.ask("signature_request", document, document.offsetAt(position), token);
        if (!found?.signatures?.length)
            return undefined;
        const signatures = found.signatures.map(({ label, documentation, parameters }) => Object.assign(new vscode.SignatureInformation(label, documentation), { parameters: parameters.map((parameter) => new vscode.ParameterInformation([parameter.start, parameter.end], parameter.documentation)) }));
        return Object.assign(new vscode.SignatureHelp(), { signatures, activeSignature: found.active_signature, activeParameter: found.active_parameter });
    }
    // What nobody waits for any more is not asked for, and not answered.
    async ask(type, document, at, token, code = document.getText()) {
        const place = this.find(document);
        if (!place || (0, session_1.languageOf)(place.cell) !== "csharp")
            return undefined;
        const kernel = await place.session.kernel();
        if (token.isCancellationRequested)
            return undefined;
        const reply = await kernel.request(type, { code, cursor_pos: points(code, at), detail_level: 0 });
        return token.isCancellationRequested ? undefined : reply;
    }
}
exports.LanguageServices = LanguageServices;
/** Errors and warnings while typing: of syntax at once, of meaning as soon as the cells above have run. */
class Diagnostics {
    find;
    shown = vscode.languages.createDiagnosticCollection("gsr");
    timers = new WeakMap();
    constructor(find) {
        this.find = find;
    }
    /** A cell's text has changed. */
    change(document) {
        clearTimeout(this.timers.get(document));
        this.timers.set(document, setTimeout(() => this.check(document).catch(() => undefined), 400));
    }
    /** Cells have run: what was unknown may be known now. */
    refresh(session) {
        if (session.current)
            return;
        for (const cell of session.notebook.getCells())
            this.change(cell.document);
    }
    forget = (document) => this.shown.delete(document.uri);
    dispose = () => this.shown.dispose();
    async check(document) {
        const place = this.find(document);
        const starting = place?.session.started;
        if (!place || !starting || (0, session_1.languageOf)(place.cell) !== "csharp")
            return this.shown.delete(document.uri);
        const code = document.getText();
        const kernel = await starting;
        const { diagnostics = [] } = await kernel.request("diagnostics_request", { code, semantic: place.session.isReached(place.cell) });
        if (document.isClosed || document.getText() !== code)
            return;
        this.shown.set(document.uri, diagnostics.map((found) => {
            const [start, end] = [found.start, found.end].map(count => document.positionAt(units(code, count)));
            const severity = vscode.DiagnosticSeverity[found.severity === "error" ? "Error" : "Warning"];
            return Object.assign(new vscode.Diagnostic(new vscode.Range(start, end), found.message, severity), { code: found.code, source: "gsr" });
        }));
    }
}
exports.Diagnostics = Diagnostics;
