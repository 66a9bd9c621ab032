"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.Kernel = exports.whyNot = void 0;
const node_child_process_1 = require("node:child_process");
const node_crypto_1 = require("node:crypto");
const node_fs_1 = require("node:fs");
const node_net_1 = require("node:net");
const node_os_1 = require("node:os");
const node_path_1 = require("node:path");
const promises_1 = require("node:timers/promises");
const [patience, timeToLeave, lastWords] = [60_000, 3_000, 4_000];
const settings = { DOTNET_TieredPGO_InstrumentOnlyHotCode: "0" }; // the engine's RuntimeSettings say why
/** Why a program did not start. */
const whyNot = (error) => error.code !== "ENOENT" ? error.message
    : "not found. Put it on the PATH, or name another engine in the setting \"gsr.command\".";
exports.whyNot = whyNot;
/** A kernel as a process: Jupyter's messages over a pipe on which this side listens. */
class Kernel {
    process;
    replies = new Map();
    listeners = new Map();
    chunks = [];
    errors = "";
    size = 0;
    socket;
    /** Why it ended, once it has, and whether this side wanted that; who is told what the debugger says. */
    ended;
    isAlive = true;
    isTold = false;
    onDebugEvent;
    constructor(process) {
        this.process = process;
        process.stderr?.on("data", (text) => (this.errors = (this.errors + text).slice(-lastWords)));
        this.ended = new Promise(resolve => {
            process.once("error", error => resolve((0, exports.whyNot)(error)));
            process.once("close", (code, signal) => resolve(this.isTold ? "The kernel was shut down."
                : `The kernel ${signal ? `was ended by ${signal}` : `ended with exit code ${code}`}. ${this.errors.trim()}`.trim()
                    + (this.socket ? "\nThe next cell starts another kernel, without the variables of this one." : "")));
        });
        void this.ended.then(reason => {
            this.isAlive = false;
            this.socket?.destroy();
            for (const { reject } of this.replies.values())
                reject(new Error(reason));
            this.replies.clear();
        });
    }
    /** Starts a kernel in a folder and waits until it is there; the error says what it said. */
    static async start(command, folder) {
        const isWindows = process.platform === "win32";
        const path = isWindows ? `\\\\.\\pipe\\gsr-${(0, node_crypto_1.randomUUID)()}` : (0, node_path_1.join)((0, node_fs_1.mkdtempSync)((0, node_path_1.join)((0, node_os_1.tmpdir)(), "gsr-")), "s");
        const server = (0, node_net_1.createServer)();
        try {
            await new Promise((resolve, reject) => server.once("error", reject).listen(path, resolve));
            const connected = new Promise(resolve => server.once("connection", resolve));
            const kernel = new Kernel((0, node_child_process_1.spawn)(command[0], [...command.slice(1), "kernel", "start", "--pipe", path], { cwd: folder, stdio: ["ignore", "ignore", "pipe"], windowsHide: true, env: { ...process.env, ...settings } }));
            const late = (0, promises_1.setTimeout)(patience, "The kernel does not answer.", { ref: false });
            const first = await Promise.race([connected, kernel.ended, late]);
            if (typeof first === "string") {
                kernel.kill();
                throw new Error(`${command.join(" ")}: ${first}`);
            }
            kernel.listen(first);
            return kernel;
        }
        finally {
            server.close();
            if (!isWindows)
                (0, node_fs_1.rmSync)((0, node_path_1.dirname)(path), { recursive: true, force: true });
        }
    }
    /** Asks and waits for the answer; rejected when the kernel ends. */
    request(type, content = {}, channel = "shell", listener) {
        return new Promise((resolve, reject) => {
            if (!this.isAlive)
                return reject(new Error("The kernel has ended."));
            const id = (0, node_crypto_1.randomUUID)();
            this.replies.set(id, { resolve, reject });
            if (listener)
                this.listeners.set(id, listener);
            this.send(channel, type, id, content);
        });
    }
    /** Runs a cell; the reply comes after its outputs. */
    execute = (code, language, listener) => this.request("execute_request", { code, language, silent: false, store_history: true, allow_stdin: true, stop_on_error: true }, "shell", listener);
    interrupt = () => this.request("interrupt_request", {}, "control");
    answerInput = (value) => this.send("stdin", "input_reply", (0, node_crypto_1.randomUUID)(), { value, status: "ok" });
    /** Ends it, by a word or else by force. */
    async shutdown() {
        if (!this.isAlive)
            return;
        this.isTold = true;
        const timer = setTimeout(() => this.kill(), timeToLeave);
        this.request("shutdown_request", { restart: false }, "control").catch(() => undefined);
        await this.ended;
        clearTimeout(timer);
    }
    kill = () => { this.isTold = true; this.process.kill("SIGKILL"); };
    send(channel, type, id, content) {
        const body = Buffer.from(JSON.stringify({ channel, type, id, content }));
        const length = Buffer.alloc(4);
        length.writeUInt32LE(body.length);
        this.socket?.write(Buffer.concat([length, body]));
    }
    listen(socket) {
        this.socket = socket;
        socket.on("error", () => socket.destroy());
        socket.on("data", (chunk) => {
            this.chunks.push(chunk);
            this.size += chunk.length;
            for (let message = this.take(); message; message = this.take())
                this.receive(JSON.parse(message.toString()));
        });
    }
    // Chunks are joined when a message is whole, not at each: one of 100 MB comes in 1,600 of them.
    take() {
        if (this.size < 4)
            return undefined;
        if (this.chunks[0].length < 4)
            this.chunks.splice(0, this.chunks.length, Buffer.concat(this.chunks));
        const end = 4 + this.chunks[0].readUInt32LE(0);
        if (this.size < end)
            return undefined;
        const all = this.chunks.length === 1 ? this.chunks[0] : Buffer.concat(this.chunks);
        this.chunks.splice(0, this.chunks.length, ...(all.length > end ? [all.subarray(end)] : []));
        this.size -= end;
        return all.subarray(4, end);
    }
    receive({ channel, type, parent = "", content }) {
        if (type === "debug_event")
            return this.onDebugEvent?.(content);
        if (channel === "iopub" || channel === "stdin")
            return this.listeners.get(parent)?.(type, content);
        this.replies.get(parent)?.resolve(content);
        this.replies.delete(parent);
    }
}
exports.Kernel = Kernel;
