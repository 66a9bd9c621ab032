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

  // Charts: what a figure says about its colours is kept; what it leaves open follows the page, light or dark.
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const charts = [...document.querySelectorAll(".chart")].map(element => {
    const figure = JSON.parse(element.querySelector("script").textContent);
    element.textContent = "";
    return { element, figure };
  });

  const coloured = (layout, isDark) => {
    const ink = isDark ? "#e3e7ec" : "#1f2328";
    const line = isDark ? "#4a525c" : "#d9dee4";
    const result = { paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", autosize: true, ...layout };
    result.font = { color: ink, ...layout.font };
    result.modebar = { bgcolor: "rgba(0,0,0,0)", color: line, activecolor: ink, ...layout.modebar };
    const axis = own => ({ gridcolor: line, zerolinecolor: line, linecolor: line, ...own });
    for (const name of new Set(["xaxis", "yaxis", ...Object.keys(layout).filter(key => /^[xy]axis\d*$/.test(key))]))
      result[name] = axis(layout[name]);
    for (const name of Object.keys(layout).filter(key => /^scene\d*$/.test(key))) {
      result[name] = { ...layout[name] };
      for (const part of ["xaxis", "yaxis", "zaxis"]) result[name][part] = axis(layout[name][part]);
    }
    return result;
  };

  const draw = isDark => {
    for (const { element, figure } of charts)
      Plotly.react(element, figure.data || [], coloured(figure.layout || {}, isDark), { responsive: true, displaylogo: false, ...figure.config })
        .then(() => figure.frames && Plotly.addFrames(element, figure.frames));
  };
  if (charts.length > 0) {
    draw(dark.matches);
    dark.addEventListener("change", () => draw(dark.matches));
    addEventListener("beforeprint", () => draw(false));
    addEventListener("afterprint", () => draw(dark.matches));
  }
})();
