"use strict";
(() => {
  // Formulas: \( … \) within a line, \[ … \] on a line of their own. A formula that fails keeps its TeX.
  for (const element of document.querySelectorAll(".math")) {
    const source = element.textContent.trim();
    const display = source.startsWith("\\[");
    try {
      temml.render(source.replace(/^\\[([]|\\[)\]]$/g, ""), element, { displayMode: display, throwOnError: true });
    } catch {
      element.textContent = source;
    }
  }

  // Diagrams: one that cannot be drawn keeps its source, with the reason above. One after another, since Mermaid draws so.
  const diagrams = async () => {
    const theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "default";
    mermaid.initialize({ startOnLoad: false, suppressErrorRendering: true, securityLevel: "strict", theme });
    for (const [i, code] of [...document.querySelectorAll(".mermaid")].entries()) {
      const source = code.textContent;
      try {
        const drawn = document.createElement("div");
        drawn.innerHTML = (await mermaid.render(`mermaid-drawn-${i}`, source)).svg;
        drawn.className = "output rich";
        (code.closest("pre") || code).replaceWith(drawn);
      } catch (error) {
        code.textContent = `${error.message}\n\n${source}`;
      }
    }
  };
  if (document.querySelector(".mermaid")) diagrams();

  // Charts follow the page, light or dark, wide or narrow: where a title would collide with the legend or run out of the
  // picture it stands above as text, which wraps, unless a slider changes it; buttons would stand upon it.
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const narrow = matchMedia("(max-width: 44rem)");
  // Panels side by side need room for their titles and names: on a narrow screen such a picture scrolls within its frame.
  const legibleWidth = layout => {
    const axes = kind => Object.entries(layout).filter(([name, axis]) => name.startsWith(kind) && axis.title && axis.title.text);
    const columns = new Set(axes("xaxis").map(([, axis]) => axis.domain ? axis.domain[0] : 0)).size;
    const isNamedWithin = axes("yaxis").some(([name]) => name !== "yaxis");
    const names = (layout.annotations || []).filter(({ xref }) => / domain$/.test(xref)).map(({ text, xref }) => {
      const [from, to] = (layout[`xaxis${xref.slice(1, -" domain".length)}`] || {}).domain || [0, 1];
      return (7 * text.replace(/<[^>]*>/g, "").length + 8) / (to - from);
    });
    const margin = { l: 80, r: 80, ...layout.margin };
    const needed = Math.max(columns > 1 ? (isNamedWithin ? 260 : 170) * columns : 0, ...(names.length > 1 ? names : []));
    return needed > 0 ? needed + margin.l + margin.r : 0;
  };
  const charts = [...document.querySelectorAll(".chart:has(> script)")].map(element => {
    const figure = JSON.parse(element.querySelector("script").textContent);
    element.textContent = "";
    const caption = document.createElement("div");
    const frame = document.createElement("div");
    frame.className = "frame";
    element.before(caption, frame);
    frame.append(element);
    element.style.minWidth = `${legibleWidth(figure.layout || {})}px`;
    return { element, caption, figure };
  });

  const draw = isDark => {
    for (const { element, caption, figure } of charts) {
      const layout = dressed(figure.layout || {}, isDark);
      const title = (layout.title && layout.title.text) || layout.title;
      const isAbove = narrow.matches && typeof title === "string" && !layout.sliders;
      caption.textContent = isAbove ? title.replace(/<[^>]*>/g, " ") : "";
      if (isAbove) delete layout.title;
      const config = { responsive: true, displaylogo: false, ...(narrow.matches && { displayModeBar: false }), ...figure.config };
      Plotly.react(element, figure.data || [], layout, config)
        .then(() => figure.frames && Plotly.addFrames(element, figure.frames));
    }
  };
  if (charts.length > 0) {
    draw(dark.matches);
    for (const query of [dark, narrow]) query.addEventListener("change", () => draw(dark.matches));
    addEventListener("beforeprint", () => draw(false));
    addEventListener("afterprint", () => draw(dark.matches));
  }
})();
