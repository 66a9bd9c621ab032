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
exports.engineCommand = engineCommand;
exports.runEngine = runEngine;
const node_child_process_1 = require("node:child_process");
const node_fs_1 = require("node:fs");
const node_path_1 = require("node:path");
const vscode = __importStar(require("vscode"));
const kernel_1 = require("./kernel");
/** The command that starts the engine: the setting, else what installed this extension, else the PATH. */
function engineCommand(extension) {
    const set = vscode.workspace.getConfiguration("gsr").get("command", []);
    if (set.length > 0)
        return set;
    const file = (0, node_path_1.join)(extension.fsPath, "engine.json");
    if (!(0, node_fs_1.existsSync)(file))
        return ["gsr"];
    const { command } = JSON.parse((0, node_fs_1.readFileSync)(file, "utf8"));
    const missing = command.find(word => /[\\/]/.test(word) && !(0, node_fs_1.existsSync)(word));
    if (missing)
        throw new Error(`${missing} is not there any more. Run "gsr vscode install" again, or set "gsr.command".`);
    return command;
}
/** Runs a command of the engine to its end; what it says is the result, or the error. */
function runEngine(extension, folder, ...args) {
    const [program, ...rest] = engineCommand(extension);
    return new Promise((resolve, reject) => (0, node_child_process_1.execFile)(program, [...rest, ...args], { cwd: folder, windowsHide: true }, (error, output, errors) => error
        ? reject(new Error(errors.trim() || output.trim() || `${program}: ${(0, kernel_1.whyNot)(error)}`)) : resolve(output)));
}
