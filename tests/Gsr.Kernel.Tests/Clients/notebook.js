// Uses Jupyter Notebook 6 as a person does, in a headless Chromium that reaches nothing but the notebook's own server.
//
//   node notebook.js FOLDER CHROMIUM
//
// FOLDER holds notebooks/clients.ipynb and notebooks/01-synthetic-subclusters.ipynb, which the test writes. Prints one line for each thing
// seen and ends with 0; ends with 1 and the reason at the first that is otherwise, leaving failure.png beside this file. GSR_PICTURE
// names a file for the picture of the workbook's notebook in the documentation.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const [folder, program] = process.argv.slice(2);
const patience = 60_000;
const token = randomUUID();

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

async function startServer() {
  const options = { port, ip: "127.0.0.1", token, notebook_dir: folder, open_browser: false, allow_root: true, port_retries: 0 };
  const settings = Object.entries(options).map(([name, value]) => `--NotebookApp.${name}=${value === true ? "True" : value === false ? "False" : value}`);
  server = spawn("/usr/bin/python3", ["-m", "notebook", ...settings], { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  server.stderr.on("data", (text) => (said += text));
  for (const begin = Date.now(); ;) {
    if (await fetch(`http://127.0.0.1:${port}/api`).then((answer) => answer.ok, () => false)) return;
    assert.ok(server.exitCode === null && Date.now() - begin < patience, `Jupyter Notebook does not start:\n${said}`);
    await new Promise((later) => setTimeout(later, 100));
  }
}

/** Opens a notebook and waits until its kernel is ready. */
async function open(name) {
  await page.goto(`http://127.0.0.1:${port}/notebooks/notebooks/${name}?token=${token}`);
  await page.waitForFunction(() => window.Jupyter?.notebook?.kernel?.is_connected() && window.Jupyter.notebook._fully_loaded);
  await page.waitForSelector("#kernel_indicator_icon.kernel_idle_icon");
}

const cell = (index) => page.locator(".cell").nth(index);

/** Puts the cursor into a cell and presses Shift+Enter. */
async function start(index) {
  await cell(index).locator(".CodeMirror").click();
  await page.keyboard.press("Shift+Enter");
}

/** Runs a code cell to its end; returns the text of its output. */
async function run(index) {
  const before = await page.evaluate((i) => Jupyter.notebook.get_cell(i).last_msg_id, index);
  await start(index);
  await page.waitForFunction(([i, last]) => {
    const { last_msg_id: id, element } = Jupyter.notebook.get_cell(i);
    return id !== last && !element.hasClass("running") && document.querySelector("#kernel_indicator_icon.kernel_idle_icon");
  }, [index, before]);
  return (await cell(index).locator(".output_subarea").allInnerTexts()).join("\n");
}

/** Waits for a text among what a cell shows. */
const output = (index, text) => cell(index).locator(".output_subarea", { hasText: text }).first().waitFor();

/** Chooses an entry of the menu "Kernel". */
async function choose(entry) {
  await page.click("#kernellink");
  await page.click(`${entry} a`);
}

/** Waits until a cell's chart is drawn, then points at it until the label is there; returns what the label says. */
async function hover(index) {
  const chart = cell(index).locator(".plotly-graph-div");
  await chart.locator("svg.main-svg").first().waitFor();
  const point = chart.locator(".scatterlayer .point").first();
  const target = (await point.count()) > 0 ? point : chart.locator(".nsewdrag").first();
  await target.scrollIntoViewIfNeeded();
  const box = await target.boundingBox();
  const label = chart.locator(".hoverlayer .hovertext").first();
  for (let attempt = 0; attempt < 50 && (await label.count()) === 0; attempt++) {
    await page.mouse.move(box.x + box.width * 0.55 + (attempt % 2), box.y + box.height * 0.55);
    await page.waitForTimeout(100);
  }
  assert.ok((await label.count()) > 0, "no label comes where the mouse points at the chart");
  return (await label.textContent()).trim();
}

async function use() {
  await open("clients.ipynb");
  await run(0);
  await run(1);
  assert.match(await hover(1), /0\.\d/);
  console.log("a chart is drawn and hovered");

  await run(2);
  const twice = cell(2).locator(".plotly-graph-div svg.main-svg:first-child");
  await page.waitForFunction(() => document.querySelectorAll(".cell:nth-child(3) .js-plotly-plot").length === 2);
  assert.ok(await twice.count() >= 2);
  console.log("the same chart is drawn twice in one cell");

  await run(3);
  await start(4);
  await output(4, "begun");
  await choose("#int_kernel");
  await output(4, "The cell was interrupted.");
  assert.match(await run(5), /42/);
  console.log("an endless cell is interrupted by the menu, state kept");

  await start(4);
  await output(4, "begun");
  await cell(4).locator(".input_area").click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("i");
  await page.keyboard.press("i");
  await output(4, "The cell was interrupted.");
  assert.match(await run(5), /42/);
  console.log("an endless cell is interrupted by the keyboard, state kept");

  await choose("#restart_kernel");
  const ready = page.evaluate(() => new Promise((heard) => Jupyter.notebook.events.one("kernel_ready.Kernel", () => heard())));
  await page.locator(".modal-dialog .btn-danger").click();
  await ready;
  assert.match(await run(5), /'kept' does not exist/);
  console.log("the kernel is restarted, state gone");
}

async function useWorkbook() {
  await open("01-synthetic-subclusters.ipynb");
  const cells = await page.evaluate(() => Jupyter.notebook.get_cells().map((c) => c.cell_type));
  let drawn = false;
  for (let i = 0; i < cells.length && !drawn; i++) {
    if (cells[i] !== "code") continue;
    const text = await run(i);
    assert.doesNotMatch(text, /Exception|error CS/);
    drawn = await cell(i).locator(".plotly-graph-div").count() > 0;
    if (!drawn) continue;
    assert.match(await hover(i), /\d/);
    if (!process.env.GSR_PICTURE) continue;
    await cell(i - 1).evaluate((element) => element.scrollIntoView());
    await hover(i);
    await page.screenshot({ path: process.env.GSR_PICTURE });
  }
  assert.ok(drawn, "no cell of the workbook's notebook shows a chart");
  console.log("the workbook's first notebook runs to its first chart");
}

/** Saves the notebook that was used and opens it again: nothing is run, what was drawn is drawn again. */
async function reopen() {
  await page.evaluate(() => Jupyter.notebook.save_notebook());
  await open("clients.ipynb");
  await page.waitForFunction(() => document.querySelectorAll(".js-plotly-plot .main-svg:first-child").length === 3);
  console.log("the notebook is saved and opened again with its charts");
}

/** Opens the page that nbconvert makes of the notebook that was used; it takes its scripts from the web, which is played here. */
async function usePage() {
  const web = await context.newPage();
  await web.route("**/require.min.js", async (route) => {
    route.fulfill({ response: await context.request.get(`http://127.0.0.1:${port}/static/components/requirejs/require.js`) });
  });
  const library = "plotly-2.28.0.min.js";
  await web.route(`https://cdn.plot.ly/${library}`, (route) => {
    route.fulfill({ path: join(process.env.JUPYTER_DATA_DIR, "kernels", ".net-csharp", library), contentType: "text/javascript" });
  });
  await web.goto(`http://127.0.0.1:${port}/nbconvert/html/notebooks/clients.ipynb?download=false`);
  await web.waitForFunction(() => document.querySelectorAll(".js-plotly-plot .main-svg").length >= 3);
  assert.equal(await web.locator(".js-plotly-plot").count(), 3);
  await web.close();
  console.log("the notebook is downloaded as a page, which draws its charts");
}

const port = await freePort();
const away = [];
let server, browser, page, context;
try {
  await startServer();
  browser = await chromium.launch({ executablePath: program, headless: true, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
  context = await browser.newContext({ viewport: { width: 1200, height: 900 } });
  context.setDefaultTimeout(patience);
  await context.route((url) => url.hostname !== "127.0.0.1", (route) => {
    away.push(route.request().url());
    return route.abort();
  });
  page = await context.newPage();
  await use();
  assert.deepEqual(away, [], "something is fetched from elsewhere");
  await reopen();
  await usePage();
  away.length = 0;
  await useWorkbook();
  assert.deepEqual(away, [], "something is fetched from elsewhere");
  console.log("nothing is fetched from elsewhere");
} catch (error) {
  await page?.screenshot({ path: fileURLToPath(new URL("failure.png", import.meta.url)) });
  throw error;
} finally {
  await browser?.close();
  server?.kill("SIGTERM");
}
