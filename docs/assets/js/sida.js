// What every page does for its reader besides what HTML does. Nothing is fetched or stored.
import { FOREIGN, el, short, some } from "./dom.js";

const dark = matchMedia("(prefers-color-scheme: dark)");
dark.addEventListener("change", () => {
  document.documentElement.dataset.mdColorScheme = dark.matches ? "slate" : "default";
});

// Narrow screens lay the rows of some tables out as blocks, and some browsers then stop telling a
// screen reader that it is a table. Said here and not in the HTML, where it would be superfluous.
const ROLES = [["thead, tbody, tfoot", "rowgroup"], ["tr", "row"], ["td", "cell"],
               ["th[scope^='col']", "columnheader"], ["th[scope^='row']", "rowheader"]];
const narrow = matchMedia("(max-width: 49.9em)");
function sayRoles() {
  if (!narrow.matches) return;
  for (const table of document.querySelectorAll("table:is(.oj-staplad, .oj-matris):not([role])")) {
    table.setAttribute("role", "table");
    for (const [selector, role] of ROLES)
      for (const node of table.querySelectorAll(selector)) node.setAttribute("role", role);
  }
}
narrow.addEventListener("change", sayRoles);
sayRoles();

// Escape closes the menu and gives the focus back.
const menu = document.querySelector(".oj-meny");
menu?.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// What an address asks for that nothing on the page reads is told, so that nobody takes the page for an answer to it.
// The comparison tells itself (`*`).
const reads = [...document.querySelectorAll("[data-oj-laser]")].flatMap(({ dataset }) => dataset.ojLaser.split(" "));
if (!reads.includes("*")) {
  const asked = new URLSearchParams(location.search), names = [...new Set(asked.keys())].filter((name) => !FOREIGN.test(name));
  const quoted = (test) => some(names.filter(test).map((name) => `”${short(name)}”`));
  const wrong = (name) => !reads.includes(name), unread = quoted(wrong);
  const repeated = quoted((name) => reads.includes(name) && asked.getAll(name).length > 1);
  const words = [unread && `${unread} i adressen gör ingen skillnad: sidan har ${names.filter(wrong).length > 1 ? "inga sådana" : "inget sådant"} val.`,
    repeated && `Adressen har ${repeated} mer än en gång. Den första gäller.`].filter(Boolean);
  if (words.length) document.querySelector("main h1")?.after(el("p", { class: "oj-notis", role: "status" }, words.join(" ")));
}

// The address of the page, to paste where it is to be shown.
document.querySelectorAll("[data-oj-kopiera]").forEach((button) => {
  if (!navigator.clipboard) return button.closest("li").remove();
  const asked = button.textContent;
  button.addEventListener("click", async () => {
    button.setAttribute("aria-live", "polite");
    button.textContent = await navigator.clipboard.writeText(location.href.split("#")[0])
      .then(() => "Länken är kopierad", () => "Gick inte: kopiera adressfältet");
    setTimeout(() => { button.textContent = asked; }, 4000);
  });
});

document.querySelectorAll("[data-oj-utskrift]").forEach((button) =>
  button.addEventListener("click", () => window.print()));

// What a chart's fold offers besides files is made when it is opened.
document.querySelectorAll(".oj-hamta").forEach((fold) => fold.addEventListener("toggle", async () => {
  (await import("./bild.js")).complete(fold);
}, { once: true }));

// A link into something folded opens it. What has moved to a page of its own is found there: the link to
// that page says how the anchors look that went with it.
function unfold() {
  let id = location.hash.slice(1);
  try { id = decodeURIComponent(id); } catch { /* as it stands */ }
  const target = id && document.getElementById(id);
  if (!target) {
    const moved = [...document.querySelectorAll("a[data-oj-flyttat]")].find((link) => new RegExp(link.dataset.ojFlyttat).test(id));
    return moved && location.replace(moved.href + location.hash);
  }
  const folded = [...target.querySelectorAll(".oj-fallbar")];
  for (let node = target; node; node = node.parentElement?.closest("details")) folded.push(node);
  const closed = folded.filter((node) => node.matches("details:not([open])"));
  for (const details of closed) details.open = true;
  if (closed.length) target.scrollIntoView();
}
addEventListener("hashchange", unfold);
unfold();

// What is folded away is on paper too, but for long lists: they say where they are.
let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("main details:not([open], .oj-hamta, .oj-mer:not(.oj-trycks))")];
  for (const details of opened) details.open = true;
});
addEventListener("afterprint", () => { for (const details of opened) details.open = false; });
