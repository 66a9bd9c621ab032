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

  // Charts follow the page, light or dark.
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const charts = [...document.querySelectorAll(".chart")].map(element => {
    const figure = JSON.parse(element.querySelector("script").textContent);
    element.textContent = "";
    return { element, figure };
  });

  const draw = isDark => {
    for (const { element, figure } of charts)
      Plotly.react(element, figure.data || [], dressed(figure.layout || {}, isDark), { responsive: true, displaylogo: false, ...figure.config })
        .then(() => figure.frames && Plotly.addFrames(element, figure.frames));
  };
  if (charts.length > 0) {
    draw(dark.matches);
    dark.addEventListener("change", () => draw(dark.matches));
    addEventListener("beforeprint", () => draw(false));
    addEventListener("afterprint", () => draw(dark.matches));
  }
})();
