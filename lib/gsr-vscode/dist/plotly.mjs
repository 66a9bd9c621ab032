import { isDark, load } from "./script.mjs";
/** Draws charts of Plotly in the colours of the editor. */
export const activate = () => {
    let loaded;
    const drawn = new Map();
    const draw = ({ element, figure }) => Plotly.newPlot(element, {
        ...structuredClone(figure),
        layout: dressed(structuredClone(figure.layout ?? {}), isDark()),
        config: { responsive: true, displaylogo: false, ...figure.config },
    });
    let last = "";
    new MutationObserver(() => {
        if (last !== document.body.className)
            drawn.forEach(chart => void draw(chart));
        last = document.body.className;
    }).observe(document.body, { attributeFilter: ["class"] });
    return {
        async renderOutputItem(item, parent) {
            await (loaded ??= Promise.all([load("plotly.min.js"), load("figure.js")]).catch(e => { loaded = undefined; throw e; }));
            const element = document.createElement("div");
            parent.replaceChildren(element);
            const chart = { element, figure: item.json() };
            drawn.set(item.id, chart);
            await draw(chart);
        },
        disposeOutputItem(id) {
            for (const [key, { element }] of drawn)
                if ((id === undefined || key === id) && drawn.delete(key))
                    Plotly.purge(element);
        },
    };
};
