// The extension's half of the line against the real engine: GSR_COMMAND names it, word by word, as JSON.
import assert from "node:assert/strict";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Kernel, type Content } from "../src/kernel";

const command: string[] = JSON.parse(process.env.GSR_COMMAND ?? "[\"gsr\"]");
const folder = realpathSync(mkdtempSync(join(tmpdir(), "gsr-test-")));
let kernel: Kernel;

async function run(code: string, language = "csharp", listener: (type: string, content: Content) => void = () => {}) {
  const seen: [string, Content][] = [];
  const reply = await kernel.execute(code, language, (type, content) => {
    seen.push([type, content]);
    listener(type, content);
  });
  const outputs = seen.filter(([type]) => type !== "status" && type !== "execute_input");
  return { reply, outputs, result: outputs.find(([type]) => type === "execute_result")?.[1].data["text/plain"] };
}

before(async () => { kernel = await Kernel.start(command, folder); });
after(async () => {
  await kernel.shutdown();
  rmSync(folder, { recursive: true });
});

test("cells run in the notebook's folder, with outputs in order", async () => {
  const { reply, outputs } = await run("Console.Write(\"one\"); display(\"two\"); Environment.CurrentDirectory");
  assert.equal(reply.status, "ok");
  assert.deepEqual(outputs.map(([type]) => type), ["stream", "display_data", "execute_result"]);
  assert.equal(outputs[2][1].data["text/plain"], folder);
});

test("the engine's runtime is told what its settings are, and cells' programs are not", async () => {
  const name = "DOTNET_TieredPGO_InstrumentOnlyHotCode";
  assert.equal((await run(`Environment.GetEnvironmentVariable("${name}") is null`)).result, "true");
  if (process.platform === "linux")
    assert.equal((await run(`System.IO.File.ReadAllText("/proc/self/environ").Contains("${name}=0")`)).result, "true");
});

test("a cell is in the language that is told", async () => {
  assert.equal((await run("List.sum [1..4]", "fsharp")).result, "10");
  assert.equal((await run("<b>bold</b>", "html")).outputs[0][1].data["text/html"], "<b>bold</b>");
});

test("an output of 8 MB arrives whole", async () => {
  const { outputs } = await run("new string('x', 8_000_000).DisplayAs(\"text/html\");");
  assert.equal(outputs[0][1].data["text/html"].length, 8_000_000);
});

test("an output of a cell that has ended is updated under the name that it has", async () => {
  const { outputs: [[, first]] } = await run("var shown = display(\"first\");");
  const { outputs: [[type, second]] } = await run("shown.Update(\"second\");");
  assert.equal(type, "update_display_data");
  assert.equal(first.transient.display_id, second.transient.display_id);
});

test("a cell reads a line", async () => {
  const { result } = await run("Console.ReadLine() + \"!\"", "csharp",
    type => { if (type === "input_request") kernel.answerInput("hello"); });
  assert.equal(result, "hello!");
});

test("completion, hover, signatures and diagnostics answer while a cell runs, which is then interrupted", async () => {
  await run("var kept = new List<int> { 1 };");
  const ended = run("Console.Write(\"begun\"); while (true) ;", "csharp", type => type === "stream" && begun());
  let begun = () => {};
  await new Promise<void>(resolve => (begun = resolve));
  const completed = await kernel.request("complete_request", { code: "kept.Cap", cursor_pos: 8 });
  assert.deepEqual(completed.matches, ["Capacity"]);
  const hovered = await kernel.request("inspect_request", { code: "kept", cursor_pos: 2, detail_level: 0 });
  assert.match(hovered.data["text/plain"], /List<int> kept/);
  const code = "kept.Insert(0, ";
  const { signatures, active_parameter } = await kernel.request("signature_request", { code, cursor_pos: code.length });
  const { label, parameters } = signatures[0];
  assert.equal(label.slice(parameters[active_parameter].start, parameters[active_parameter].end), "int item");
  const { diagnostics } = await kernel.request("diagnostics_request", { code: "kept.Nothing();", semantic: true });
  assert.deepEqual([diagnostics[0].code, diagnostics[0].start, diagnostics[0].end], ["CS1061", 5, 12]);
  await kernel.interrupt();
  assert.equal((await ended).reply.ename, "Interrupted");
  assert.equal((await run("kept.Count")).result, "1");
});

test("without the cells above only syntax is judged", async () => {
  const ask = (code: string) => kernel.request("diagnostics_request", { code, semantic: false });
  assert.deepEqual((await ask("unknown.Call()")).diagnostics, []);
  assert.equal((await ask("#!fsharp\nlet x = 1\n#!csharp\nunknown.Call(")).diagnostics.length, 1);
});

test("variables come with shapes, and one is seen closely", async () => {
  await run("var matrix = new double[,] { { 1, 2, -3 }, { 4, 5, 6 } }; var query = Enumerable.Range(0, 9).Select(i => { Console.Write(\"ran\"); return i; });");
  const { variables } = await kernel.request("variables_request");
  const find = (name: string) => variables.find((variable: Content) => variable.name === name);
  assert.deepEqual([find("matrix").type, find("matrix").shape], ["double[,]", "2 × 3"]);
  assert.equal(find("query").value, "");
  const preview = await kernel.request("preview_request", { name: "matrix", language: "csharp" });
  assert.match(preview.html, /<th>smallest<\/th><td>-3<\/td>/);
  assert.equal(preview.html.match(/<rect /g)?.length, 6);
  assert.equal((await kernel.request("preview_request", { name: "nowhere", language: "csharp" })).status, "error");
});

test("a kernel that dies says so to whoever waits", async () => {
  const mortal = await Kernel.start(command, folder);
  await assert.rejects(mortal.execute("Environment.Exit(3);", "csharp", () => {}), /exit code 3/);
  assert.equal(mortal.isAlive, false);
  await assert.rejects(mortal.execute("1", "csharp", () => {}), /has ended/);
});

test("a command that is no engine is named", async () => {
  await assert.rejects(Kernel.start(["no-such-gsr"], folder), /no-such-gsr/);
});
