// Draws the figures of a notebook page with Plotly from this site, when one is in view and the reader
// has begun to read: the library is 1.5 MB, which nobody should fetch who only looks in.
(() => {
  const plots = [...document.querySelectorAll("[data-oj-figur]")];
  if (!plots.length) return;
  const source = new URL("../plotly.min.js", document.currentScript.src);
  let library;
  const load = () => (library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = source;
    script.onload = () => resolve(window.Plotly);
    script.onerror = reject;
    document.head.append(script);
  }));
  // On a narrow screen long names are broken, and there is room for them and for what stands outside the bars.
  const NARROW = 480;
  const broken = (text, width) => (typeof text !== "string" ? text
    : text.replace(new RegExp(`(.{1,${width}}\\S*)\\s+`, "g"), "$1<br>"));
  const fitted = (data, layout) => {
    for (const trace of data) if (Array.isArray(trace.y)) trace.y = trace.y.map((name) => broken(name, 17));
    for (const axis of [layout.xaxis, layout.yaxis])
      if (axis?.title?.text) axis.title.text = broken(axis.title.text, 9);
    layout.font = { ...layout.font, size: 10 };
    layout.margin = { ...layout.margin, r: 36 };
    if (layout.height) layout.height *= 1.3;
  };
  const draw = async (plot) => {
    if (plot.dataset.ojFigur) return;
    plot.dataset.ojFigur = "ritas";
    const { data, layout } = JSON.parse(plot.querySelector("script").textContent);
    const Plotly = await load();
    const surface = document.createElement("div");
    plot.replaceChildren(surface);
    if (surface.clientWidth < NARROW) fitted(data, layout);
    layout.autosize = true;
    await Plotly.newPlot(surface, data, layout, { responsive: true, displayModeBar: false });
    plot.dataset.ojFigur = "ritad";
  };
  const begun = new Promise((resolve) => {
    for (const event of ["scroll", "pointermove", "pointerdown", "keydown", "touchstart"])
      addEventListener(event, resolve, { once: true, passive: true, capture: true });
  });
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      seen.unobserve(entry.target);
      begun.then(() => draw(entry.target));
    }
  }, { rootMargin: "200px" });
  plots.forEach((plot) => seen.observe(plot));
  window.addEventListener("beforeprint", () => plots.forEach((plot) => draw(plot)));
})();
