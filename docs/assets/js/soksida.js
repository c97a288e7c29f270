// /sok/: full text search in the index that Pagefind made of the built pages.
import { count, el } from "./dom.js";

const SHOWN = 20;
const root = document.getElementById("oj-soksida");
const query = new URLSearchParams(location.search).get("q") ?? "";
const box = el("input", { type: "search", name: "q", id: "oj-fraga", value: query, autocomplete: "off" });
const status = el("p", { role: "status" });
const hits = el("ol", { class: "oj-traffar" });
root.append(
  el("form", { class: "oj-sokform", role: "search", submit: (event) => {
    event.preventDefault();
    history.replaceState(null, "", `?q=${encodeURIComponent(box.value.trim())}`);
    search(box.value.trim());
  } }, el("label", { for: "oj-fraga" }, "Sök på alla sidor"), box, el("button", { class: "oj-knapp", type: "submit" }, "Sök")),
  status, hits);

let engine;
const load = () => (engine ??= import(new URL(root.dataset.pagefind, location.href)));

async function search(text) {
  hits.replaceChildren();
  status.textContent = "";
  if (!text) return;
  let found;
  try {
    found = (await (await load()).search(text)).results;
  } catch {
    status.textContent = "Sökningen kunde inte laddas. Försök igen, eller använd listorna över kommuner och indikatorer.";
    return;
  }
  status.textContent = found.length ? `${count(found.length, "sida", "sidor")} om ”${text}”${found.length > SHOWN ? `, de ${SHOWN} närmaste visas` : ""}.`
    : `Ingen sida handlar om ”${text}”. Pröva ett annat ord eller en del av det.`;
  const pages = await Promise.all(found.slice(0, SHOWN).map((result) => result.data()));
  hits.replaceChildren(...pages.map((page) => {
    const excerpt = el("p", {});
    // Pagefind marks the words with <mark>; everything else in the excerpt is escaped text.
    for (const node of new DOMParser().parseFromString(page.excerpt, "text/html").body.childNodes) {
      excerpt.append(node.nodeName === "MARK" ? el("mark", {}, node.textContent) : node.textContent);
    }
    return el("li", {}, el("a", { href: page.url }, page.meta.title), excerpt);
  }));
}

if (query) search(query);
