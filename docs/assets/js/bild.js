// A chart as a picture file, and the code that shows it on another site. Fetched when it is asked for.
import { el, give, svg } from "./dom.js";

const SHARP = 2; // pixels of a bitmap for each of the drawing
const PAINTED = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin",
  "paint-order", "font-size", "font-weight", "font-family", "text-anchor"];

/** The letters of headings as a rule of style, the page's own with the font in it: a file can fetch nothing. */
async function letters() {
  const rule = [...document.styleSheets].flatMap(({ cssRules }) => [...cssRules]).find((one) => one instanceof CSSFontFaceRule);
  const [, address] = /url\("(.+?)"\)/.exec(rule.style.src);
  const bytes = new Uint8Array(await (await fetch(new URL(address, rule.parentStyleSheet.href))).arrayBuffer());
  const packed = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  return rule.cssText.replace(address, `data:font/woff2;base64,${packed}`);
}

/** A drawing as a file of its own, in the colours of paper whatever the page has: what style sheets say is
 * written into it. */
async function alone(drawing) {
  const paper = el("div", { class: "oj-papper" }, drawing);
  document.body.append(paper);
  for (const node of drawing.querySelectorAll("*")) {
    const style = getComputedStyle(node);
    for (const name of PAINTED) node.setAttribute(name, style.getPropertyValue(name));
  }
  paper.remove();
  for (const node of drawing.querySelectorAll("[class]")) node.removeAttribute("class");
  drawing.append(svg("style", {}, await letters().catch(() => "")));
  return new XMLSerializer().serializeToString(drawing);
}

// A sheet as in presentation/pictures/sheet.py: heights of lines, and the letters that a line has room for.
const MARGIN = 28, TITLE = 26, SMALL = 18, TITLE_LETTERS = 56, SMALL_LETTERS = 92, LETTER = 7, GROWN = 1.35;
/** The width of the drawing on a sheet. */
export const INNER = 720 - 2 * MARGIN;

/** A text in lines of at most so many letters; what has no spaces is broken where it must. */
function wrapped(text, letters) {
  const lines = [""];
  for (const word of text.split(" ").flatMap((one) => one.match(new RegExp(`.{1,${letters}}`, "gu")) ?? [])) {
    if (lines.at(-1) && lines.at(-1).length + word.length >= letters) lines.push("");
    lines.push(`${lines.pop()} ${word}`.trim());
  }
  return lines;
}

/** A picture file that says itself what it is. `drawn`: nodes, `INNER` pixels wide and `height` high; `signs`:
 * `[node, words]`, a node being 18 pixels square; `below`: paragraphs. */
export function sheet({ title, height, drawn, signs, below }) {
  const parts = [];
  let x = MARGIN, y = MARGIN + 14;
  const write = (words, letters, step, css) => {
    for (const line of wrapped(words, letters)) {
      parts.push(svg("text", { class: css, x: MARGIN, y }, line));
      y += step;
    }
  };
  write(title, TITLE_LETTERS, TITLE, "oj-blad__titel");
  for (const [sign, words] of signs) {
    const wide = 40 + LETTER * words.length;
    if (x > MARGIN && x + wide > MARGIN + INNER) [x, y] = [MARGIN, y + TITLE];
    parts.push(svg("g", { transform: `translate(${x} ${y - 14})` }, sign), svg("text", { class: "oj-blad__kalla", x: x + 24, y }, words));
    x += wide;
  }
  y += signs.length ? SMALL : 0;
  parts.push(svg("g", { transform: `translate(${MARGIN} ${y})` }, drawn));
  y += height + 30;
  for (const words of below) write(words, SMALL_LETTERS, SMALL, "oj-blad__kalla");
  const size = { width: INNER + 2 * MARGIN, height: y + MARGIN - SMALL };
  return alone(svg("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${size.width} ${size.height}`, ...size, role: "img", "aria-label": title },
    svg("rect", { ...size, fill: "var(--oj-yta)" }), parts));
}

/** An SVG as a bitmap. */
export async function bitmap(text) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = el("canvas", { width: image.naturalWidth * SHARP, height: image.naturalHeight * SHARP });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

/** What a drawing refers to by id, wherever on the page it is, and what that refers to. */
function referred(node, known = new Set()) {
  const ids = [...node.outerHTML.matchAll(/(?:href="#|url\(&quot;#|url\(#)([\w-]+)/g)].map(([, id]) => id);
  return ids.filter((id) => !known.has(id) && known.add(id)).flatMap((id) => {
    const found = document.getElementById(id);
    return found && !node.contains(found) ? [found.cloneNode(true), ...referred(found, known)] : [];
  });
}

/** The picture of a figure that has no files: made when it is asked for, with the figure's words around it. */
function taken(fold) {
  const figure = fold.closest("figure"), drawing = figure.querySelector("svg[role=img]");
  const words = (selector) => [...figure.querySelectorAll(selector)].map((node) => node.textContent.trim().replace(/\s+/g, " "));
  const file = async (kind) => {
    const [, , width, height] = drawing.getAttribute("viewBox").split(" ").map(Number);
    const grown = Math.min(GROWN, INNER / width), copy = drawing.cloneNode(true);
    const keys = [...figure.querySelectorAll(".oj-forklaring > :has(svg)")];
    const parts = { width: width * grown, height: height * grown };
    for (const [name, value] of Object.entries(parts)) copy.setAttribute(name, value);
    const picture = await sheet({ title: words("figcaption").join(" "), height: parts.height,
      drawn: [svg("defs", {}, referred(figure)), copy],
      signs: keys.map((key) => [[...key.querySelectorAll("svg")].at(-1).cloneNode(true), key.textContent.trim()]),
      below: [...words(".oj-forklaring:not(:has(svg))"), fold.dataset.kalla, `Uppgifterna: ${location.href.split("#")[0]}`] });
    give(kind === "png" ? await bitmap(picture) : new Blob([picture], { type: "image/svg+xml" }), `${fold.dataset.ojBild}.${kind}`);
  };
  const button = (kind) => el("li", {}, el("button", { type: "button", class: "oj-lank", click: () => file(kind) }, `Hämta bild (${kind.toUpperCase()})`));
  fold.querySelector("ul").prepend(button("svg"), button("png"));
}

/** Code that shows a chart's page whole, however wide its place is: the height goes over from that of a `narrow` frame
 * to that of a `wide` one just where the page does, when it is `from` so many pixels wide. */
export function frame(address, title, [narrow, wide, from]) {
  const grows = wide > narrow ? `100cqw - ${from - 1}px` : `${from}px - 100cqw`;
  const height = `clamp(${Math.min(narrow, wide)}px,(${grows})*999,${Math.max(narrow, wide)}px)`;
  const said = title.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  return `<div style="container-type:inline-size"><iframe src="${address}" title="${said}" height="${Math.max(narrow, wide)}" `
    + `style="width:100%;height:${height};border:0" loading="lazy"></iframe></div>`;
}

/** Adds to a chart's fold what needs a script: the bitmap, and the code for a frame. */
export function complete(fold) {
  if (fold.dataset.ojBild) return taken(fold);
  const [picture, , page] = fold.querySelectorAll("a");
  const name = picture.pathname.split("/").at(-1).replace(".svg", "");
  const button = el("button", { type: "button", class: "oj-lank", click: async () => {
    give(await bitmap(await (await fetch(picture.href)).text()), `${name}.png`);
  } }, "Hämta bild (PNG)");
  picture.closest("li").after(el("li", {}, button));
  const code = frame(page.href, fold.querySelector("summary span").textContent.slice(2), fold.dataset.hojd.split(" ").map(Number));
  const box = el("input", { readonly: true, value: code, focus: () => box.select() });
  fold.append(el("label", {}, "Kod för att visa diagrammet på en annan webbplats ", box));
}
