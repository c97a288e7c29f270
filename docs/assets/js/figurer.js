// Draws the figures of a notebook page with Plotly from this site in place of the still ones, when one is
// in view and the reader has begun to read: the library is 1.5 MB, which nobody should fetch who only looks
// in. The still ones are what is printed.
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
  const NARROW = 480; // the still picture is made for a narrow screen, and costs it nothing
  const draw = async (plot) => {
    if (plot.dataset.ojFigur || plot.clientWidth < NARROW) return;
    plot.dataset.ojFigur = "ritas";
    const still = plot.querySelector("svg");
    const { data, layout } = JSON.parse(plot.querySelector("script").textContent);
    const Plotly = await load();
    const surface = document.createElement("div");
    surface.setAttribute("role", "img");
    surface.setAttribute("aria-label", still.getAttribute("aria-label"));
    layout.height = plot.clientHeight; // the still picture's: nothing moves when the one takes the other's place
    surface.style.height = `${layout.height}px`;
    plot.append(surface);
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
})();
