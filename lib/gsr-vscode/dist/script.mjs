/** Puts a script of this folder into the page. A busy server may miss the time that the page gives it: it is asked again. */
export async function load(name, attempts = 3) {
    const script = document.createElement("script");
    script.src = new URL(`./${name}`, import.meta.url).href;
    const isLoaded = new Promise(resolve => Object.assign(script, { onload: () => resolve(true), onerror: () => resolve(false) }));
    document.head.append(script);
    if (await isLoaded)
        return;
    script.remove();
    if (attempts === 1)
        throw new Error(`${script.src} could not be loaded.`);
    return load(name, attempts - 1);
}
/** Whether the editor's colours are dark. */
export const isDark = () => /\bvscode-(dark|high-contrast)(?!-light)\b/.test(document.body.className);
