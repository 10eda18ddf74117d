// Buttons and menus under a message.

import { el, link, webAddress } from "./dom.js";
import { emoji } from "./emoji.js";
import { t } from "./i18n.js";
import { menu } from "./menu.js";

const BUTTON_STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "link" };

/** The rows of a message. `use(custom_id, values)` is called for a press (`values`: null) or a choice. */
export function rows(list, world, use) {
  return (list ?? []).filter((row) => row.type === 1).map((row) => {
    const inside = (row.components ?? []).map((one) => component(one, world, use));
    return el("div", { class: "row" }, inside);
  });
}

function component(json, world, use) {
  if (json.type === 2) return button(json, use);
  if (json.type === 3) return menu(json, json.options ?? [], use);
  const people = () => world.people.map((one) => ({ label: one.name, value: one.id, emoji: { name: "👤" } }));
  const roles = () => world.roles.map((one) => ({ label: one.name, value: one.id, emoji: { name: "🏷️" } }));
  const channels = () => world.channels.map((one) => ({ label: `#${one.name}`, value: one.id }));
  const choices = { 5: people, 6: roles, 7: () => [...people(), ...roles()], 8: channels }[json.type];
  return choices ? menu(json, choices(), use) : el("span", { class: "unknown" }, `[${json.type}]`);
}

function button(json, use) {
  const style = BUTTON_STYLES[json.style] ?? "secondary";
  const inside = [emoji(json.emoji), json.label ? el("span", {}, json.label) : null];
  // A button of nothing but an emoji is read by the emoji's name.
  const name = json.label ? null : json.emoji?.name;
  if (style === "link") {
    const address = json.disabled ? null : webAddress(json.url ?? "");
    const props = { class: "button link", "aria-label": name, title: address };
    if (!address) return el("button", { ...props, type: "button", disabled: true }, inside);
    const tab = el("span", { class: "unseen" }, ` (${t("opens-tab")})`);
    return link(address, props, inside, el("span", { class: "arrow", "aria-hidden": "true" }, "↗\uFE0E"), tab);
  }
  const press = () => use(json.custom_id, null);
  const props = { type: "button", class: `button ${style}`, "aria-label": name, disabled: json.disabled === true };
  return el("button", { ...props, data: { component: json.custom_id }, on: { click: press } }, inside);
}
