"use strict";
// Draws the page's figures one after another and tells of each in lines of the console, which the engine reads. A figure
// that throws is told of and passed over; one that never ends is recognised by the silence after its "begin".
(async () => {
  const longest = 3000; // characters a line: longer ones could be torn apart by what other processes of the browser write
  const say = (...words) => console.log(["gsr-picture", ...words].join(" "));
  const within = (value, low, high, otherwise) => (Number.isFinite(value) ? Math.min(Math.max(value, low), high) : otherwise);
  const { width, height, scale } = document.body.dataset;
  for (const element of document.querySelectorAll("script[data-figure]")) {
    const number = element.dataset.figure;
    say(number, "begin");
    try {
      const figure = JSON.parse(element.textContent);
      // A picture stands on pages of any colour, so it brings its paper along.
      const layout = { ...dressed(figure.layout || {}, false) };
      if (layout.paper_bgcolor === "rgba(0,0,0,0)") layout.paper_bgcolor = "#ffffff";
      const size = { width: within(layout.width, 100, 2000, Number(width)), height: within(layout.height, 50, 4000, Number(height)) };
      const base64 = await paletted(await Plotly.toImage(
        { data: figure.data || [], layout, config: figure.config }, { format: "png", scale: Number(scale), ...size }));
      for (let start = 0; start < base64.length; start += longest) say(number, "data", base64.slice(start, start + longest));
      say(number, "done", Math.round(size.width), Math.round(size.height));
    } catch (error) {
      say(number, "failed", String((error && error.message) || error).replace(/\s+/g, " ").slice(0, 200));
    }
  }
  say("-", "end");
})();
