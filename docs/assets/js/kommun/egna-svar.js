// The reader's own answers as a text: in the part of an address that no server sees, and in this tab
// until it is closed. Nothing is sent.
import { OWN, plainName } from "../dom.js";

const KEY = "oj-egna-svar";

/** `egna=2015.21-0…&namn=…&grupp=…`: year and a sign per answer, name and population group. */
export const packed = (data, { codes, name = "", group = "" }) => String(new URLSearchParams({
  [OWN]: `${data.ar}.${codes.map((code) => code ?? "-").join("")}`, ...(name && { namn: name }), ...(group && { grupp: group }),
}));

/** What such a text says, or null if it is not about these questions. Whatever else stands in it is left out. */
export function unpacked(data, text) {
  const said = new URLSearchParams(text);
  const [year, codes = ""] = (said.get(OWN) ?? "").split(".");
  if (year !== String(data.ar) || !/^[012-]+$/.test(codes) || codes.length !== data.indikatorer.length) return null;
  const group = said.get("grupp") ?? "";
  return { svar: codes, codes: [...codes].map((code) => (code === "-" ? null : Number(code))),
           name: plainName(said.get("namn") ?? ""), group: group in data.grupper ? group : "" };
}

/** The answers that this tab has kept; null if there are none, or if the browser keeps nothing. */
export function kept(data) {
  try { return unpacked(data, sessionStorage.getItem(KEY) ?? ""); } catch { return null; }
}

/** Keeps a text of answers in this tab, or nothing; says whether the browser does. */
export function keep(text) {
  try {
    if (text) sessionStorage.setItem(KEY, text);
    else sessionStorage.removeItem(KEY);
    return true;
  } catch { return false; }
}
