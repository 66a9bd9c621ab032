// Uses the extension in VS Code's open-source build (code-server), in a headless browser, by its buttons and keys.
//
//   node vscode.js HOME SERVER BROWSER [PICTURES]
//
// HOME holds the folders "work" (with notebooks and text.dib), "user", "stranger" (the settings of somebody who trusts no
// folder) and "extensions"; SERVER is code-server's entry.js. Prints one line for each thing seen, and "measured: " what
// took how long; ends with 0, or at the first thing that is otherwise with 1, the reason and a picture. With PICTURES, a
// folder, pictures for the documentation are taken.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [home, entry, executablePath, pictures] = process.argv.slice(2);
const work = join(home, "work");
const patience = 120_000;

// Starts a server for one user; the address of its work.
const servers = [];
async function serve(user, ...more) {
  const port = await new Promise(found => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => found(port));
    });
  });
  const server = spawn(process.execPath, [entry, "--bind-addr", `127.0.0.1:${port}`, "--auth", "none",
    "--user-data-dir", join(home, user), "--extensions-dir", join(home, "extensions"), "--config", join(home, "config.yaml"),
    "--disable-telemetry", "--disable-update-check", ...more], { stdio: ["ignore", "pipe", "pipe"] });
  servers.push(server);
  let said = "";
  await new Promise((resolve, reject) => {
    for (const stream of [server.stdout, server.stderr])
      stream.on("data", text => (said += text).includes("HTTP server listening") && resolve());
    server.once("exit", code => reject(new Error(`code-server ended with ${code}: ${said}`)));
  });
  return `http://127.0.0.1:${port}/?folder=${work}`;
}

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const page = await browser.newPage({ viewport: { width: 1400, height: 1700 } });
page.setDefaultTimeout(patience);
const foreign = new Set();
// Of what draws outputs; VS Code itself asks for its gallery. Resources of webviews have an address of their own, which
// a worker in the page answers.
page.context().on("request", request => {
  const { protocol, hostname } = new URL(request.url());
  const isOurs = !request.serviceWorker() && /webview|fake[.]html/.test(request.frame().url());
  if (isOurs && /^(http|ws)s?:$/.test(protocol) && hostname !== "127.0.0.1" && !hostname.endsWith(".vscode-cdn.net"))
    foreign.add(request.url());
});

async function until(what, found, wait = patience) {
  const start = Date.now();
  for (;;) {
    const result = await found();
    if (result) return result;
    assert.ok(Date.now() - start < wait, `waited in vain: ${what}`);
    await page.waitForTimeout(50);
  }
}

const row = index => page.locator(`.notebookOverlay:visible .cell-list-container .monaco-list-row[data-index="${index}"]`);
const state = (index, name) => row(index).locator(`.codicon-notebook-state-${name}`).count();
const inFrames = async (selector, text) => {
  let count = 0;
  for (const frame of page.frames()) {
    const found = frame.locator(selector);
    count += await (text ? found.filter({ hasText: text }) : found).count().catch(() => 0);
  }
  return count;
};
const shown = (text, selector = ".output") => until(`"${text}" in an output`, () => inFrames(selector, text));

// Runs a command by its name.
async function command(name) {
  const box = page.locator(".quick-input-widget input").first();
  // What had the focus may be gone, and the key with it.
  await until("the palette", async () => {
    await page.keyboard.press("F1");
    await page.waitForTimeout(500);
    return await box.isVisible() || page.locator(".part.statusbar").click({ position: { x: 400, y: 10 } }).then(() => false);
  });
  await box.fill(`>${name}`);
  await page.locator(".quick-input-widget .monaco-list-row", { hasText: name }).first().waitFor();
  await page.keyboard.press("Enter");
}
// A run writes its file after each cell.
const written = (file, text) =>
  until(`"${text}" in the file ${file}`, () => existsSync(file) && readFileSync(file, "utf8").includes(text));

const close = async () => {
  await page.locator(".tab.active .codicon-close").first().click();
  const isAsked = page.locator(".monaco-dialog-box .monaco-button", { hasText: "Don't Save" });
  await page.waitForTimeout(500);
  if (await isAsked.count()) await isAsked.first().click();
};

async function open(...path) {
  if (!await page.locator(".explorer-folders-view:visible").count()) await command("View: Show Explorer");
  for (const [index, name] of path.entries()) {
    const item = page.locator(".explorer-folders-view").getByRole("treeitem", { name }).filter({ hasText: name }).first();
    await item.waitFor();
    if (index === path.length - 1) {
      // Before the extensions are known it would be shown as text.
      await until("a notebook is shown", async () => {
        await item.dblclick();
        if (await page.locator(".notebookOverlay:visible .cell-list-container").waitFor({ timeout: 20_000 }).then(() => true, () => false)) return true;
        await close();
        return false;
      });
    } else if (await item.getAttribute("aria-expanded") !== "true") await item.click();
  }
  await page.locator(`.tab.active[data-resource-name="${path.at(-1)}"]`).waitFor();
  await until("the kernel is chosen by itself", () => page.locator(".kernel-label", { hasText: ".NET (C#)" }).count());
  await button("Restart Kernel").waitFor();
}
// Only the cells in sight are in the page. In the middle, since a cell at the edge scrolls when it is written in, which
// closes the list of completions.
async function reveal(index) {
  await until(`cell ${index} is in sight`, async () => {
    const list = await page.locator(".notebookOverlay:visible .cell-list-container").boundingBox();
    if (!list?.height) return false; // an editor that is just being shown
    await page.mouse.move(list.x + 12, list.y + list.height / 2);
    const box = await row(index).count() ? await row(index).boundingBox() : null;
    const isHigh = box && box.y < list.y, isLow = box && box.y > list.y + 0.7 * list.height;
    if (box && !isHigh && !isLow) return true;
    const first = await page.locator(".notebookOverlay:visible .cell-list-container .monaco-list-row").first().getAttribute("data-index");
    await page.mouse.wheel(0, (box ? isHigh : Number(first) > index) ? -150 : 150);
    await page.waitForTimeout(200);
    return false;
  });
}
const enter = async index => {
  await reveal(index);
  await row(index).locator(".view-lines").click();
  await row(index).locator(".monaco-editor.focused").waitFor();
};
async function write(index, text) {
  await enter(index);
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText(text);
}
async function run(index, end = "success") {
  await enter(index);
  await row(index).locator('.run-button-container [aria-label^="Execute Cell"]').first().click();
  if (end) await until(`cell ${index} ends by ${end}`, () => state(index, end));
}
// Opens the preview of the first variable whose row holds a text.
async function look(text) {
  const rows = frame => frame.locator("tbody tr[tabindex]", { hasText: text });
  const table = await until(`a variable "${text}"`, async () => {
    for (const frame of page.frames()) if (await rows(frame).count().catch(() => 0)) return frame;
  });
  await rows(table).first().click();
  return table;
}
// A button of a cell. VS Code brings some of them only when it looks again at an editor that is used anew.
const press = (index, name) => until(`the button "${name}" of cell ${index}`, async () => {
  await enter(index);
  const found = row(index).locator(`.cell-title-toolbar [aria-label^="${name}"]`).first();
  if (await found.click({ timeout: 3_000 }).then(() => true, () => false)) return true;
  await page.locator(".tab.active").first().click();
  return false;
});
const waiting = () =>
  page.locator(".notebookOverlay:visible :is(.codicon-notebook-state-executing, .codicon-notebook-state-pending)").count();
// What an output says after a word.
const said = word => until(`what is said after "${word}"`, async () => {
  for (const frame of page.frames()) {
    for (const text of await frame.locator(".output").allTextContents().catch(() => [])) {
      const found = text.match(new RegExp(`${word} (\\S+)`));
      if (found) return found[1];
    }
  }
});
const isAlive = id => {
  try {
    return process.kill(id, 0);
  } catch {
    return false;
  }
};
async function rename(from, to) {
  await page.locator(".explorer-folders-view").getByRole("treeitem", { name: from }).first().click();
  await page.keyboard.press("F2");
  await page.locator(".explorer-folders-view .monaco-inputbox input").fill(to);
  await page.keyboard.press("Enter");
  await page.locator(`.tab.active[data-resource-name="${to}"]`).waitFor();
  await button("Restart Kernel").waitFor();
}
// Asks for completions of what is written, and says how long it took.
async function complete(entry) {
  const start = Date.now();
  await page.keyboard.press("Control+Space");
  await page.locator(".suggest-widget .monaco-list-row", { hasText: entry }).first().waitFor();
  const took = Date.now() - start;
  await page.keyboard.press("Escape");
  return took;
}
// The text that each cell of a saved notebook has put out, and that none of its counting is missing.
const textsOf = name => JSON.parse(readFileSync(join(work, "notebooks", name), "utf8")).cells
  .map(({ outputs }) => outputs.flatMap(({ text }) => text).join(""));
const assertCounts = text => {
  const counts = text.match(/\d+/g).map(Number);
  assert.deepEqual(counts, counts.map((_, index) => counts[0] + index), "text is lost");
};
const picture = name => pictures && page.screenshot({ path: join(pictures, name) });
const button = name => page.locator(`.notebook-toolbar-container [aria-label*="${name}"]:visible`).first();
const save = async name => {
  await page.keyboard.press("Control+S");
  await until(`${name} is saved`, () => page.locator(`.tab.active:not(.dirty)[data-resource-name="${name}"]`).count());
};

try {
  await page.goto(await serve("user", "--disable-workspace-trust"));

  await open("notebooks", "tour.ipynb");
  await until("a stored chart", () => inFrames(".js-plotly-plot .main-svg"));
  await until("a diagram in prose", () => inFrames("svg[aria-roledescription^=flowchart]"));
  assert.equal(await page.locator(".notebookOverlay:visible .codicon-notebook-state-success").count(), 0);
  console.log("stored charts and diagrams are drawn without a run");

  await run(2);
  await shown("written");
  await run(3);
  await shown("10");
  await run(4);
  await until("bold text", () => inFrames("b#bold", "bold text"));
  console.log("C#, F# and HTML cells run");

  await run(5);
  await shown("first");
  await run(6);
  await shown("second");
  await until("the first text is gone", async () => !await inFrames(".output", "first"));
  console.log("an output of a cell that has ended is updated in place");

  await run(7, "error");
  await shown("on purpose");
  console.log("an error is shown");

  const question = page.locator(".quick-input-widget input").first();
  await run(8, null);
  await question.waitFor();
  await question.fill("typed");
  await page.keyboard.press("Enter");
  await shown("typed!");
  console.log("a cell reads a line");

  await run(9);
  await button("Variables").click();
  await look("matrix");
  await until("a heat map", () => inFrames("svg rect title"));
  console.log("variables are listed, and one is seen closely");
  await page.locator(".tab", { hasText: "matrix" }).locator(".codicon-close").first().click();
  await page.keyboard.press("Control+J");

  await run(10, "error");
  await shown("exit code 3");
  await run(2);
  console.log("a kernel that dies says so in the cell, and the next cell runs");

  await run(8, null);
  await question.waitFor();
  await button("Restart Kernel").click();
  await question.waitFor({ state: "hidden" });
  await run(11, "error");
  console.log("after a restart the state is gone");

  await save("tour.ipynb");
  const [before, after] = ["tour.before.json", "tour.ipynb"].map(name => JSON.parse(readFileSync(join(work, "notebooks", name), "utf8")));
  const bare = notebook => ({ ...notebook, cells: notebook.cells.map(({ outputs, execution_count, ...cell }) => cell) });
  assert.deepEqual(bare(after), bare(before));
  const failed = after.cells[7].outputs[0];
  assert.deepEqual([failed.ename, failed.evalue], ["Exception", "on purpose"]);
  assert.ok(failed.traceback.some(line => line.includes("line 1")), "the traceback is lost");
  console.log("a saved notebook differs in outputs and counts only, tracebacks kept");
  await close();

  await open("notebooks", "queue.ipynb");
  await press(2, "Execute Above Cells");
  await until("the cells above have run", () => state(1, "success"));
  assert.deepEqual(await Promise.all([0, 1, 2, 3].map(index => state(index, "success"))), [1, 1, 0, 0]);
  await press(2, "Execute Cell and Below");
  await shown("0 1 2 3");
  console.log("the cells above one, and one with those below, run by their buttons");
  await write(1, "throw new Exception(\"half way\");");
  await button("Run All").click();
  await until("the failure", () => state(1, "error"));
  await until("nothing waits", async () => !await waiting());
  assert.deepEqual(await Promise.all([0, 2, 3].map(index => state(index, "success"))), [1, 0, 0]);
  await write(2, "string.Join(\" \", order) + \" alone\"");
  await run(2);
  await shown("0 alone");
  console.log("after a failure the cells that wait do not run, and do not wait on");
  await write(2, "Console.WriteLine($\"at work: {Environment.ProcessId}\"); await Task.Delay(-1);");
  await run(2, null);
  const atWork = Number(await said("at work:"));
  await close();

  await open("notebooks", "languages.ipynb");
  await reveal(3);
  await row(3).locator(".cell-status-item", { hasText: "C#" }).first().click();
  const picker = page.locator(".quick-input-widget input").first();
  await picker.waitFor();
  await picker.fill("JavaScript");
  await page.locator(".quick-input-widget .monaco-list-row", { hasText: "JavaScript" }).first().waitFor();
  await page.keyboard.press("Enter");
  await row(3).locator(".cell-status-item", { hasText: "JavaScript" }).first().waitFor();
  await button("Run All").click();
  await until("what the script made", () => inFrames("#made", "by script"));
  await until("the diagram", () => inFrames("svg[aria-roledescription^=flowchart]"));
  await until("the heading", () => inFrames("h1", "Written by a cell"));
  await until("all have run", async () => !await waiting());
  await enter(3);
  await save("languages.ipynb");
  await close();
  console.log("cells in JavaScript, Mermaid and Markdown run, by the language picker");

  await open("notebooks", "library.ipynb");
  await run(0);
  await run(1, null);
  const begun = await said("step");
  await until("a later step in its place", async () => await said("step") !== begun || await state(1, "success"));
  await until("the training ends", () => state(1, "success"));
  assert.notEqual(await said("step"), begun);
  assert.equal(await inFrames(".output", "steps/s"), 1);
  console.log("a training's progress is drawn in place");
  await run(2);
  const left = Number(await said("process"));
  await button("Variables").click();
  await look("3 rows");
  await until("the frame's table", () => inFrames("table td", "c2"));
  await look("4 × 6");
  await until("the tensor's heat map", async () => await inFrames("svg rect title") === 24 && await inFrames("th", "mean"));
  console.log("a frame is seen as a table, a tensor by statistics and a heat map");
  await page.locator(".tab", { hasText: "tensor" }).locator(".codicon-close").first().click();
  await page.locator(".tab", { hasText: "frame" }).locator(".codicon-close").first().click();
  await page.keyboard.press("Control+J");
  await row(0).locator(".view-lines").click();
  await close();
  const closed = Date.now();

  await open("notebooks", "polyglot.ipynb");
  await button("Run All").click();
  await until("what cannot run says so", () => state(2, "error"));
  await shown("PowerShell");
  await shown("poly 2");
  await shown("41");
  await enter(0);
  await save("polyglot.ipynb");
  console.log("a notebook of Polyglot Notebooks runs, and a cell in a language that there is not says so");
  await rename("polyglot.ipynb", "renamed.ipynb");
  await rename("renamed.ipynb", "again.ipynb");
  for (const [note, sum] of [["second note", 42], ["third note", 43]]) {
    await write(3, `note.Update("${note}"); poly + ${sum - 2}`);
    await run(3);
    await shown(`${sum}`);
    await shown(note);
  }
  await enter(0);
  await save("again.ipynb");
  const [noted] = JSON.parse(readFileSync(join(work, "notebooks", "again.ipynb"), "utf8")).cells;
  assert.deepEqual(noted.outputs.map(({ data }) => [data["text/plain"]].flat().join("")), ["third note", "poly 2"]);
  console.log("a notebook that is renamed keeps its kernel, and cells that have ended are updated in place");
  await close();

  await open("notebooks", "moving.ipynb");
  await button("Run All").click();
  await shown("tick 0");
  await button("Clear All Outputs").click();
  await until("the text is gone", async () => !await inFrames(".output", "tick 0"));
  await shown("tick");
  console.log("text is shown that comes after the outputs were cleared");
  await open("notebooks", "fs.ipynb");
  await run(0);
  await shown("sum 10");
  await save("fs.ipynb");
  assert.equal(JSON.parse(readFileSync(join(work, "notebooks", "fs.ipynb"), "utf8")).metadata.language_info.name, "fsharp");
  console.log("a notebook in F# finds its kernel by itself, and runs beside another one");
  await close();
  // One name right after another, while text is on its way.
  await rename("moving.ipynb", "moves.ipynb");
  await rename("moves.ipynb", "moving on.ipynb");
  await rename("moving on.ipynb", "moved.ipynb");
  writeFileSync(join(work, "notebooks", "end"), "");
  await shown("at the end");
  await until("the cell that waited has run", () => state(1, "success"));
  await until("only the last name is open", async () => await page.locator(".tab", { hasText: "mov" }).count() === 1);
  await enter(1);
  await save("moved.ipynb");
  const [ran, waited] = textsOf("moved.ipynb");
  assertCounts(ran);
  assert.ok(ran.endsWith("at the end\n") && waited === "second\n");
  console.log("a notebook that is renamed while it runs goes on running");
  await close();

  // A short notebook: one that scrolls while somebody writes closes the list of completions.
  await open("notebooks", "typing.ipynb");
  await write(2, "Console.Wri");
  const cold = await complete("WriteLine");
  console.log(`measured: completion ${cold} ms cold, ${await complete("WriteLine")} ms warm`);
  await run(0);
  await run(1, null);
  await shown("begun");
  await write(2, "kept.Cap");
  await complete("Capacity");
  console.log("completion answers while a cell runs");
  const asked = Date.now();
  await button("Interrupt").click();
  await until("the loop ends", () => state(1, "error"));
  const took = Date.now() - asked;
  await write(2, "kept.Count");
  await run(2);
  await shown("1");
  console.log("a loop is interrupted, state kept");
  console.log(`measured: interruption ${took} ms`);

  await row(2).locator(".view-lines span", { hasText: "kept" }).last().hover();
  await page.locator(".monaco-hover", { hasText: "List<int> kept" }).first().waitFor();
  await page.mouse.move(0, 0);
  await write(2, "kept.Insert(");
  await page.keyboard.press("Control+Shift+Space");
  await page.locator(".parameter-hints-widget", { hasText: "int index" }).first().waitFor();
  await page.keyboard.press("Escape");
  await write(2, "kept.Nothing()");
  await row(2).locator(".squiggly-error").first().waitFor({ state: "attached" });
  console.log("hover, signatures and errors while typing");
  await write(2, "kept");
  await save("typing.ipynb");
  await close();

  await open("notebooks", "params.ipynb");
  await button("Restart and Run All").click();
  await until("all cells have run", () => state(3, "success"));
  await shown("7 a b");
  await run(2);
  await row(2).getByText("[4]").first().waitFor();
  await button("Restart and Run All").click();
  // Cell 2 had [4]; cell 3, which had [3] before, waits while that runs.
  await until("the counts begin anew", async () =>
    await row(2).getByText("[2]").count() && await state(3, "success") && await row(3).getByText("[3]").count());
  console.log("the kernel is restarted and all cells run");
  await enter(3); // the key goes nowhere while a button of the toolbar has the focus
  await save("params.ipynb");
  await command("Run with Parameters");
  const given = page.locator(".quick-input-widget input").first();
  await until("the parameters are proposed", async () => await given.inputValue() === "SEED=7 NAME=\"a b\"");
  await given.fill("SEED=8 NAME=\"c d\"");
  await page.keyboard.press("Enter");
  await written(join(work, "notebooks", "runs", "params.ipynb"), "8 c d");
  console.log("a notebook runs with other parameters into a file of its own");
  await page.keyboard.press("Control+J");
  await command("Export as Page");
  await written(join(work, "notebooks", "params.html"), "7 a b");
  console.log("a notebook is exported as a page");
  await page.keyboard.press("Escape");

  // A breakpoint by the key, in the function that the cell calls.
  await enter(3);
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("F9");
  await row(3).locator(".codicon-debug-breakpoint, .codicon-debug-breakpoint-unverified").first().waitFor({ state: "attached" });
  await command("Debug Cell");
  await row(3).locator(".debug-top-stack-frame-line").first().waitFor({ state: "attached" });
  await page.locator(".debug-view-content .monaco-list-row", { hasText: "n =21" }).first().waitFor();
  await page.keyboard.press("F10");
  await page.locator(".debug-view-content .monaco-list-row", { hasText: "half =21" }).first().waitFor();
  await page.keyboard.press("F5");
  await until("the cell goes on", () => state(3, "success"));
  console.log("a cell stops at a breakpoint, shows its variables and goes on by steps");
  await close();

  await command("New C# Notebook");
  await page.locator(".tab.active", { hasText: "Untitled-1" }).waitFor();
  await until("the kernel of a new notebook", () => page.locator(".kernel-label", { hasText: ".NET (C#)" }).count());
  await write(0, "\"made \" + 1");
  await run(0);
  await shown("made 1");
  console.log("a new notebook is begun");
  // Its file is opened as another notebook.
  await write(0, 'for (var i = 0; !System.IO.File.Exists("stop"); i++, await Task.Delay(200)) Console.WriteLine("tock " + i); '
    + 'Console.WriteLine("after the save");');
  await run(0, null);
  await shown("tock 1");
  await page.keyboard.press("Control+S");
  await until("a name is proposed", async () => (await question.inputValue()).endsWith(".ipynb"));
  await until("the notebook has a file", async () => {
    await question.fill(join(work, "notebooks", "begun.ipynb"));
    await question.press("Enter");
    return page.locator('.tab.active[data-resource-name="begun.ipynb"]').waitFor({ timeout: 5_000 }).then(() => true, () => false);
  });
  await page.waitForTimeout(2000);
  writeFileSync(join(work, "stop"), "");
  await shown("after the save");
  await until("the cell that ran has ended", () => state(0, "success"));
  await enter(0);
  await save("begun.ipynb");
  const [first] = textsOf("begun.ipynb");
  assertCounts(first);
  assert.ok(first.endsWith("after the save\n"));
  console.log("a new notebook that is saved for the first time while it runs goes on running");
  await close();

  await open("text.dib");
  await run(0);
  await shown("from text");
  await write(0, "Console.Write(\"from another text\");");
  await save("text.dib");
  assert.equal(readFileSync(join(work, "text.dib"), "utf8"),
    readFileSync(join(work, "before.dib"), "utf8").replace("from text", "from another text"));
  console.log("a .dib notebook runs and is saved as text");
  await close();

  await open("notebooks", "00-start-here.ipynb");
  await button("Run All").click();
  await until("the first notebook has run", async () => {
    if (await page.locator(".notebookOverlay:visible .codicon-notebook-state-error").count()) throw new Error("a cell of 00 failed");
    return await page.locator(".notebookOverlay:visible .codicon-notebook-state-success").count()
      && !await page.locator(".notebookOverlay:visible .codicon-notebook-state-executing, .notebookOverlay:visible .codicon-notebook-state-pending").count();
  }, 3 * patience);
  console.log("the workbook's first notebook runs");
  if (pictures) {
    await page.setViewportSize({ width: 1400, height: 900 });
    await page.waitForTimeout(2000);
    const list = await page.locator(".notebookOverlay:visible .cell-list-container").boundingBox();
    // The waves of a ring, with the prose above and the chart below, wherever the run has left the notebook.
    const waves = 15;
    await reveal(waves);
    await until("the cell is in its place", async () => {
      const away = (await row(waves).boundingBox()).y - list.y - 300;
      if (Math.abs(away) < 60) return true;
      await page.mouse.wheel(0, 80 * Math.sign(away));
      await page.waitForTimeout(200);
      return false;
    });
    await until("its chart is in sight", async () => {
      for (const frame of page.frames()) {
        for (const chart of await frame.locator(".js-plotly-plot").all().catch(() => [])) {
          const box = await chart.boundingBox({ timeout: 1000 }).catch(() => null);
          if (box && box.y > list.y + 300 && box.y + box.height < list.y + list.height) return true;
        }
      }
    });
    await page.waitForTimeout(2000);
    await picture("vscode.png");
    await button("Variables").click();
    await page.setViewportSize({ width: 1400, height: 1300 });
    const table = await look(" × ");
    await until("a heat map", () => inFrames("svg rect title"));
    for (let i = 0; i < 2; i++) await table.locator("th", { hasText: "Shape" }).click();
    await page.waitForTimeout(2000);
    await picture("vscode-variables.png");
  }

  await until("the kernel of a closed notebook ends", () => !isAlive(left));
  console.log(`measured: kernel ended at most ${Date.now() - closed} ms after its notebook was closed`);
  assert.ok(isAlive(atWork), "a cell that runs has lost its kernel");
  await page.goto("about:blank");
  await until("no kernel outlives the window", () => !isAlive(atWork));
  console.log("the kernel of a closed notebook ends, that of a cell at work with the window");

  await page.goto(await serve("stranger"));
  await open("notebooks", "stored.ipynb");
  await until("a stored chart", () => inFrames(".js-plotly-plot .main-svg"));
  await page.locator(".part.statusbar", { hasText: "Restricted Mode" }).waitFor();
  const [frame] = (await Promise.all(page.frames().map(async frame => [frame, await frame.locator(".gtitle").count().catch(() => 0)])))
    .find(([, count]) => count);
  const ink = await frame.locator(".gtitle").first().evaluate(title => getComputedStyle(title).fill);
  assert.ok(ink.match(/\d+/g).slice(0, 3).every(part => part > 150), `the title is dark on dark: ${ink}`);
  assert.equal(await page.locator(".notebookOverlay:visible .codicon-notebook-state-success").count(), 0);
  console.log("stored charts are drawn in the dark, where nothing may run");

  assert.deepEqual([...foreign], []);
  console.log("nothing is fetched from elsewhere");
} catch (error) {
  await page.screenshot({ path: join(home, "failed.png") });
  throw error;
} finally {
  await browser.close();
  for (const server of servers) server.kill();
}
