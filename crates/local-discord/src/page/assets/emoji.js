// Emoji in buttons and menus.

import { el } from "./dom.js";

/** An emoji: a character, or the name of one that only Discord has. */
export function emoji(json) {
  if (!json?.name) return null;
  return el("span", { class: "emoji", "aria-hidden": "true" }, json.id ? `:${json.name}:` : json.name);
}
