// Speaks to the kernel over the ZeroMQ binding that VS Code's Jupyter extension uses.
//
//   node zeromq.js FOLDER COMMAND...     COMMAND starts the engine; the connection file is written into FOLDER
//
// Prints one line for each thing seen and ends with 0; ends with 1 and the reason at the first that is otherwise.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { Dealer, Request, Subscriber } from "zeromq";

const [folder, ...command] = process.argv.slice(2);
const key = randomUUID();
const session = randomUUID();
const patience = 60_000;

async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer().listen(0, "127.0.0.1"));
  await Promise.all(servers.map((server) => once(server, "listening")));
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return ports;
}

function within(promise, what) {
  let timer;
  const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new Error(`waited in vain for ${what}`)), patience)));
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

const sign = (parts) => parts.reduce((mac, part) => mac.update(part), createHmac("sha256", key)).digest("hex");

function read(frames) {
  const start = frames.findIndex((frame) => frame.toString() === "<IDS|MSG>");
  const parts = frames.slice(start + 2, start + 6);
  assert.equal(frames[start + 1].toString(), sign(parts), "a message is signed wrongly");
  const [header, parent, , content] = parts.map((part) => JSON.parse(part.toString()));
  return { type: header.msg_type, parent: parent.msg_id, content };
}

async function send(socket, type, content) {
  const header = { msg_id: randomUUID(), msg_type: type, session, username: "test", date: new Date().toISOString(), version: "5.4" };
  const parts = [header, {}, {}, content].map((part) => JSON.stringify(part));
  await socket.send(["<IDS|MSG>", sign(parts), ...parts]);
  return header.msg_id;
}

/** Receives until a message about a request is the one that is looked for; returns it and those before it. */
async function receive(socket, request, found, what) {
  const before = [];
  for (;;) {
    const message = read(await within(socket.receive(), what));
    if (message.parent !== request) continue;
    if (found(message)) return { ...message, before };
    before.push(message);
  }
}

async function ask(socket, type, content) {
  const request = await send(socket, type, content);
  const reply = await receive(socket, request, () => true, `the reply to ${type}`);
  assert.equal(reply.type, type.replace("_request", "_reply"));
  return reply.content;
}

const idle = (message) => message.type === "status" && message.content.execution_state === "idle";
const cell = (code) => ({ code, silent: false, store_history: true, user_expressions: {}, allow_stdin: false, stop_on_error: true });

async function execute(code) {
  const request = await send(shell, "execute_request", cell(code));
  const reply = await receive(shell, request, () => true, `the reply to ${code}`);
  const { before } = await receive(published, request, idle, `the end of ${code}`);
  return { reply: reply.content, outputs: before.filter((message) => message.type !== "status") };
}

const ports = await freePorts(5);
const [shell, control, stdin, published, heartbeat] = [new Dealer(), new Dealer(), new Dealer(), new Subscriber(), new Request()];
shell.routingId = control.routingId = stdin.routingId = session;
published.subscribe();
const file = join(folder, "connection.json");
const names = ["shell_port", "control_port", "stdin_port", "iopub_port", "hb_port"];
writeFileSync(file, JSON.stringify({
  transport: "tcp", ip: "127.0.0.1", key, signature_scheme: "hmac-sha256", kernel_name: ".net-csharp",
  ...Object.fromEntries(names.map((name, i) => [name, ports[i]])),
}));

const kernel = spawn(command[0], [...command.slice(1), "kernel", "start", "--connection-file", file], { stdio: "inherit" });
const ended = once(kernel, "exit");
const sockets = [shell, control, stdin, published, heartbeat];
try {
  sockets.forEach((socket, i) => socket.connect(`tcp://127.0.0.1:${ports[i]}`));
  for (const [name, socket] of Object.entries({ shell, control })) {
    const info = await ask(socket, "kernel_info_request", {});
    assert.equal(info.status, "ok");
    assert.equal(info.language_info.name, "csharp");
    console.log(`kernel_info on ${name}`);
  }

  // A subscription takes its time to arrive: what is published before is not heard.
  const hearing = published.receive().then(() => true, () => false); // one at a time: the binding refuses a second
  for (let heard = false; !heard;) {
    await ask(shell, "kernel_info_request", {});
    heard = await Promise.race([hearing, new Promise((later) => setTimeout(later, 500, false))]);
  }
  await heartbeat.send("beat");
  assert.equal((await within(heartbeat.receive(), "the heartbeat")).toString(), "beat");
  console.log("heartbeat");

  const first = await execute('Console.Write("written"); var kept = 6; kept * 7');
  assert.equal(first.reply.status, "ok");
  assert.deepEqual(first.outputs.map((message) => message.type), ["execute_input", "stream", "execute_result"]);
  assert.equal(first.outputs[1].content.text, "written");
  assert.equal(first.outputs[2].content.data["text/plain"], "42");
  console.log("execute");

  const endless = await send(shell, "execute_request", cell('Console.Write("begun"); while (true) ;'));
  await receive(published, endless, (message) => message.type === "stream", "the loop's beginning");
  assert.equal((await ask(control, "interrupt_request", {})).status, "ok");
  const stopped = await receive(shell, endless, () => true, "the end of the loop");
  assert.equal(stopped.content.status, "error");
  assert.equal(stopped.content.ename, "Interrupted");
  assert.equal((await execute("kept + 1")).outputs[1].content.data["text/plain"], "7");
  console.log("interrupt, state kept");

  assert.equal((await ask(control, "shutdown_request", { restart: false })).status, "ok");
  assert.deepEqual(await within(ended, "the kernel's end"), [0, null]);
  console.log("shutdown");
} finally {
  kernel.kill("SIGKILL");
  sockets.forEach((socket) => socket.close());
}
