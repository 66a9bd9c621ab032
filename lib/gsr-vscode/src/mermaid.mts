import type { ActivationFunction } from "vscode-notebook-renderer";
import { isDark, load } from "./script.mjs";

interface Token { info: string; content: string }
type Rule = (tokens: Token[], index: number, options: object, env: { outputItem?: { id: string } }, self: object) => string;
interface MarkdownRenderer { extendMarkdownIt(extend: (parser: { renderer: { rules: { fence?: Rule } } }) => void): void }

declare const mermaid: { initialize(options: object): void; render(id: string, source: string): Promise<{ svg: string }> };

let loaded: Promise<void> | undefined;
let count = 0;

// A diagram that cannot be drawn keeps its source, with the reason above.
async function draw(source: string, element: HTMLElement): Promise<void> {
  try {
    await (loaded ??= load("mermaid.min.js").catch(e => { loaded = undefined; throw e; }));
    mermaid.initialize({ startOnLoad: false, securityLevel: "strict", theme: isDark() ? "dark" : "default" });
    element.innerHTML = (await mermaid.render(`gsr-mermaid-drawn-${count++}`, source)).svg;
  } catch (error) {
    element.textContent = `${(error as Error).message}\n\n${source}`;
    element.style.whiteSpace = "pre-wrap";
  }
}

/** Draws Mermaid's diagrams: outputs of the type, and the fences of Markdown in prose and outputs. */
export const activate: ActivationFunction = async context => {
  const markdown = await context.getRenderer("vscode.markdown-it-renderer") as unknown as MarkdownRenderer | undefined;
  markdown?.extendMarkdownIt(parser => {
    const fence = parser.renderer.rules.fence;
    parser.renderer.rules.fence = (tokens, index, options, env, self) => {
      const { info, content } = tokens[index];
      if (info.trim().toLowerCase() !== "mermaid") return fence ? fence(tokens, index, options, env, self) : "";
      const id = `gsr-mermaid-${count++}`;
      // The text is put into the page after this.
      setTimeout(() => {
        const output = document.getElementById(env.outputItem?.id ?? "");
        const element = output?.shadowRoot?.getElementById(id) ?? document.getElementById(id);
        if (element) void draw(content, element);
      });
      const safe = content.replace(/[&<]/g, c => (c === "&" ? "&amp;" : "&lt;"));
      return `<div id="${id}"><pre><code>${safe}</code></pre></div>`;
    };
  });
  return { renderOutputItem: (item, element) => draw(item.text(), element) };
};
