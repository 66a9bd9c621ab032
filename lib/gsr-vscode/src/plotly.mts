import type { ActivationFunction } from "vscode-notebook-renderer";
import { isDark, load } from "./script.mjs";

interface Figure { data?: unknown[]; layout?: object; config?: object; frames?: unknown[] }

declare const Plotly: { newPlot(element: HTMLElement, figure: Figure): Promise<void>; purge(element: HTMLElement): void };
declare const dressed: (layout: object, isDark: boolean) => object;

/** Draws charts of Plotly in the colours of the editor. */
export const activate: ActivationFunction = () => {
  let loaded: Promise<unknown> | undefined;
  const drawn = new Map<string, { element: HTMLElement; figure: Figure }>();
  const draw = ({ element, figure }: { element: HTMLElement; figure: Figure }) => Plotly.newPlot(element, {
    ...structuredClone(figure),
    layout: dressed(structuredClone(figure.layout ?? {}), isDark()),
    config: { responsive: true, displaylogo: false, ...figure.config },
  });
  let last = "";
  new MutationObserver(() => {
    if (last !== document.body.className) drawn.forEach(chart => void draw(chart));
    last = document.body.className;
  }).observe(document.body, { attributeFilter: ["class"] });
  return {
    async renderOutputItem(item, parent) {
      await (loaded ??= Promise.all([load("plotly.min.js"), load("figure.js")]).catch(e => { loaded = undefined; throw e; }));
      const element = document.createElement("div");
      parent.replaceChildren(element);
      const chart = { element, figure: item.json() as Figure };
      drawn.set(item.id, chart);
      await draw(chart);
    },
    disposeOutputItem(id) {
      for (const [key, { element }] of drawn)
        if ((id === undefined || key === id) && drawn.delete(key)) Plotly.purge(element);
    },
  };
};
