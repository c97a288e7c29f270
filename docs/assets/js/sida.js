// What every page does for its reader besides what HTML does. Nothing is fetched or stored.

const dark = matchMedia("(prefers-color-scheme: dark)");
dark.addEventListener("change", () => {
  document.documentElement.dataset.mdColorScheme = dark.matches ? "slate" : "default";
});

// Narrow screens lay the rows of some tables out as blocks, and some browsers then stop telling a
// screen reader that it is a table. Said here and not in the HTML, where it would be superfluous.
const ROLES = [["thead, tbody, tfoot", "rowgroup"], ["tr", "row"], ["td", "cell"],
               ["th[scope^='col']", "columnheader"], ["th[scope^='row']", "rowheader"]];
const narrow = matchMedia("(max-width: 44.9em)");
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

// A link to what is folded away unfolds it. Without this the heading that was aimed at is shown.
function unfoldTarget() {
  let id = location.hash.slice(1);
  try { id = decodeURIComponent(id); } catch { /* as it stands */ }
  const target = id && document.getElementById(id);
  if (!target) return;
  let changed = false;
  for (let node = target.closest("details"); node; node = node.parentElement.closest("details")) {
    changed ||= !node.open;
    node.open = true;
  }
  if (changed) target.scrollIntoView();
}
addEventListener("hashchange", unfoldTarget);
unfoldTarget();

// What is folded away is on paper too.
let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("main details:not([open])")];
  for (const details of opened) details.open = true;
});
addEventListener("afterprint", () => { for (const details of opened) details.open = false; });
