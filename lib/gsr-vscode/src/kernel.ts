import { ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, Socket } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as after } from "node:timers/promises";

/** What a message says; its members are Jupyter's. */
export type Content = Record<string, any>;

/** Takes what the kernel says about one execution, also after its end. */
export type Listener = (type: string, content: Content) => void;

const [patience, timeToLeave, lastWords] = [60_000, 3_000, 4_000];
const settings = { DOTNET_TieredPGO_InstrumentOnlyHotCode: "0" }; // the engine's RuntimeSettings say why

/** Why a program did not start. */
export const whyNot = (error: Error & { code?: unknown }) => error.code !== "ENOENT" ? error.message
  : "not found. Put it on the PATH, or name another engine in the setting \"gsr.command\".";

/** A kernel as a process: Jupyter's messages over a pipe on which this side listens. */
export class Kernel {
  private readonly replies = new Map<string, { resolve: (content: Content) => void; reject: (reason: Error) => void }>();
  private readonly listeners = new Map<string, Listener>();
  private readonly chunks: Buffer[] = [];
  private errors = "";
  private size = 0;
  private socket?: Socket;

  /** Why it ended, once it has, and whether this side wanted that; who is told what the debugger says. */
  readonly ended: Promise<string>;
  isAlive = true;
  isTold = false;
  onDebugEvent?: (event: Content) => void;

  private constructor(private readonly process: ChildProcess) {
    process.stderr?.on("data", (text: Buffer) => (this.errors = (this.errors + text).slice(-lastWords)));
    this.ended = new Promise(resolve => {
      process.once("error", error => resolve(whyNot(error)));
      process.once("close", (code, signal) => resolve(this.isTold ? "The kernel was shut down."
        : `The kernel ${signal ? `was ended by ${signal}` : `ended with exit code ${code}`}. ${this.errors.trim()}`.trim()
          + (this.socket ? "\nThe next cell starts another kernel, without the variables of this one." : "")));
    });
    void this.ended.then(reason => {
      this.isAlive = false;
      this.socket?.destroy();
      for (const { reject } of this.replies.values()) reject(new Error(reason));
      this.replies.clear();
    });
  }

  /** Starts a kernel in a folder and waits until it is there; the error says what it said. */
  static async start(command: readonly string[], folder: string): Promise<Kernel> {
    const isWindows = process.platform === "win32";
    const path = isWindows ? `\\\\.\\pipe\\gsr-${randomUUID()}` : join(mkdtempSync(join(tmpdir(), "gsr-")), "s");
    const server = createServer();
    try {
      await new Promise<void>((resolve, reject) => server.once("error", reject).listen(path, resolve));
      const connected = new Promise<Socket>(resolve => server.once("connection", resolve));
      const kernel = new Kernel(spawn(command[0], [...command.slice(1), "kernel", "start", "--pipe", path],
        { cwd: folder, stdio: ["ignore", "ignore", "pipe"], windowsHide: true, env: { ...process.env, ...settings } }));
      const late = after(patience, "The kernel does not answer.", { ref: false });
      const first = await Promise.race([connected, kernel.ended, late]);
      if (typeof first === "string") {
        kernel.kill();
        throw new Error(`${command.join(" ")}: ${first}`);
      }
      kernel.listen(first);
      return kernel;
    } finally {
      server.close();
      if (!isWindows) rmSync(dirname(path), { recursive: true, force: true });
    }
  }

  /** Asks and waits for the answer; rejected when the kernel ends. */
  request(type: string, content: Content = {}, channel = "shell", listener?: Listener): Promise<Content> {
    return new Promise((resolve, reject) => {
      if (!this.isAlive) return reject(new Error("The kernel has ended."));
      const id = randomUUID();
      this.replies.set(id, { resolve, reject });
      if (listener) this.listeners.set(id, listener);
      this.send(channel, type, id, content);
    });
  }

  /** Runs a cell; the reply comes after its outputs. */
  readonly execute = (code: string, language: string, listener: Listener) => this.request("execute_request",
    { code, language, silent: false, store_history: true, allow_stdin: true, stop_on_error: true }, "shell", listener);

  readonly interrupt = () => this.request("interrupt_request", {}, "control");
  readonly answerInput = (value: string) => this.send("stdin", "input_reply", randomUUID(), { value, status: "ok" });

  /** Ends it, by a word or else by force. */
  async shutdown(): Promise<void> {
    if (!this.isAlive) return;
    this.isTold = true;
    const timer = setTimeout(() => this.kill(), timeToLeave);
    this.request("shutdown_request", { restart: false }, "control").catch(() => undefined);
    await this.ended;
    clearTimeout(timer);
  }

  private readonly kill = () => { this.isTold = true; this.process.kill("SIGKILL"); };

  private send(channel: string, type: string, id: string, content: Content): void {
    const body = Buffer.from(JSON.stringify({ channel, type, id, content }));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(body.length);
    this.socket?.write(Buffer.concat([length, body]));
  }

  private listen(socket: Socket): void {
    this.socket = socket;
    socket.on("error", () => socket.destroy());
    socket.on("data", (chunk: Buffer) => {
      this.chunks.push(chunk);
      this.size += chunk.length;
      for (let message = this.take(); message; message = this.take()) this.receive(JSON.parse(message.toString()));
    });
  }

  // Chunks are joined when a message is whole, not at each: one of 100 MB comes in 1,600 of them.
  private take(): Buffer | undefined {
    if (this.size < 4) return undefined;
    if (this.chunks[0].length < 4) this.chunks.splice(0, this.chunks.length, Buffer.concat(this.chunks));
    const end = 4 + this.chunks[0].readUInt32LE(0);
    if (this.size < end) return undefined;
    const all = this.chunks.length === 1 ? this.chunks[0] : Buffer.concat(this.chunks);
    this.chunks.splice(0, this.chunks.length, ...(all.length > end ? [all.subarray(end)] : []));
    this.size -= end;
    return all.subarray(4, end);
  }

  private receive({ channel, type, parent = "", content }: { channel: string; type: string; parent?: string; content: Content }) {
    if (type === "debug_event") return this.onDebugEvent?.(content);
    if (channel === "iopub" || channel === "stdin") return this.listeners.get(parent)?.(type, content);
    this.replies.get(parent)?.resolve(content);
    this.replies.delete(parent);
  }
}
