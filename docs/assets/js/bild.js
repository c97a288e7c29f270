// A chart as a picture file, and the code that shows it on another site. Fetched when it is asked for.
import { el, give } from "./dom.js";

const SHARP = 2; // pixels of a bitmap for each of the drawing
const PAINTED = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin",
  "paint-order", "font-size", "font-weight", "font-family", "text-anchor"];

/** A drawing of the page as a file of its own: what style sheets say is written into it. */
export function alone(drawing) {
  const copy = drawing.cloneNode(true);
  const originals = [...drawing.querySelectorAll("*")];
  [...copy.querySelectorAll("*")].forEach((node, i) => {
    const style = getComputedStyle(originals[i]);
    for (const name of PAINTED) node.setAttribute(name, style.getPropertyValue(name));
    node.removeAttribute("class");
  });
  const [, , width, height] = copy.getAttribute("viewBox").split(" ");
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  for (const [name, value] of Object.entries({ width, height, fill: getComputedStyle(document.body).backgroundColor }))
    ground.setAttribute(name, value);
  copy.prepend(ground);
  return new XMLSerializer().serializeToString(copy);
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

/** Adds to a chart's fold what needs a script: the bitmap, and the code for a frame. */
export function complete(fold) {
  const [picture, , page] = fold.querySelectorAll("a");
  const name = picture.pathname.split("/").at(-1).replace(".svg", "");
  const button = el("button", { type: "button", class: "oj-lank", click: async () => {
    give(await bitmap(await (await fetch(picture.href)).text()), `${name}.png`);
  } }, "Hämta bild (PNG)");
  picture.closest("li").after(el("li", {}, button));
  const title = fold.querySelector("summary span").textContent.slice(2).replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  const code = `<iframe src="${page.href}" title="${title}" style="width:100%;height:${fold.dataset.hojd}px;border:0" loading="lazy"></iframe>`;
  const box = el("input", { readonly: true, value: code, focus: () => box.select() });
  fold.append(el("label", {}, "Kod för att visa diagrammet på en annan webbplats ", box));
}
