import { isDark, load } from "./script.mjs";
let loaded;
let count = 0;
// A diagram that cannot be drawn keeps its source, with the reason above.
async function draw(source, element) {
    try {
        await (loaded ??= load("mermaid.min.js").catch(e => { loaded = undefined; throw e; }));
        mermaid.initialize({ startOnLoad: false, securityLevel: "strict", theme: isDark() ? "dark" : "default" });
        element.innerHTML = (await mermaid.render(`gsr-mermaid-drawn-${count++}`, source)).svg;
    }
    catch (error) {
        element.textContent = `${error.message}\n\n${source}`;
        element.style.whiteSpace = "pre-wrap";
    }
}
/** Draws Mermaid's diagrams: outputs of the type, and the fences of Markdown in prose and outputs. */
export const activate = async (context) => {
    const markdown = await context.getRenderer("vscode.markdown-it-renderer");
    markdown?.extendMarkdownIt(parser => {
        const fence = parser.renderer.rules.fence;
        parser.renderer.rules.fence = (tokens, index, options, env, self) => {
            const { info, content } = tokens[index];
            if (info.trim().toLowerCase() !== "mermaid")
                return fence ? fence(tokens, index, options, env, self) : "";
            const id = `gsr-mermaid-${count++}`;
            // The text is put into the page after this.
            setTimeout(() => {
                const output = document.getElementById(env.outputItem?.id ?? "");
                const element = output?.shadowRoot?.getElementById(id) ?? document.getElementById(id);
                if (element)
                    void draw(content, element);
            });
            const safe = content.replace(/[&<]/g, c => (c === "&" ? "&amp;" : "&lt;"));
            return `<div id="${id}"><pre><code>${safe}</code></pre></div>`;
        };
    });
    return { renderOutputItem: (item, element) => draw(item.text(), element) };
};
