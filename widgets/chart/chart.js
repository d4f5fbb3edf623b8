// @ts-check
// Draws a chart when the reader comes near it, in the page's own colours, and again when they change.

// Where this site keeps plotly.min.js: beside the script that holds this front end.
const assets = /** @type {HTMLScriptElement | null} */ (document.currentScript)?.src.replace(/[^/]*$/, "") ?? "";
let loading;

const loadPlotly = () => {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `${assets}plotly.min.js`;
    script.onload = () => resolve(/** @type {any} */ (globalThis).Plotly);
    script.onerror = () => reject(new Error("plotly.min.js did not load"));
    document.head.append(script);
  });
  return loading;
};

// Plotly knows no custom properties: replace "var(--course-…)" by the colour it has here and now.
/** @param {any} part @param {CSSStyleDeclaration} styles @returns {any} */
const inColour = (part, styles) => {
  if (Array.isArray(part)) return part.map((one) => inColour(one, styles));
  if (part && typeof part === "object") {
    return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, inColour(value, styles)]));
  }
  const token = typeof part === "string" && /^var\((--course-[\w-]+)\)$/.exec(part);
  return token ? styles.getPropertyValue(token[1]).trim() : part;
};

const themed = (/** @type {any} */ figure) => {
  const styles = getComputedStyle(document.body);
  const token = (/** @type {string} */ name) => styles.getPropertyValue(`--course-${name}`).trim();
  const { data, layout } = inColour(figure, styles);
  const axis = { gridcolor: token("line"), zerolinecolor: token("control"), linecolor: token("control"), automargin: true };
  const axes = Object.fromEntries(
    Object.entries(layout)
      .filter(([key]) => /^[xy]axis\d*$/.test(key))
      .map(([key, own]) => [key, { ...axis, ...own }]),
  );
  return {
    data,
    layout: {
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      font: { family: "system-ui, sans-serif", size: 14, color: token("ink") },
      hoverlabel: { bgcolor: token("surface"), bordercolor: token("control"), font: { color: token("ink") } },
      margin: { l: 8, r: 8, t: 40, b: 40 },
      dragmode: false,
      ...layout,
      ...axes,
    },
  };
};

/** @param {{ model: Model, el: HTMLElement }} shown */
function render({ el }) {
  const box = /** @type {any} */ (el.querySelector(".chart-box"));
  const figure = JSON.parse(/** @type {any} */ (el.querySelector("script")).textContent);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const options = { responsive: true, displaylogo: false, displayModeBar: false, staticPlot: false };
  const draw = async () => {
    try {
      const plotly = await loadPlotly();
      const { data, layout } = themed(figure);
      await plotly.react(box, data, still ? { ...layout, transition: { duration: 0 } } : layout, options);
      box.dataset.drawn = "";
    } catch {
      box.textContent = "The chart could not be drawn here. The numbers are in the table below.";
      /** @type {any} */ (el.querySelector("details")).open = true;
    }
  };
  const nearby = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      nearby.disconnect();
      draw();
    },
    { rootMargin: "400px" },
  );
  nearby.observe(box);

  const redraw = () => "drawn" in box.dataset && draw();
  const theme = new MutationObserver(redraw);
  theme.observe(document.body, { attributeFilter: ["data-theme"] });
  const dark = matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", redraw);
  return () => {
    nearby.disconnect();
    theme.disconnect();
    dark.removeEventListener("change", redraw);
  };
}

export default { render };
