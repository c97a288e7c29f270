// Value times ease: draws the numbers of the proposals in the diagram and lists them in order.
// Nothing is sent or stored. Without this the diagram is filled in on paper.
import { count, el, save, svg, table } from "../dom.js";

const form = document.getElementById("oj-prioritering");
const marks = document.getElementById("oj-prioritering-punkter");
const list = document.getElementById("oj-prioritering-lista");
const message = form.querySelector(".oj-meddelande");
const MIDDLE = 3;
/* The places in the picture are those of metod_prioritering.html; equal proposals stand side by side. */
/** A proposal in the middle counts as high: it is worth a talk. */
const corner = ({ value, ease }) => value >= MIDDLE
  ? (ease >= MIDDLE ? "Gör först" : "Planera") : (ease >= MIDDLE ? "Gör om ni hinner" : "Vänta");
const ORDER = ["Gör först", "Planera", "Gör om ni hinner", "Vänta"];

const proposals = () => [...form.querySelectorAll(".oj-prioriteringstabell tbody tr")].map((_, i) => {
  const get = (name) => form.elements[`${name}-${i + 1}`].value;
  return { nr: i + 1, name: get("forslag").trim() || `Förslag ${i + 1}`,
           value: Number(get("varde")), ease: Number(get("enkelhet")) };
}).filter(({ value, ease }) => value && ease);

const sorted = () => proposals().map((p) => ({ ...p, corner: corner(p) })).sort((a, b) =>
  ORDER.indexOf(a.corner) - ORDER.indexOf(b.corner) || b.value * b.ease - a.value * a.ease || a.nr - b.nr);

function draw() {
  const all = sorted();
  const used = new Map();
  marks.replaceChildren(...[...all].sort((a, b) => a.nr - b.nr).flatMap((p) => {
    const key = `${p.value},${p.ease}`, beside = used.get(key) ?? 0;
    used.set(key, beside + 1);
    const x = 71.4 + 62.8 * (p.ease - 1) + 23 * [0, 1, -1][beside % 3];
    const y = 270 - 56 * (p.value - 1) + 23 * Math.floor(beside / 3);
    return [svg("circle", { cx: x, cy: y, r: 11 }), svg("text", { x, y: y + 5 }, String(p.nr))];
  }));
  list.replaceChildren(...(all.length ? [table("Förslagen i ordning",
    [{ title: "Förslag" }, { title: "Ruta" }, { title: "Värde", number: true }, { title: "Enkelhet", number: true }],
    all.map((p) => [`${p.nr}. ${p.name}`, p.corner, String(p.value), String(p.ease)]))] : []));
}

form.addEventListener("input", draw);
form.addEventListener("reset", () => setTimeout(() => { draw(); message.textContent = ""; }));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const all = sorted();
  message.className = `oj-meddelande${all.length ? "" : " oj-meddelande--fel"}`;
  if (!all.length) { message.textContent = "Ge minst ett förslag både värde och enkelhet."; return; }
  save("prioritering", [["forslag", "ruta", "varde", "enkelhet"],
    ...all.map((p) => [p.name, p.corner, p.value, p.ease])]);
  message.textContent = `${count(all.length, "förslag", "förslag")} sparade på din dator.`;
});
form.querySelector("[data-oj-utskrift]").addEventListener("click", () => window.print());
list.append(el("p", { class: "oj-kalla oj-ej-utskrift" }, "Listan visas här när ett förslag har fått båda värdena."));
