import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import { whyNot } from "./kernel";

/** The command that starts the engine: the setting, else what installed this extension, else the PATH. */
export function engineCommand(extension: vscode.Uri): string[] {
  const set = vscode.workspace.getConfiguration("gsr").get<string[]>("command", []);
  if (set.length > 0) return set;
  const file = join(extension.fsPath, "engine.json");
  if (!existsSync(file)) return ["gsr"];
  const { command } = JSON.parse(readFileSync(file, "utf8")) as { command: string[] };
  const missing = command.find(word => /[\\/]/.test(word) && !existsSync(word));
  if (missing) throw new Error(`${missing} is not there any more. Run "gsr vscode install" again, or set "gsr.command".`);
  return command;
}

/** Runs a command of the engine to its end; what it says is the result, or the error. */
export function runEngine(extension: vscode.Uri, folder: string | undefined, ...args: string[]): Promise<string> {
  const [program, ...rest] = engineCommand(extension);
  return new Promise((resolve, reject) => execFile(program, [...rest, ...args], { cwd: folder, windowsHide: true },
    (error, output, errors) => error
      ? reject(new Error(errors.trim() || output.trim() || `${program}: ${whyNot(error)}`)) : resolve(output)));
}
