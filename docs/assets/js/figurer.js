// Draws the figures of a notebook page with Plotly from this site, when one comes into view.
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
  const draw = async (plot) => {
    if (plot.dataset.ojFigur) return;
    plot.dataset.ojFigur = "ritas";
    const { data, layout } = JSON.parse(plot.querySelector("script").textContent);
    const Plotly = await load();
    const surface = document.createElement("div");
    plot.replaceChildren(surface);
    layout.autosize = true;
    await Plotly.newPlot(surface, data, layout, { responsive: true, displayModeBar: false });
    plot.dataset.ojFigur = "ritad";
  };
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      seen.unobserve(entry.target);
      draw(entry.target);
    }
  }, { rootMargin: "200px" });
  plots.forEach((plot) => seen.observe(plot));
  window.addEventListener("beforeprint", () => plots.forEach((plot) => draw(plot)));
})();
