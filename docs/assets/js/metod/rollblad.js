// A tip sheet in the order of one municipality's gaps. The figures are in the page and this is no
// module, so that the sheet works also when it is opened from a disk. Whole without it.
(() => {
  const sheet = document.querySelector("[data-oj-rollblad]");
  const known = JSON.parse(sheet.querySelector('script[type="application/json"]').textContent);
  const units = new Map(known.enheter.map((unit) => [unit.id, unit]));
  const select = sheet.querySelector("select");
  const status = sheet.querySelector(".oj-rollblad__lage");
  const WORDS = { 0: "Nej", 1: "Delvis" };
  const all = (selector, root = sheet) => [...root.querySelectorAll(selector)];
  const home = new Map(all(".oj-rollblad__tips, .oj-rollblad__matt, .oj-rollblad section > ul")
    .map((parent) => [parent, [...parent.children]]));

  const node = (name, css, text) =>
    Object.assign(document.createElement(name), { className: css, textContent: text });
  const plain = (text) => text.replace(/[\p{C}\p{M}]+/gu, "").trim();
  const possessive = (name) => (/[sxz]$/.test(name) ? name : `${name}s`);
  const gapsOf = (unit) =>
    known.indikatorer.map((item, i) => ({ ...item, kod: unit.svar[i] })).filter(({ kod }) => kod in WORDS);

  /** Puts the children of `parent` in falling order of `points`; equals stay as they were. */
  function reorder(parent, points) {
    parent.append(...home.get(parent).map((child) => [points(child), child])
      .sort((a, b) => b[0] - a[0]).map(([, child]) => child));
  }

  function reset() {
    all(".oj-rollblad__ror").forEach((mark) => mark.remove());
    all(".oj-rollblad__rest").forEach((item) => item.classList.remove("oj-rollblad__rest"));
    for (const [parent, children] of home) parent.append(...children);
    status.replaceChildren();
  }

  function show(id) {
    reset();
    const unit = units.get(id);
    if (!unit) return;
    const gaps = gapsOf(unit);
    const kod = new Map(gaps.map((gap) => [gap.id, gap.kod]));
    const shown = (section) =>
      all("[data-indikator]", section).filter(({ dataset }) => kod.has(dataset.indikator)).length;
    const touched = ({ dataset }) => gaps.filter(({ id: gap, omrade }) =>
      dataset.omraden.split(" ").includes(omrade)
      && (!dataset.bara || dataset.bara.split(" ").includes(gap))).length;
    let moved = 0;
    for (const item of all("[data-omraden]")) {
      const n = touched(item);
      if (n) item.append(node("span", "oj-rollblad__ror", ` – rör ${n} ${n === 1 ? "lucka" : "luckor"}`));
      else item.classList.add("oj-rollblad__rest");
    }
    for (const item of all("[data-indikator]")) {
      const code = kod.get(item.dataset.indikator);
      if (code === undefined) { item.classList.add("oj-rollblad__rest"); continue; }
      item.querySelector(".tal").before(node("strong", "oj-rollblad__ror", `${WORDS[code]} `));
      moved++;
    }
    for (const parent of home.keys()) {
      if (parent.matches(".oj-rollblad__tips"))
        reorder(parent, (section) => Math.max(...all("[data-omraden]", section).map(touched)));
      else if (parent.matches(".oj-rollblad__matt"))
        reorder(parent, shown);
      else reorder(parent, (item) =>
        item.dataset.indikator ? Number(kod.has(item.dataset.indikator)) : touched(item));
    }
    const link = (address, text) => {
      const anchor = node("a", "", text);
      anchor.href = new URL(address, new URL(sheet.dataset.rot, location.href)).href;
      return anchor;
    };
    const rest = gaps.length - moved;
    status.append(
      node("strong", "", unit.namn), `: ${gaps.length} svar av ${unit.svar.length} är Nej eller Delvis. `,
      `Den här rollen kan påverka ${rest ? `${moved} av dem` : "alla"}; råden som rör flest står först. `,
      link(`kommuner/${id}/`, `${possessive(unit.namn)} profil`), node("span", "oj-ej-utskrift", " · "),
      link(`kommuner/${id}/handlingsplan-${id}.xlsx`, "Handlingsplan (xlsx)"));
  }

  /** The choice is in the address; opened from a disk some browsers only let us use the fragment. */
  const chosen = () => new URLSearchParams(location.search).get("kommun")
    ?? new URLSearchParams(location.hash.slice(1)).get("kommun") ?? "";
  function remember(id) {
    const address = id ? `?kommun=${id}` : location.pathname;
    try { history.replaceState(null, "", address); } catch { location.hash = id ? `kommun=${id}` : ""; }
  }

  select.addEventListener("change", () => { remember(select.value); show(select.value); });
  select.form.addEventListener("submit", (event) => event.preventDefault());
  select.value = units.has(chosen()) ? chosen() : "";
  show(select.value);
  if (chosen() && !units.has(chosen()))
    status.textContent = `”${plain(chosen()).slice(0, 60)}” finns inte bland dem som har svar ${known.ar}. Råden står i rapportens ordning.`;
})();
